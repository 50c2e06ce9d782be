using Lending.Payments.Creditors;
using Lending.Payments.Data;
using Lending.Payments.References;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Contracts;

/// <summary>Borrowers send money to the account of which the bank's statements are imported, with the reference that is looked for there.</summary>
internal sealed class LenderAccounts(PaymentsDbContext db, OrganizationClock clock) : ILenderAccounts
{
    public async Task<LenderAccount?> FindAsync(Guid loanAccountId, CancellationToken ct)
    {
        var found = await db
            .Creditors.AsNoTracking()
            .Select(creditor => new
            {
                Creditor = creditor,
                Reference = db
                    .References.Where(reference => reference.LoanAccountId == loanAccountId)
                    .Select(reference => reference.Reference)
                    .SingleOrDefault(),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }
        var creditor = found.Creditor;
        return new(creditor.Name, AddressOf(creditor), Iban.Parse(creditor.Iban.Text).Grouped, creditor.Bic, found.Reference);
    }

    public async Task<string> GiveReferenceAsync(Guid loanAccountId, Guid customerId, CancellationToken ct)
    {
        var known = await db.References.SingleOrDefaultAsync(reference => reference.LoanAccountId == loanAccountId, ct);
        if (known is null)
        {
            known = PaymentReference.Create(loanAccountId, customerId, clock.GetStorableNow());
            db.Add(known);
            await db.SaveChangesAsync(ct);
        }
        return known.Reference;
    }

    private static string AddressOf(Creditor creditor) =>
        string.Join(
            ", ",
            new[]
            {
                $"{creditor.Street} {creditor.BuildingNumber}".Trim(),
                $"{creditor.PostCode} {creditor.Town}".Trim(),
                creditor.Country,
            }.Where(part => part.Length > 0)
        );
}
