using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Replaces a customer's details.</summary>
/// <response code="409">`email-taken`: another customer of the organisation, or another account, has this e-mail address. `concurrent-change`: somebody else changed the customer at the same time.</response>
/// <response code="412">`precondition-failed`: the customer is not the version that `If-Match` names.</response>
internal sealed class UpdateCustomer(CustomersDbContext db, ProfileWriter profiles)
    : Endpoint<CustomerDetails, Results<Ok<CustomerResponse>, Problem>>
{
    public override void Configure()
    {
        Put("customers/{id:guid}");
        Permissions(CustomersPermission.CustomersWrite);
        this.TellsOfPersons<CustomerResponse>(nameof(Customer), customer => customer.Id, customer => customer.Id);
    }

    public override async Task<Results<Ok<CustomerResponse>, Problem>> ExecuteAsync(CustomerDetails request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var customer = await db.Customers.SingleOrDefaultAsync(customer => customer.Id == id, ct);
        if (customer is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(customer.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var errors = await profiles.ChangeAsync(customer, request, ct);
        if (errors.Count > 0)
        {
            return Problem.From(errors);
        }
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Ok(customer.Adapt<CustomerResponse>());
    }
}
