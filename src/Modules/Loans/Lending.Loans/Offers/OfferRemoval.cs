using Lending.Loans.Data;
using Lending.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Takes offers away for good, with all that hangs on them; in a transaction of whoever asks for it.</summary>
internal sealed class OfferRemoval(LoansDbContext db)
{
    public async Task RemoveAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        // That its customer has seen an offer keeps it from being deleted in passing, so these go first.
        await db.OfferViews.Where(view => ids.Contains(view.OfferId)).ExecuteDeleteAsync(ct);
        await db.Offers.Where(offer => ids.Contains(offer.Id)).ExecuteDeleteAsync(ct);
        foreach (var id in ids)
        {
            db.Note(AuditAction.Delete, nameof(LoanOffer), id);
        }
        await db.SaveChangesAsync(ct);
    }
}
