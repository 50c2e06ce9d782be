using Lending.Identity.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Contracts;

/// <summary>A customer's account: how, when and from where they log in.</summary>
internal sealed class AccountRecords(IdentityDbContext db) : ICustomerRecords
{
    public string Name => "account";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct) =>
        await db
            .Users.Where(user => user.CustomerId == customerId)
            .Select(user => new
            {
                Username = user.UserName,
                user.Email,
                user.EmailConfirmed,
                user.Active,
                user.CreatedAt,
                user.UpdatedAt,
                HasAuthenticatorApp = db.TotpAuthenticators.Any(row => row.UserId == user.Id && row.ConfirmedAt != null),
                Passkeys = db
                    .Passkeys.Where(row => row.UserId == user.Id)
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new
                    {
                        row.Name,
                        row.CreatedAt,
                        row.LastUsedAt,
                    })
                    .ToList(),
                Sessions = db
                    .Sessions.Where(row => row.UserId == user.Id)
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new
                    {
                        Device = row.DeviceName,
                        row.Address,
                        row.CreatedAt,
                        row.LastUsedAt,
                    })
                    .ToList(),
                AcceptedTerms = db
                    .TermsAcceptances.Where(row => row.UserId == user.Id)
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new
                    {
                        row.Kind,
                        row.Number,
                        row.Language,
                        row.CreatedAt,
                    })
                    .ToList(),
                Devices = db
                    .Devices.Where(row => row.UserId == user.Id)
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new { row.CreatedAt, row.LastUsedAt })
                    .ToList(),
            })
            .AsSplitQuery()
            .SingleOrDefaultAsync(ct);
}
