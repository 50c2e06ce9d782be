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
    IOrganizationDirectory organizations,
    INotifications notifications,
    MailedSecrets secrets,
    Transactions transactions,
    Caller caller
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
        var customer = await db
            .Customers.Where(row => row.Id == id)
            .Select(row => new { row.Email, Name = row.FirstName + " " + row.LastName })
            .SingleOrDefaultAsync(ct);
        if (customer is null)
        {
            return Problem.NotFound;
        }
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        var from = new MessageSender(organization.Id, organization.Name, organization.Language, organization.TimeZone);
        await using var transaction = await transactions.BeginAsync(ct);
        if (await accounts.InviteAsync(id, ct) is not { } invitation)
        {
            return Problem.From(AccountHasPassword);
        }
        await notifications.SendAsync(
            Message.CustomerInvitation(customer.Email, from, id, customer.Name, invitation.Token, invitation.ExpiresAt),
            ct
        );
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, secrets.Answer(invitation.Token, invitation.ExpiresAt));
    }
}
