using Lending.Disclosures.Data;
using Lending.Notifications.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Disclosures;

/// <summary>Which forms of a version of an offer were given, and which of them count: a mail that came back, or that could not be sent, has given nothing.</summary>
internal sealed class FormDeliveries(DisclosuresDbContext db, IMessageOutcomes outcomes)
{
    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<FormDelivery>> ListAsync(Guid offerId, string documentHash, CancellationToken ct)
    {
        var hash = Convert.FromHexString(documentHash);
        var given = await db
            .Disclosures.Where(row => row.OfferId == offerId && row.OfferHash == hash)
            .OrderBy(row => row.CreatedAt)
            .ThenBy(row => row.Id)
            .Select(row => new
            {
                row.Id,
                row.CustomerId,
                row.Medium,
                row.FormHash,
                row.CreatedAt,
            })
            .ToListAsync(ct);
        var mailed = given.Where(form => form.Medium != DisclosureMedium.Paper).Select(form => form.Id).ToList();
        var undelivered = mailed.Count > 0 ? await outcomes.FindUndeliveredAsync(given[0].CustomerId, mailed, ct) : null;
        return
        [
            .. given.Select(form => new FormDelivery(form.FormHash, form.CreatedAt, HasArrived: undelivered?.Contains(form.Id) != true)),
        ];
    }
}

/// <summary>That a form was given.</summary>
/// <param name="FormHash">The hash of what it says.</param>
/// <param name="GivenAt">When.</param>
/// <param name="HasArrived">Whether it counts: it was handed over, or its mail has not failed.</param>
internal sealed record FormDelivery(byte[] FormHash, DateTimeOffset GivenAt, bool HasArrived);
