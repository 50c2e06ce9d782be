using System.Runtime.CompilerServices;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Documents;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>The loan offers to a customer: figures, history, comments, acceptance and document.</summary>
internal sealed class OfferRecords(LoansDbContext db, VersionReader versions, Caller caller) : ICustomerRecords
{
    public string Name => "loanOffers";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var offers = await db
            .Offers.Where(offer => offer.Customer.Id == customerId)
            .OrderBy(offer => offer.CreatedAt)
            .ProjectToType<OfferResponse>()
            .ToListAsync(ct);
        if (offers.Count == 0)
        {
            return null;
        }
        var ids = offers.ConvertAll(offer => offer.Id);
        var history = (
            await db
                .OfferTransitions.Where(row => ids.Contains(row.Offer.Id))
                .OrderBy(row => row.At)
                .ThenBy(row => row.Id)
                .Select(row => new { OfferId = row.Offer.Id, Transition = row })
                .AsNoTracking()
                .ToListAsync(ct)
        ).ToLookup(row => row.OfferId, row => row.Transition.Adapt<GetHistory.Transition>());
        var comments = (
            await db.OfferComments.Where(row => ids.Contains(row.OfferId)).OrderBy(row => row.CreatedAt).ToListAsync(ct)
        ).ToLookup(
            row => row.OfferId,
            row => new
            {
                row.Text,
                row.CreatedBy.Username,
                row.CreatedAt,
            }
        );
        var acceptances = await db
            .OfferAcceptances.Where(row => ids.Contains(row.OfferId))
            .Select(row => new
            {
                row.OfferId,
                row.Version,
                row.TypedName,
                row.AcceptedAt,
                row.OverLink,
                row.IpAddress,
                row.UserAgent,
            })
            .ToDictionaryAsync(row => row.OfferId, ct);
        var isStaff = caller.CustomerScope is null;
        return offers.ConvertAll(offer => new
        {
            Offer = offer,
            History = history[offer.Id].Select(step => isStaff ? step : step.ForCustomer()).ToList(),
            Comments = comments[offer.Id].ToList(),
            Acceptance = acceptances.GetValueOrDefault(offer.Id),
        });
    }

    public async IAsyncEnumerable<CustomerFile> ReadFilesAsync(
        Guid customerId,
        string? acceptLanguage,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var wording = Wording.For(acceptLanguage);
        var offers = db.Offers.Where(offer => offer.Customer.Id == customerId).OrderBy(offer => offer.CreatedAt);
        foreach (var id in await offers.Select(offer => offer.Id).ToListAsync(ct))
        {
            // Deleted meanwhile, if there is none.
            if (await versions.FindAsync(id, number: null, ct) is { } version)
            {
                yield return new($"loan-offer-{id}.pdf", OfferDocument.Render(OfferDocumentModel.Of(version), wording));
            }
        }
    }
}
