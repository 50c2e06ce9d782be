using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Accounts;

/// <summary>Mails a customer an invitation to set a password for their account. An earlier invitation stops working.</summary>
/// <response code="409">`account-has-password`: the customer can log in already.</response>
internal sealed class InviteCustomer(
    CustomersDbContext db,
    ICustomerAccounts accounts,
    INotifications notifications,
    MailedSecrets secrets,
    Transactions transactions
) : EndpointWithoutRequest<Results<Accepted<MailedSecret>, Problem>>
{
    private static readonly Error AccountHasPassword = Error.Conflict("account-has-password", "The customer has set a password already.");

    public override void Configure()
    {
        Post("customers/{id:guid}/invitation");
        Permissions(CustomersPermission.CustomersWrite);
    }

    public override async Task<Results<Accepted<MailedSecret>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var name = await db.Customers.Where(row => row.Id == id).Select(row => row.FirstName + " " + row.LastName).SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return Problem.NotFound;
        }
        await using var transaction = await transactions.BeginAsync(ct);
        if (await accounts.InviteAsync(id, ct) is not { } invitation)
        {
            return Problem.From(AccountHasPassword);
        }
        await notifications.SendAsync(Message.CustomerInvitation(invitation.Email, id, name, invitation.Token, invitation.ExpiresAt), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, secrets.Answer(invitation.Token, invitation.ExpiresAt));
    }
}
