using Lending.Customers.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Ends consents, the only change there is to them; and takes the customer's name off them when the customer goes.</summary>
internal sealed class ConsentLedger(CustomersDbContext db, Caller caller, OrganizationClock clock)
{
    /// <summary>What a removed customer is called in consents that they gave.</summary>
    private const string RemovedCustomer = "customer";

    /// <summary>The customer says that those of these that hold do not any more; of two who say so, the first counts.</summary>
    public Task<int> EndAsync(IQueryable<Consent> consents, ConsentEnd end, GivenOver over, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var (id, username) = (caller.UserId, caller.Username);
        return consents
            .Where(consent => consent.EndedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(consent => consent.EndedAt, now)
                        .SetProperty(consent => consent.End, end)
                        .SetProperty(consent => consent.EndedOver, over)
                        .SetProperty(consent => consent.EndedById, id)
                        .SetProperty(consent => consent.EndedByUsername, username),
                ct
            );
    }

    /// <summary>
    /// The customer goes, and their consents end and stay, without a name: the organisation has to be able to prove for years that it was allowed what it
    /// did.
    /// </summary>
    public async Task EndOfRemovedAsync(Guid customerId, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var (id, username) = (caller.UserId, caller.Username);
        var ended = await db
            .Consents.Where(consent => consent.CustomerId == customerId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(
                            consent => consent.RecordedBy.Username,
                            consent => consent.GivenOver == GivenOver.Online ? RemovedCustomer : consent.RecordedBy.Username
                        )
                        .SetProperty(
                            consent => consent.EndedByUsername,
                            consent =>
                                consent.EndedAt == null ? username
                                : consent.EndedOver == GivenOver.Online ? RemovedCustomer
                                : consent.EndedByUsername
                        )
                        .SetProperty(consent => consent.EndedById, consent => consent.EndedAt == null ? id : consent.EndedById)
                        .SetProperty(consent => consent.End, consent => consent.EndedAt == null ? ConsentEnd.CustomerRemoved : consent.End)
                        .SetProperty(consent => consent.EndedAt, consent => consent.EndedAt ?? now),
                ct
            );
        if (ended > 0)
        {
            // Saved with that the customer goes.
            db.Note(AuditAction.Update, nameof(Consent), entityId: null, customerId);
        }
    }
}
