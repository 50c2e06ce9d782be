using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Accounts;

/// <summary>Invites a customer to set a password for their account. An earlier invitation stops working.</summary>
/// <response code="409">`account-has-password`: the customer can log in already.</response>
internal sealed class InviteCustomer(CustomersDbContext db, ICustomerAccounts accounts)
    : EndpointWithoutRequest<Results<Created<InviteCustomer.Invitation>, Problem>>
{
    private static readonly Error AccountHasPassword = Error.Conflict("account-has-password", "The customer has set a password already.");

    /// <summary>An invitation for the customer.</summary>
    internal sealed record Invitation
    {
        /// <summary>The secret with which the customer sets a password; it is told only here.</summary>
        /// <example>m3bQ0n1sT7XhB2p6oN9vYwE4kR8uZc5d</example>
        public required string Token { get; init; }

        /// <summary>When it stops working.</summary>
        /// <example>2026-11-09T09:30:00Z</example>
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    public override void Configure()
    {
        Post("customers/{id:guid}/invitation");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<Created<Invitation>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.Customers.AnyAsync(customer => customer.Id == id, ct))
        {
            return Problem.NotFound;
        }
        if (await accounts.InviteAsync(id, ct) is not { } invitation)
        {
            return Problem.From(AccountHasPassword);
        }
        // The token is stored only as a hash, so the invitation has no address where it could be read again.
        return TypedResults.Created((string?)null, new Invitation { Token = invitation.Token, ExpiresAt = invitation.ExpiresAt });
    }
}
