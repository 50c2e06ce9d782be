using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Disclosures.Settings;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Lets nobody accept whom the law wants to be informed before, and who was not: by the form of the very version that is accepted.</summary>
internal sealed class AcceptanceGuard(DisclosuresDbContext db, FormDeliveries forms) : IAcceptanceGuard
{
    public async Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
    {
        if (!await db.Settings.AnyAsync(settings => settings.RegulatoryRegime == DisclosureRegime.Ccd2, ct))
        {
            return null;
        }
        var given = await forms.ListAsync(offer.Id, offer.DocumentHash, ct);
        return given.Any(form => form.HasArrived) ? null : DisclosureErrors.Missing;
    }
}
