using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Profiles;

/// <summary>Creates a customer, and an account for them without a password; invite them to set one.</summary>
/// <response code="409">`email-taken`: another customer of the organisation, or another account, has this e-mail address.</response>
internal sealed class CreateCustomer(ProfileWriter profiles, Caller caller, OrganizationClock clock)
    : Endpoint<CustomerDetails, Results<Created<CustomerResponse>, Problem>>
{
    public override void Configure()
    {
        Post("customers");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<Created<CustomerResponse>, Problem>> ExecuteAsync(CustomerDetails request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var customer = Customer.Create(request, caller.Reference, now);
        customer.GiveTo(caller.UserId, now);
        var account = new NewCustomerAccount(customer.Id, caller.OrganizationId, customer.Email.Text) { UserId = Guid.CreateVersion7(now) };
        var errors = await profiles.AddAsync(customer, account, ct);
        if (errors.Count > 0)
        {
            return Problem.From(errors);
        }
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Created($"/api/v1/customers/{customer.Id}", customer.Adapt<CustomerResponse>());
    }
}
