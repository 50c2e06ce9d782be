using Lending.Customers.Consents;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Profiles;

/// <summary>Takes a customer away, with account and messages; in a transaction of whoever asks for it.</summary>
internal sealed class CustomerRemoval(
    CustomersDbContext db,
    OrganizationSql sql,
    ConsentLedger consents,
    ICustomerAccounts accounts,
    INotifications notifications
)
{
    /// <summary>
    /// The row's version, locked; null where the caller sees no such customer. Whoever is about to refer to the customer waits; see CustomerDirectory.
    /// </summary>
    public async Task<uint?> LockAsync(Guid id, CancellationToken ct)
    {
        FormattableString statement = $"SELECT xmin FROM customers.customers WHERE {sql.OfCaller($"id")} AND id = {id} FOR UPDATE";
        return await sql.ReadAsync(statement, row => row.GetFieldValue<uint>(0), ct) is [var rowVersion] ? rowVersion : null;
    }

    /// <summary>Deletes what was locked; the audit log calls it by the action.</summary>
    public async Task RemoveAsync(Guid id, string action, CancellationToken ct)
    {
        // The account before the messages: whoever is about to queue one about the account waits for its row, and finds none.
        await accounts.DeleteAsync(id, ct);
        await notifications.DeleteOfCustomerAsync(id, ct);
        await consents.EndOfRemovedAsync(id, ct);
        await db.CustomerLinks.Where(link => link.CustomerId == id).ExecuteDeleteAsync(ct);
        await db.Customers.Where(customer => customer.Id == id).ExecuteDeleteAsync(ct);
        db.Note(action, nameof(Customer), id, id);
        await db.SaveChangesAsync(ct);
    }
}
