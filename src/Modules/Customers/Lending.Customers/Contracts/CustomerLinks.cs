using Lending.Customers.Data;
using Lending.Customers.Links;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Contracts;

internal sealed class CustomerLinks(
    CustomersDbContext db,
    OrganizationSql sql,
    ICustomerDirectory customers,
    INotifications notifications,
    Transactions transactions,
    Caller caller,
    SandboxClocks clocks,
    OrganizationClock clock
) : ICustomerLinks
{
    public async Task<CustomerLinkKey> CreateAsync(CustomerSummary customer, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        db.RemoveRange(await db.CustomerLinks.Where(link => link.CustomerId == customer.Id && link.ExpiresAt <= now).ToListAsync(ct));
        var token = Secret.New();
        var created = new CustomerLink(customer.Id, customer.Email, token, caller.Reference, now);
        db.Add(created);
        await db.SaveChangesAsync(ct);
        return new CustomerLinkKey(created.Id, token);
    }

    public async Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is not { } link)
        {
            return null;
        }
        await using var transaction = await transactions.BeginAsync(ct);
        return await HoldCustomerAsync(link, ct) is { } customer
            ? new OpenedLink(link.OrganizationId, customer.Id, link.IsOpenIn(session, clock.GetUtcNow()))
            : null;
    }

    public Task<Error?> SendCodeAsync(CustomerLinkKey key, string session, CancellationToken ct) =>
        ChangeAsync(
            key,
            async (link, customer) =>
            {
                var code = MailedLink.NewCode();
                if (link.SetCode(session, code, clock.GetStorableNow()) is { } error)
                {
                    return error;
                }
                var message = Message.CustomerCode(customer.Email, customer.Id, customer.FullName, code, link.CodeExpiresAt!.Value);
                await notifications.SendAsync(message, ct);
                return null;
            },
            ct
        );

    public Task<Error?> ConfirmAsync(CustomerLinkKey key, string session, string digits, CancellationToken ct) =>
        ChangeAsync(key, (link, _) => Task.FromResult(link.Confirm(session, digits, clock.GetStorableNow())), ct);

    /// <summary>Changes a link that works. It is saved whatever comes of it: a wrong code is a try that counts.</summary>
    private async Task<Error?> ChangeAsync(
        CustomerLinkKey key,
        Func<CustomerLink, CustomerSummary, Task<Error?>> change,
        CancellationToken ct
    )
    {
        if (await FindAsync(key, ct) is not { } found)
        {
            return MailedLink.Invalid;
        }
        await using var transaction = await transactions.BeginAsync(ct);
        if (await HoldCustomerAsync(found, ct) is not { } customer)
        {
            return MailedLink.Invalid;
        }
        // Tries wait for each other, or more of them would count as one.
        FormattableString statement = $"""
            SELECT FROM customers.customer_links WHERE {sql.OfCaller($"customer_id")} AND id = {found.Id} FOR UPDATE
            """;
        await sql.ReadAsync(statement, row => row.FieldCount, ct);
        if (await db.CustomerLinks.SingleOrDefaultAsync(row => row.Id == found.Id, ct) is not { } link)
        {
            return MailedLink.Invalid;
        }
        var error = await change(link, customer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return error;
    }

    /// <summary>A link that did not end, for whose customer the caller acts from here on; null where there is none.</summary>
    private async Task<CustomerLink?> FindAsync(CustomerLinkKey key, CancellationToken ct)
    {
        var hash = Secret.Hash(key.Token);
        var link = await db
            .CustomerLinks.OfEveryOrganization()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == key.LinkId && row.TokenHash == hash, ct);
        if (link is null)
        {
            return null;
        }
        // Nobody's time is the real one; what counts is that of the link's organisation.
        await clocks.FollowAsync(link.OrganizationId, ct);
        if (link.ExpiresAt <= clocks.NowIn(link.OrganizationId))
        {
            return null;
        }
        caller.ActFor(link.OrganizationId, MailedLink.Bearer, link.CustomerId);
        return link;
    }

    /// <summary>The link's customer, unless they have another e-mail now.</summary>
    private async Task<CustomerSummary?> HoldCustomerAsync(CustomerLink link, CancellationToken ct) =>
        await customers.HoldAsync(link.CustomerId, ct) is { } customer && customer.Email == link.Email.Text ? customer : null;
}
