using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Documents;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Lets who holds a link read and answer, on another module's pages.</summary>
internal sealed class LinkedOffers(
    LoansDbContext db,
    CustomerVoice voice,
    CustomerAnswers answers,
    MailedCodes codes,
    OfferSteps steps,
    SeenMarks marks,
    VersionReader versions,
    IOrganizationDirectory organizations,
    Caller caller
) : ILinkedOffers
{
    public async Task<LinkedOffer?> ReadAsync(OfferKey key, CancellationToken ct)
    {
        if (!await OpenAsync(key, ct))
        {
            return null;
        }
        var offer = await marks.ShowAsync(
            () => db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == key.OfferId, ct),
            row => new ShownOffer(row.Id, row.RowVersion),
            ct
        );
        if (offer is null)
        {
            return null;
        }
        var state = StateOf(offer.Status);
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        return new LinkedOffer
        {
            Credit = OfferedCredits.Of(offer),
            OrganizationName = organization.ShownName,
            Color = organization.Color,
            CustomerName = offer.Customer.FullName,
            ProductName = offer.ProductName,
            State = state,
            AnsweredAt = state == LinkedOfferState.Open ? null : await AnsweredAtAsync(offer, ct),
            Repayment = RepaymentOf(offer),
            TimeZone = organization.TimeZone,
        };
    }

    public async Task<byte[]?> ReadDocumentAsync(OfferKey key, string language, CancellationToken ct) =>
        await OpenAsync(key, ct) && await versions.FindAsync(key.OfferId, number: null, ct) is { } version
            ? OfferDocument.Render(OfferDocumentModel.Of(version), Wording.For(language))
            : null;

    public async Task<Error?> SendCodeAsync(OfferKey key, string session, CancellationToken ct) =>
        await OpenAsync(key, ct) ? (await codes.SendAsync(key.OfferId, session, ct)).Error : OfferErrors.LinkInvalid;

    public async Task<Error?> AcceptAsync(OfferKey key, LinkSignature signature, OfferCode code, CancellationToken ct)
    {
        if (!await OpenAsync(key, ct))
        {
            return OfferErrors.LinkInvalid;
        }
        var (given, wrong) = await codes.TryAsync(key.OfferId, code.Session, code.Digits, ct);
        if (wrong is not null)
        {
            return wrong;
        }
        var signed = new Signature
        {
            TypedName = signature.TypedName,
            Version = signature.Version,
            DocumentHash = signature.DocumentHash,
            OverLink = true,
            Code = given,
            IpAddress = signature.IpAddress,
            UserAgent = Signature.UserAgentOf(signature.UserAgent),
            Language = signature.Language,
        };
        return await MoveAsync(key, offer => answers.AcceptAsync(offer, signed, ct), ct);
    }

    public async Task<Error?> DeclineAsync(OfferKey key, string? comment, CancellationToken ct) =>
        await OpenAsync(key, ct) ? await MoveAsync(key, offer => answers.DeclineAsync(offer, comment, ct), ct) : OfferErrors.LinkInvalid;

    public async Task<Error?> WithdrawAsync(OfferKey key, OfferCode code, CancellationToken ct) =>
        await OpenAsync(key, ct)
            ? (await codes.TryAsync(key.OfferId, code.Session, code.Digits, ct)).Error
                ?? await MoveAsync(
                    key,
                    async offer =>
                        await voice.FindObstacleToAnsweredLinkAsync(offer, ct) ?? await answers.WithdrawAsync(offer, comment: null, ct),
                    ct
                )
            : OfferErrors.LinkInvalid;

    private Task<bool> OpenAsync(OfferKey key, CancellationToken ct) =>
        voice.TryOpenLinkAsync(key.OfferId, key.Token, mayBeAnswered: true, ct);

    private async Task<Error?> MoveAsync(OfferKey key, Func<LoanOffer, Task<Error?>> move, CancellationToken ct)
    {
        var (offer, error) = await steps.TryMoveAsync(key.OfferId, move, ct);
        return error ?? (offer is null ? OfferErrors.LinkInvalid : null);
    }

    private static LinkedOfferState StateOf(OfferStatus status) =>
        status switch
        {
            OfferStatus.Declined => LinkedOfferState.Declined,
            OfferStatus.Withdrawn => LinkedOfferState.Withdrawn,
            OfferStatus.Accepted or OfferStatus.Disbursed => LinkedOfferState.Accepted,
            _ => LinkedOfferState.Open,
        };

    private async Task<DateTimeOffset?> AnsweredAtAsync(LoanOffer offer, CancellationToken ct)
    {
        // The payout came after the answer.
        var answer = offer.Status == OfferStatus.Disbursed ? OfferStatus.Accepted : offer.Status;
        return await db
            .OfferTransitions.Where(step => step.Offer.Id == offer.Id && step.To == answer)
            .MaxAsync(step => (DateTimeOffset?)step.At, ct);
    }

    private static LinkedRepayment? RepaymentOf(LoanOffer offer)
    {
        if (offer.RepayableUntil is not { } until)
        {
            return null;
        }
        var owed = WithdrawalRepayment.Of(
            offer.LoanAmount,
            offer.Fees.Dealer,
            offer.AnnualRatePercent,
            offer.Currency,
            offer.DisbursedOn!.Value,
            until
        );
        return new(owed.Amount, owed.DailyInterest, owed.InterestFrom, owed.DueBy);
    }
}
