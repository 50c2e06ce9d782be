using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;

namespace Lending.Customers.Profiles;

/// <summary>Writes profiles together with the login accounts that belong to them: both change, or neither.</summary>
internal sealed class ProfileWriter(CustomersDbContext db, Transactions transactions, ICustomerAccounts accounts, OrganizationClock clock)
{
    /// <summary>Stores a new customer and makes its account; the errors say why nothing was stored.</summary>
    public async Task<IReadOnlyList<Error>> AddAsync(Customer customer, NewCustomerAccount account, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        db.Add(customer);
        await db.SaveChangesAsync(ct);
        var errors = await accounts.CreateAsync(account, ct);
        if (errors.Count == 0)
        {
            await transaction.CommitAsync(ct);
        }
        return errors;
    }

    /// <summary>Stores changed details, and a changed e-mail in the account too; the errors say why nothing was stored.</summary>
    public async Task<IReadOnlyList<Error>> ChangeAsync(Customer customer, CustomerDetails details, CancellationToken ct)
    {
        var oldEmail = customer.Email.Text;
        customer.Update(details, clock.GetStorableNow());
        if (customer.Email.Text == oldEmail)
        {
            await db.SaveChangesAsync(ct);
            return [];
        }
        await using var transaction = await transactions.BeginAsync(ct);
        await db.SaveChangesAsync(ct);
        var errors = await accounts.ChangeEmailAsync(customer.Id, customer.Email.Text, ct);
        if (errors.Count == 0)
        {
            await transaction.CommitAsync(ct);
        }
        return errors;
    }
}
