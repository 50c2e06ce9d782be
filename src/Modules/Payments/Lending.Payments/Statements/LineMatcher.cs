using Lending.Payments.Collections;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>For which loan accounts a line is: by what we named a debit or a payout, by the reference that the borrower wrote, or by account and amount. It never guesses.</summary>
internal sealed class LineMatcher(PaymentsDbContext db, ILoanPayments loans, KeyRing ring)
{
    private const int MaximumSuggestions = 10;

    // Borrowers who pay by transfer pay a bit before the day.
    private const int DaysBeforeDue = 31;

    /// <summary>What was found.</summary>
    /// <param name="Collections">Debits of ours that it pays or takes back.</param>
    /// <param name="LoanAccountId">The loan account that a transfer is for.</param>
    /// <param name="Explanation">Why nothing was found.</param>
    /// <param name="Suggestions">Loan accounts for which it may be.</param>
    /// <param name="Payouts">Payouts of ours that it sends or brings back.</param>
    public sealed record Match(
        IReadOnlyList<Collection> Collections,
        Guid? LoanAccountId = null,
        string Explanation = "no-match",
        IReadOnlyList<Guid>? Suggestions = null,
        IReadOnlyList<Payout>? Payouts = null
    );

    public async Task<Match> FindAsync(BankLine line, CancellationToken ct)
    {
        if (line.EndToEndId is { } endToEndId)
        {
            var named = await db.Collections.Where(collection => collection.EndToEndId == endToEndId).ToListAsync(ct);
            if (named.Count > 0)
            {
                return line.Amount < 0 || named[0].Amount == line.Amount ? new(named) : new([], Explanation: "amount-differs");
            }
        }
        if (await FindPayoutsAsync(line, ct) is { Count: > 0 } payouts)
        {
            // What a bank sends back may be less than was sent, by what banks took for it. The payee knows the id as well, and may write it into any transfer.
            var fits =
                line.Amount < 0 ? payouts.Sum(payout => payout.Amount) == -line.Amount
                : line.IsReturn ? payouts[0].Amount >= line.Amount
                : payouts[0].Amount == line.Amount;
            return fits
                ? new([], Payouts: payouts)
                : new(
                    [],
                    Explanation: "amount-differs",
                    Suggestions: [.. payouts.Select(payout => payout.LoanAccountId).Take(MaximumSuggestions)]
                );
        }
        if (!line.IsReturn && line.EndToEndId is null && line.PartId is { } partId)
        {
            var part = await db
                .Collections.Where(collection =>
                    collection.PartId == partId
                    && (
                        collection.Status == CollectionStatus.Sent
                        || collection.Status == CollectionStatus.Paid
                        || collection.Status == CollectionStatus.Returned
                    )
                )
                .OrderBy(collection => collection.LoanAccountId)
                .ToListAsync(ct);
            if (part.Count > 0)
            {
                return part.Sum(collection => collection.Amount) == line.Amount ? new(part) : new([], Explanation: "amount-differs");
            }
        }
        return line.Amount > 0 && !line.IsReturn && line.PaymentCount == 1 ? await FindTransferAsync(line, ct) : new([]);
    }

    /// <summary>By what we named it, or by the part of our file, where the bank books that as one.</summary>
    private async Task<List<Payout>> FindPayoutsAsync(BankLine line, CancellationToken ct)
    {
        if (line.EndToEndId is { } endToEndId)
        {
            return await db.Payouts.Where(payout => payout.EndToEndId == endToEndId).ToListAsync(ct);
        }
        return line is { Amount: < 0, IsReturn: false, PartId: { } partId }
            ? await db
                .Payouts.Where(payout =>
                    payout.PartId == partId
                    && (
                        payout.Status == PayoutStatus.Sent
                        || payout.Status == PayoutStatus.Settled
                        || payout.Status == PayoutStatus.Returned
                    )
                )
                .OrderBy(payout => payout.Id)
                .ToListAsync(ct)
            : [];
    }

    private async Task<Match> FindTransferAsync(BankLine line, CancellationToken ct)
    {
        if (line.Reference is { } reference)
        {
            var known = await db.References.AsNoTracking().SingleOrDefaultAsync(row => row.Reference == reference, ct);
            if (known is not null)
            {
                return Transfer(line, known.LoanAccountId);
            }
        }
        var accounts = await FindByIbanAsync(line, ct);
        if (accounts is [var only] && await IsOwedAsync(only, line, ct))
        {
            return Transfer(line, only);
        }
        var failed = await db
            .Collections.Where(collection =>
                collection.Amount == line.Amount
                && (collection.Status == CollectionStatus.Rejected || collection.Status == CollectionStatus.Returned)
            )
            .OrderByDescending(collection => collection.FailedOn)
            .Select(collection => collection.LoanAccountId)
            .Take(MaximumSuggestions)
            .ToListAsync(ct);
        return new(
            [],
            Explanation: accounts.Count > 1 ? "several-accounts" : "no-match",
            Suggestions: [.. accounts.Concat(failed).Distinct().Take(MaximumSuggestions)]
        );
    }

    // A notice that has no reference of the bank cannot be told from the statement's entry, and would be booked twice.
    private static Match Transfer(BankLine line, Guid loanAccountId) =>
        line.Source == BankFileKind.Notification && line.BankReference is null
            ? new([], Explanation: "no-bank-reference", Suggestions: [loanAccountId])
            : new([], loanAccountId);

    private async Task<IReadOnlyList<Guid>> FindByIbanAsync(BankLine line, CancellationToken ct)
    {
        if (line.PartyIban is not { } iban || !Iban.TryParse(iban.Text, out var parsed))
        {
            return [];
        }
        var hash = ring.SearchHash(MandateConfiguration.Iban, parsed.Value);
        return await db
            .Mandates.Where(mandate => EF.Property<byte[]>(mandate, MandateConfiguration.IbanHash) == hash)
            .Select(mandate => mandate.LoanAccountId)
            .Distinct()
            .Take(MaximumSuggestions)
            .ToListAsync(ct);
    }

    private async Task<bool> IsOwedAsync(Guid loanAccountId, BankLine line, CancellationToken ct)
    {
        var due = await loans.ListDueAsync([loanAccountId], line.BookedOn.AddDays(DaysBeforeDue), ct);
        // With what is owed beside instalments, or without it.
        return due.Any(instalment => instalment.Amount == line.Amount || instalment.Total == line.Amount)
            || due.Sum(instalment => instalment.Amount) == line.Amount
            || due.Sum(instalment => instalment.Total) == line.Amount;
    }
}
