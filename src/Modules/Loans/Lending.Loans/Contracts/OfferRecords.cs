using System.Runtime.CompilerServices;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Documents;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Comments;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>The loan offers to a customer: figures, earlier versions, history, comments, links, acceptance and document.</summary>
internal sealed class OfferRecords(LoansDbContext db, SeenMarks marks, VersionReader versions, Caller caller) : ICustomerRecords
{
    public string Name => "loanOffers";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var offers = await marks.ShowAsync(
            () =>
                db
                    .Offers.Where(offer => offer.Customer.Id == customerId)
                    .OrderBy(offer => offer.CreatedAt)
                    .ProjectToType<OfferResponse>()
                    .ToListAsync(ct),
            offer => offer.Shown,
            ct
        );
        var earlier = await db
            .OfferVersions.AsNoTracking()
            .Where(row => row.CustomerId == customerId)
            .OrderBy(row => row.MadeAt)
            .Select(row => new
            {
                OfferId = row.Offer.Id,
                Version = row,
                FirstSeenAt = db
                    .OfferViews.Where(view => view.OfferId == row.Offer.Id && view.Version == row.Number)
                    .Select(view => (DateTimeOffset?)view.FirstSeenAt)
                    .SingleOrDefault(),
            })
            .ToListAsync(ct);
        if (offers.Count == 0 && earlier.Count == 0)
        {
            return null;
        }
        var ids = offers.ConvertAll(offer => offer.Id);
        var history = await db
            .OfferTransitions.AsNoTracking()
            .Where(row => ids.Contains(row.Offer.Id))
            .OrderBy(row => row.At)
            .ThenBy(row => row.Id)
            .Select(row => new { OfferId = row.Offer.Id, Step = row })
            .ToListAsync(ct);
        var comments = await db
            .OfferComments.AsNoTracking()
            .Where(row => row.CustomerId == customerId)
            .OrderBy(row => row.CreatedAt)
            .ToListAsync(ct);
        var links = await db
            .OfferLinks.Where(row => ids.Contains(row.OfferId))
            .OrderBy(row => row.CreatedAt)
            .Select(row => new
            {
                row.OfferId,
                row.Email,
                row.CreatedAt,
                row.UsedAt,
            })
            .ToListAsync(ct);
        var isStaff = caller.CustomerScope is null;
        var acceptances = await db
            .OfferAcceptances.Where(row => ids.Contains(row.OfferId))
            .Select(row => new
            {
                row.OfferId,
                row.Version,
                row.TypedName,
                row.AcceptedAt,
                row.OverLink,
                row.CodeChannel,
                Evidence = EvidenceResponse.Of(row.Evidence),
                IpAddress = isStaff ? row.IpAddress : null,
                UserAgent = isStaff ? row.UserAgent : null,
            })
            .ToListAsync(ct);
        return new
        {
            Offers = offers,
            EarlierVersions = earlier.ConvertAll(row => new { row.OfferId, Version = VersionResponse.Of(row.Version, row.FirstSeenAt) }),
            History = history.ConvertAll(row =>
            {
                var step = row.Step.Adapt<GetHistory.Transition>();
                return new { row.OfferId, Step = isStaff ? step : step.ForCustomer() };
            }),
            Comments = comments.ConvertAll(row => new { row.OfferId, Comment = row.Adapt<CommentResponse>() }),
            Links = links,
            Acceptances = acceptances,
        };
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
