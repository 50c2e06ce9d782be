using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Profiles;

/// <summary>Deletes a customer, their account, and the record of messages to them.</summary>
/// <response code="409">`customer-has-offers`: loan offers were made to the customer.</response>
/// <response code="412">`precondition-failed`: the customer is not the version that `If-Match` names.</response>
internal sealed class DeleteCustomer(CustomerRemoval removal, Transactions transactions, IEnumerable<ICustomerDeletionGuard> guards)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("customers/{id:guid}");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (await removal.LockAsync(id, ct) is not { } rowVersion)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(rowVersion))
        {
            return Problem.PreconditionFailed;
        }
        foreach (var guard in guards)
        {
            if (await guard.FindObstacleAsync(id, ct) is { } obstacle)
            {
                return Problem.From(obstacle);
            }
        }
        await removal.RemoveAsync(id, AuditAction.Delete, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
