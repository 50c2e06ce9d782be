using Lending.Kernel;

namespace Lending.Loans.Contracts;

/// <summary>
/// What whoever holds a link to an offer reads and does, for the pages of another module. What is asked first lets the caller act for the customer of the
/// link; a link that does not work, for whatever cause, is <see cref="LinkInvalid"/>, or null where something is read.
/// </summary>
public interface ILinkedOffers
{
    /// <summary>The code of the error of a link that does not work, or not any more.</summary>
    const string LinkInvalid = "link-invalid";

    /// <summary>The longest comment on an answer, in characters.</summary>
    const int MaximumCommentLength = 1000;

    /// <summary>The offer, as its customer is shown it: this version counts as seen. One that was answered with the link is shown while the customer can withdraw.</summary>
    Task<LinkedOffer?> ReadAsync(OfferKey key, CancellationToken ct);

    /// <summary>The offer's document as a PDF file, in the language that an <c>Accept-Language</c> names.</summary>
    Task<byte[]?> ReadDocumentAsync(OfferKey key, string language, CancellationToken ct);

    /// <summary>Mails the customer a code, which works in this session alone. The one before stops working.</summary>
    Task<Error?> SendCodeAsync(OfferKey key, string session, CancellationToken ct);

    /// <summary>Accepts the version that was signed, with a code.</summary>
    Task<Error?> AcceptAsync(OfferKey key, LinkSignature signature, OfferCode code, CancellationToken ct);

    /// <summary>Declines. The link alone does, as it does in the API.</summary>
    Task<Error?> DeclineAsync(OfferKey key, string? comment, CancellationToken ct);

    /// <summary>Withdraws from an offer that was accepted with the link, with a code. A receipt is mailed at once.</summary>
    Task<Error?> WithdrawAsync(OfferKey key, OfferCode code, CancellationToken ct);
}

/// <summary>What a link names.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Token">The secret that was mailed.</param>
public sealed record OfferKey(Guid OfferId, string Token);

/// <summary>A code that somebody gives.</summary>
/// <param name="Session">The secret of the session that had it mailed.</param>
/// <param name="Digits">What was typed.</param>
public sealed record OfferCode(string Session, string Digits);

/// <summary>How a customer signs with a link.</summary>
/// <param name="TypedName">The name that they typed; 1 to <see cref="MaximumNameLength"/> characters.</param>
/// <param name="Version">The version that they have read.</param>
/// <param name="DocumentHash">Its hash.</param>
/// <param name="IpAddress">Where it came from; null where the connection has no address.</param>
/// <param name="UserAgent">The program, in its own words; empty where none was sent.</param>
/// <param name="Language">The language in which they have read it; null where that is not known.</param>
public sealed record LinkSignature(
    string TypedName,
    int Version,
    string DocumentHash,
    string? IpAddress,
    string UserAgent,
    string? Language = null
)
{
    /// <summary>The longest typed name, in characters.</summary>
    public const int MaximumNameLength = 200;
}

/// <summary>An offer as its customer is shown it.</summary>
public sealed record LinkedOffer
{
    /// <summary>What it says.</summary>
    public required OfferedCredit Credit { get; init; }

    /// <summary>What the customer knows the organisation as.</summary>
    public required string OrganizationName { get; init; }

    /// <summary>The colour of the organisation's pages, as style sheets write it; null: ours.</summary>
    public required string? Color { get; init; }

    /// <summary>What the customer was called when the offer was made.</summary>
    public required string CustomerName { get; init; }

    /// <summary>What it was made with; null without a product.</summary>
    public required string? ProductName { get; init; }

    /// <summary>How far it has got.</summary>
    public required LinkedOfferState State { get; init; }

    /// <summary>When it was answered, or withdrawn from; null while it waits for an answer.</summary>
    public required DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Until when, and with which interest for each day, what was paid out is to be paid back; null where nothing is.</summary>
    public required LinkedRepayment? Repayment { get; init; }

    /// <summary>IANA name of the time zone in which the organisation tells times.</summary>
    public required string TimeZone { get; init; }
}

/// <summary>What is paid back after a withdrawal from a loan that was paid out.</summary>
/// <param name="Amount">What was paid out.</param>
/// <param name="DailyInterest">The interest for each day.</param>
/// <param name="InterestFrom">The day of the payout.</param>
/// <param name="DueBy">The last day for the repayment.</param>
public sealed record LinkedRepayment(decimal Amount, decimal DailyInterest, DateOnly InterestFrom, DateOnly DueBy);

/// <summary>How far an offer has got, as it matters to its customer.</summary>
public enum LinkedOfferState
{
    /// <summary>It waits for an answer.</summary>
    Open,

    /// <summary>The customer accepted it, and can withdraw.</summary>
    Accepted,

    /// <summary>The customer declined it.</summary>
    Declined,

    /// <summary>The customer withdrew from it.</summary>
    Withdrawn,
}
