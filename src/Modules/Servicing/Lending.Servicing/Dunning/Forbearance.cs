using Lending.Kernel;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>
/// Forbearance comes before enforcement (Directive (EU) 2023/2225, Art. 35): before the letter that threatens, before the notice, and before the loan is
/// called due. Whoever takes one of these steps asks here.
/// </summary>
internal static class Forbearance
{
    /// <summary>Why a step may not be taken; null: forbearance was offered in time, or the law asks for none.</summary>
    /// <param name="law">The law of the contract.</param>
    /// <param name="arrears">Because of which the step is taken: an offer of before is about others, that were paid since.</param>
    /// <param name="on">The day of the step.</param>
    /// <param name="offers">All offers that are recorded.</param>
    public static Error? FindObstacle(LoanLaw law, Arrears arrears, DateOnly on, IEnumerable<ForbearanceOffer> offers)
    {
        var since = arrears.Instalments.Select(overdue => overdue.DueOn).FirstOrDefault(on);
        return law.AsksForForbearance && !offers.Any(offer => offer.OfferedOn >= since && offer.OfferedOn <= on)
            ? DunningErrors.ForbearanceMissing
            : null;
    }

    /// <summary>What was offered to the borrower of an account. Offers are never changed, so they need no lock.</summary>
    public static Task<List<ForbearanceOffer>> ReadForbearanceAsync(this ServicingDbContext db, Guid accountId, CancellationToken ct) =>
        db.ForbearanceOffers.AsNoTracking().Where(offer => offer.LoanAccountId == accountId).ToListAsync(ct);
}
