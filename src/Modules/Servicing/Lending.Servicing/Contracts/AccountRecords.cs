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
        });
    }
}
