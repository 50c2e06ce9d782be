using Lending.Kernel;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>A customer's loan accounts with all events.</summary>
internal sealed class AccountRecords(ServicingDbContext db) : ICustomerRecords
{
    public string Name => "loanAccounts";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var accounts = await db.LoanAccounts.AsNoTracking().Where(account => account.CustomerId == customerId).ToListAsync(ct);
        if (accounts.Count == 0)
        {
            return null;
        }

        var ids = accounts.ConvertAll(account => account.Id);
        var events = await db
            .LoanEvents.AsNoTracking()
            .Where(happened => ids.Contains(happened.LoanAccountId))
            .OrderBy(happened => happened.Number)
            .ToListAsync(ct);
        var quotes = await db
            .PayoffQuotes.AsNoTracking()
            .Where(quote => ids.Contains(quote.LoanAccountId))
            .OrderBy(quote => quote.CreatedAt)
            .ToListAsync(ct);
        var disbursements = await db
            .Disbursements.AsNoTracking()
            .Where(disbursement => ids.Contains(disbursement.LoanAccountId))
            .OrderBy(disbursement => disbursement.CreatedAt)
            .ToListAsync(ct);
        var letters = await db
            .DunningLetters.AsNoTracking()
            .Where(letter => ids.Contains(letter.LoanAccountId))
            .OrderBy(letter => letter.CreatedAt)
            .ToListAsync(ct);
        var offers = await db
            .ForbearanceOffers.AsNoTracking()
            .Where(offer => ids.Contains(offer.LoanAccountId))
            .OrderBy(offer => offer.CreatedAt)
            .ToListAsync(ct);
        return accounts.ConvertAll(account => new
        {
            account.Id,
            account.OfferId,
            account.Principal,
            account.Currency,
            account.AcceptedAt,
            account.Contract,
            Events = events
                .Where(happened => happened.LoanAccountId == account.Id)
                .Select(happened => new
                {
                    happened.Id,
                    happened.Type,
                    happened.EffectiveOn,
                    happened.RecordedAt,
                    happened.Document,
                })
                .ToList(),
            Disbursements = disbursements
                .Where(disbursement => disbursement.LoanAccountId == account.Id)
                .Select(disbursement => new
                {
                    disbursement.Id,
                    disbursement.EffectiveOn,
                    disbursement.Amount,
                    disbursement.Status,
                    disbursement.CreatedAt,
                })
                .ToList(),
            PayoffQuotes = quotes
                .Where(quote => quote.LoanAccountId == account.Id)
                .Select(quote => new
                {
                    quote.Id,
                    quote.ExpiresOn,
                    quote.Payoffs,
                    quote.CreatedAt,
                })
                .ToList(),
            DunningLetters = letters
                .Where(letter => letter.LoanAccountId == account.Id)
                .Select(letter => new
                {
                    letter.Id,
                    letter.Level,
                    letter.WrittenOn,
                    letter.PayBy,
                    letter.Total,
                    letter.IsMailed,
                    Content = letter.Content.Text,
                    letter.CreatedAt,
                })
                .ToList(),
            ForbearanceOffers = offers
                .Where(offer => offer.LoanAccountId == account.Id)
                .Select(offer => new
                {
                    offer.Id,
                    offer.Kind,
                    offer.OfferedOn,
                    offer.Months,
                    offer.CreatedAt,
                })
                .ToList(),
        });
    }
}
