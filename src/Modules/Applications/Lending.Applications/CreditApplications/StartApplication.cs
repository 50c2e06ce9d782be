using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>Starts an application of a customer, as an empty draft. Customers start their own.</summary>
/// <response code="400">`validation-failed`: all wrong fields at once. `unknown-customer`: there is none with this id.</response>
internal sealed class StartApplication(
    ApplicationsDbContext db,
    ICustomerDirectory customers,
    IOrganizationDirectory organizations,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<StartApplication.Request, Results<Created<ApplicationResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Who applies.</summary>
        /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
        public Guid? CustomerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.CustomerId).NotNull();
    }

    public override void Configure()
    {
        Post("applications");
        Permissions(ApplicationsPermission.Write);
    }

    public override async Task<Results<Created<ApplicationResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(request.CustomerId!.Value, ct) is not { } customer)
        {
            return Problem.From(ApplicationErrors.UnknownCustomer);
        }
        var application = CreditApplication.Start(customer.Id, organization.Currency, caller.Reference, clock.GetStorableNow());
        db.Add(application);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        HttpContext.SetETag(application.RowVersion);
        return TypedResults.Created($"/api/v1/applications/{application.Id}", ApplicationResponse.Of(application, approvedDocuments: []));
    }
}
