using Lending.Kernel;
using Lending.Payments.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Contracts;

/// <summary>What banks and cards did for a customer's loans: mandates, debits, payouts, payments and references, with the accounts as they are stored.</summary>
internal sealed class PaymentRecords(PaymentsDbContext db) : ICustomerRecords
{
    public string Name => "payments";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var mandates = await db.Mandates.AsNoTracking().Where(mandate => mandate.CustomerId == customerId).ToListAsync(ct);
        var references = await db.References.AsNoTracking().Where(reference => reference.CustomerId == customerId).ToListAsync(ct);
        var collections = await db.Collections.AsNoTracking().Where(collection => collection.CustomerId == customerId).ToListAsync(ct);
        var lines = await db.BankLines.AsNoTracking().Where(line => line.CustomerId == customerId).ToListAsync(ct);
        var accounts = await db.PayeeAccounts.AsNoTracking().Where(account => account.CustomerId == customerId).ToListAsync(ct);
        var payouts = await db.Payouts.AsNoTracking().Where(payout => payout.CustomerId == customerId).ToListAsync(ct);
        var cardPayments = await db
            .CardPayments.AsNoTracking()
            .Include(payment => payment.Returns)
            .Where(payment => payment.CustomerId == customerId)
            .ToListAsync(ct);
        return
            mandates.Count + references.Count + collections.Count + lines.Count + accounts.Count + payouts.Count + cardPayments.Count == 0
            ? null
            : new
            {
                Mandates = mandates.ConvertAll(mandate => new
                {
                    mandate.Id,
                    mandate.LoanAccountId,
                    mandate.Reference,
                    mandate.CreditorIdentifier,
                    mandate.HolderName,
                    Iban = mandate.Iban.Text,
                    mandate.Bic,
                    mandate.SignedOn,
                    mandate.Signature,
                    mandate.EvidenceHash,
                    mandate.Status,
                    mandate.SuspendedBecause,
                    mandate.LastCollectedOn,
                    mandate.RevokedAt,
                    mandate.CreatedAt,
                }),
                Collections = collections.ConvertAll(collection => new
                {
                    collection.Id,
                    collection.LoanAccountId,
                    collection.MandateId,
                    collection.DueOn,
                    collection.CollectOn,
                    collection.Amount,
                    collection.EndToEndId,
                    collection.Status,
                    collection.ReasonCode,
                    collection.FailedOn,
                }),
                PayeeAccounts = accounts.ConvertAll(account => new
                {
                    account.Id,
                    account.HolderName,
                    Iban = account.Iban.Text,
                    account.Bic,
                    account.Street,
                    account.BuildingNumber,
                    account.PostCode,
                    account.Town,
                    account.Country,
                    account.Status,
                    account.CreatedAt,
                }),
                Payouts = payouts.ConvertAll(payout => new
                {
                    payout.Id,
                    payout.LoanAccountId,
                    payout.LoanEventId,
                    payout.ExecuteOn,
                    payout.Amount,
                    payout.EndToEndId,
                    payout.Status,
                    payout.ReasonCode,
                    payout.SettledOn,
                    payout.FailedOn,
                }),
                BankLines = lines.ConvertAll(line => new
                {
                    line.Id,
                    line.LoanAccountId,
                    line.BookedOn,
                    line.ValueOn,
                    line.Amount,
                    line.Currency,
                    PartyName = line.PartyName?.Text,
                    PartyIban = line.PartyIban?.Text,
                    Remittance = line.Remittance?.Text,
                }),
                CardPayments = cardPayments.ConvertAll(payment => new
                {
                    payment.Id,
                    payment.LoanAccountId,
                    payment.Amount,
                    payment.Currency,
                    payment.ProviderId,
                    payment.Status,
                    payment.FailureCode,
                    payment.PaidOn,
                    payment.RefundedAmount,
                    payment.CreatedAt,
                    Returns = payment.Returns.ConvertAll(back => new
                    {
                        back.Id,
                        back.Kind,
                        back.Amount,
                        back.Status,
                        back.Reason,
                        back.WithdrawnOn,
                        back.ReinstatedOn,
                    }),
                }),
                PaymentReferences = references.ConvertAll(reference => new { reference.LoanAccountId, reference.Reference }),
            };
    }
}
