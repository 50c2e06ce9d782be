using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Erases a customer whom nothing binds any more (GDPR, Art. 17): profile, account, messages, and all offers but those that the law makes the organisation keep.</summary>
/// <remarks>For good. A second request answers what the first one did.</remarks>
/// <response code="409">
/// `loan-runs`: the customer has accepted an offer, or a loan was paid out. `concurrent-change`: the customer answers an offer over a link at this moment.
/// </response>
internal sealed class EraseCustomer(
    CustomersDbContext db,
    CustomerRemoval removal,
    Transactions transactions,
    IEnumerable<ICustomerErasure> modules,
    Caller caller,
    OrganizationClock clock
) : EndpointWithoutRequest<Results<Ok<ErasureResponse>, Problem>>
{
    public override void Configure()
    {
        Post("customers/{id:guid}/erase");
        Permissions(CustomersPermission.CustomersErase);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<ErasureResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (await removal.LockAsync(id, ct) is null)
        {
            var before = await db.Erasures.Where(row => row.CustomerId == id).ProjectToType<ErasureResponse>().SingleOrDefaultAsync(ct);
            return before is null ? Problem.NotFound : TypedResults.Ok(before);
        }
        foreach (var module in modules)
        {
            if (await module.FindObstacleAsync(id, ct) is { } obstacle)
            {
                return Problem.From(obstacle);
            }
        }
        var kept = new List<KeptRecord>();
        foreach (var module in modules)
        {
            kept.AddRange(await module.EraseAsync(id, ct));
        }
        await removal.RemoveAsync(id, AuditAction.Erase, ct);
        var erasure = new Erasure(id, caller.Reference, kept, clock.GetStorableNow());
        db.Add(erasure);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(erasure.Adapt<ErasureResponse>());
    }
}
