using Lending.Kernel;
using Lending.Loans.Offers.Acceptance;

namespace Lending.Loans.Offers;

// From the decision to the payout or the withdrawal, by the diagram.
internal sealed partial class LoanOffer
{
    /// <summary>How many days an offer is valid after the day of its approval.</summary>
    public const int ValidityDays = 30;

    /// <summary>How many days after the day of the acceptance the customer may withdraw.</summary>
    public const int WithdrawalDays = 14;

    /// <summary>How many days after the day of the withdrawal the customer pays back what was paid out.</summary>
    public const int RepaymentDays = 30;

    /// <summary>Approves the offer, which is then valid to the end of a day in the time zone.</summary>
    public Error? Approve(UserReference by, string? comment, string timeZone, DateTimeOffset now)
    {
        if (Move(OfferStatus.Approved, by, comment, now) is { } error)
        {
            return error;
        }
        ValidUntil = LocalDay.EndOf(LocalDay.Of(now, timeZone).AddDays(ProductContent?.ValidityDays ?? ValidityDays), timeZone);
        return null;
    }

    public Error? Reject(UserReference by, RejectionReason reason, string comment, DateTimeOffset now) =>
        Move(OfferStatus.Rejected, by, comment, now, reason);

    public Error? Cancel(UserReference by, string? comment, DateTimeOffset now) => Move(OfferStatus.Cancelled, by, comment, now);

    /// <summary>Accepts the version that was signed, and freezes it.</summary>
    public Error? Accept(Signature signature, UserReference by, string timeZone, DateTimeOffset now)
    {
        if (FindObstacleToAnswer(OfferStatus.Accepted, now) is { } obstacle)
        {
            return obstacle;
        }
        var content = OfferContent.Of(this);
        if (signature.Version != Version || signature.DocumentHash != content.DocumentHash)
        {
            return OfferErrors.VersionOutdated;
        }
        Move(OfferStatus.Accepted, by, null, now);
        Acceptance = new OfferAcceptance(content, signature, now);
        WithdrawalEndsAt = LocalDay.EndOf(LocalDay.Of(now, timeZone).AddDays(WithdrawalDays), timeZone);
        return null;
    }

    public Error? Decline(UserReference by, string? comment, DateTimeOffset now) =>
        FindObstacleToAnswer(OfferStatus.Declined, now) ?? Move(OfferStatus.Declined, by, comment, now);

    /// <summary>Expires an offer that was valid until now.</summary>
    public Error? Expire(DateTimeOffset now) => Move(OfferStatus.Expired, UserReference.System, null, now);

    /// <summary>Takes the acceptance back. What was paid out is to be paid back then, within 30 days.</summary>
    public Error? Withdraw(UserReference by, string? comment, string timeZone, DateTimeOffset now)
    {
        if (OfferDiagram.FindObstacle(Status, OfferStatus.Withdrawn) is { } obstacle)
        {
            return obstacle;
        }
        // Offers that were paid out before there was a withdrawal period have no end of it.
        if (WithdrawalEndsAt is not { } end || now >= end)
        {
            return OfferErrors.WithdrawalPeriodOver;
        }
        if (Status == OfferStatus.Disbursed)
        {
            RepayableUntil = LocalDay.Of(now, timeZone).AddDays(RepaymentDays);
        }
        return Move(OfferStatus.Withdrawn, by, comment, now);
    }

    /// <summary>Notes that the customer can no longer withdraw; no change of state.</summary>
    public void EndWithdrawalPeriod(DateTimeOffset now) => WithdrawalEndedAt = now;

    /// <summary>Records the payout.</summary>
    /// <param name="by">Who paid out.</param>
    /// <param name="comment">What they say about it.</param>
    /// <param name="timeZone">The organisation's time zone.</param>
    /// <param name="isEarlyAllowed">Whether the organisation pays out while the customer can still withdraw.</param>
    /// <param name="now">When.</param>
    public Error? Disburse(UserReference by, string? comment, string timeZone, bool isEarlyAllowed, DateTimeOffset now)
    {
        if (OfferDiagram.FindObstacle(Status, OfferStatus.Disbursed) is { } obstacle)
        {
            return obstacle;
        }
        if (!isEarlyAllowed && now < WithdrawalEndsAt)
        {
            return OfferErrors.WithdrawalPeriodOpen;
        }
        DisbursedOn = LocalDay.Of(now, timeZone);
        return Move(OfferStatus.Disbursed, by, comment, now);
    }

    /// <summary>Why the customer cannot accept or decline, or null. A late job does not make an offer valid for longer.</summary>
    public Error? FindObstacleToAnswer(OfferStatus answer, DateTimeOffset now) =>
        OfferDiagram.FindObstacle(Status, answer) ?? (now >= ValidUntil ? OfferErrors.Expired : null);

    private Error? Move(OfferStatus to, UserReference by, string? comment, DateTimeOffset now, RejectionReason? reason = null)
    {
        if (OfferDiagram.FindObstacle(Status, to) is { } obstacle)
        {
            return obstacle;
        }
        history.Add(new OfferTransition(Status, to, by, comment, now, reason));
        Status = to;
        UpdatedAt = now;
        return null;
    }
}
