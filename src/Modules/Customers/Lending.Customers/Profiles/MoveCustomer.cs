using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Lending.Customers.Profiles;

/// <summary>Gives a customer to another user of the organisation to look after. Who created the customer stays as it is.</summary>
/// <response code="400">`validation-failed`: `unknown-installer`: nobody with this id works for the organisation; `malformed-json`.</response>
/// <response code="409">`concurrent-change`: somebody else changed the customer at the same time.</response>
/// <response code="412">`precondition-failed`: the customer is not the version that `If-Match` names.</response>
internal sealed class MoveCustomer(CustomersDbContext db, IStaffDirectory staff, OrganizationClock clock, ILogger<MoveCustomer> logger)
    : Endpoint<MoveCustomer.Request, Results<Ok<CustomerResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An active user of the organisation who is no customer.</summary>
        /// <example>0199c4a8-1c02-7f0e-8d21-6a2f3b9c5e01</example>
        public Guid InstallerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.InstallerId).NotEmpty();
    }

    public override void Configure()
    {
        Post("customers/{id:guid}/installer");
        Permissions(CustomersPermission.CustomersAssign);
        this.TellsOfPersons<CustomerResponse>(nameof(Customer), customer => customer.Id, customer => customer.Id);
    }

    public override async Task<Results<Ok<CustomerResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var customer = await db.Customers.SingleOrDefaultAsync(row => row.Id == id, ct);
        if (customer is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(customer.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (!await staff.IsActiveAsync(request.InstallerId, ct))
        {
            return Problem.From([CustomerErrors.UnknownInstaller]);
        }
        var before = customer.InstallerId;
        customer.GiveTo(request.InstallerId, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        // The line says who did it, too, as every line of a request does.
        logger.LogInformation("Customer {CustomerId} was moved from {From} to {To}", id, before, request.InstallerId);
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Ok(customer.Adapt<CustomerResponse>());
    }
}
