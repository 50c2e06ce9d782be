using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Pdf;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Gathers what speaks for an acceptance, in its transaction: what was shown and given later does not count.</summary>
internal sealed class EvidenceReader(LoansDbContext db, IEnumerable<IGivenInformation> information, CustomerVoice voice, Caller caller)
{
    public async Task<AcceptanceEvidence> ReadAsync(
        LoanOffer offer,
        Signature signature,
        OrganizationSummary organization,
        CancellationToken ct
    )
    {
        var shownAt = await db
            .OfferViews.Where(view => view.OfferId == offer.Id && view.Version == signature.Version)
            .Select(view => (DateTimeOffset?)view.FirstSeenAt)
            .SingleOrDefaultAsync(ct);
        GivenInformation? given = null;
        foreach (var source in information)
        {
            given ??= await source.FindAsync(offer.Id, signature.DocumentHash, ct);
        }
        return new AcceptanceEvidence
        {
            LinkId = voice.IsLink ? voice.Link.Id : null,
            SessionId = caller.SessionId,
            ShownAt = shownAt,
            InformationHash = given is null ? null : Convert.FromHexString(given.Hash),
            InformedAt = given?.GivenAt,
            CodeSentAt = signature.Code?.SentAt,
            CodeGivenAt = signature.Code?.GivenAt,
            CodeSessionHash = signature.Code?.SessionHash,
            Language = DocumentLanguage.For(signature.Language ?? organization.Language).Code,
            TimeZone = organization.TimeZone,
        };
    }
}
