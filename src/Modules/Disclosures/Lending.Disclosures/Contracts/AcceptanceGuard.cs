using Lending.Disclosures.Data;
using Lending.Disclosures.Settings;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Lets nobody accept whom the law wants to be informed before, and who was not: by the form of the very version that is accepted.</summary>
internal sealed class AcceptanceGuard(DisclosuresDbContext db, IOfferedCredits credits) : IAcceptanceGuard
{
    public async Task<OfferObjection?> ObjectionAsync(Guid organizationId, Guid offerId, CancellationToken cancellationToken)
    {
        if (!await db.Settings.AnyAsync(settings => settings.RegulatoryRegime == DisclosureRegime.Ccd2, cancellationToken))
        {
            return null;
        }
        if (await credits.FindAsync(offerId, cancellationToken) is not { } credit)
        {
            return DisclosureErrors.Missing;
        }
        var hash = Convert.FromHexString(credit.DocumentHash);
        var isGiven = await db.Disclosures.AnyAsync(row => row.OfferId == offerId && row.OfferHash == hash, cancellationToken);
        return isGiven ? null : DisclosureErrors.Missing;
    }
}
