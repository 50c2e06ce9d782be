using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

internal sealed class WithdrawalLinks(LoansDbContext db, Caller caller, OrganizationClock clock) : IWithdrawalLinks
{
    public async Task<string?> CreateAsync(Guid offerId, string email, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == offerId && row.WithdrawalEndsAt > now, ct);
        if (offer is null || OfferDiagram.FindObstacle(offer.Status, OfferStatus.Withdrawn) is not null)
        {
            return null;
        }
        var token = Secret.New();
        db.Add(OfferLink.ToWithdraw(offer, email, token, caller.Reference, now));
        await db.SaveChangesAsync(ct);
        return token;
    }
}
