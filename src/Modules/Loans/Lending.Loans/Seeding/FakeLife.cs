using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>What happens to a made-up offer, step by step, by the transitions that the API uses; nothing happens after the end.</summary>
internal sealed class FakeLife(
    LoanOffer offer,
    SeedLocale language,
    IReadOnlyList<UserReference> staff,
    string timeZone,
    DateTimeOffset end,
    SeedRandom random
)
{
    private static readonly (RejectionReason Reason, string German, string English)[] _rejections =
    [
        (RejectionReason.InsufficientIncome, "Einkommen reicht für die Rate nicht aus.", "Income does not cover the instalment."),
        (RejectionReason.IncompleteDocuments, "Unterlagen unvollständig.", "Documents are incomplete."),
        (RejectionReason.CreditHistory, "Bestehende Verpflichtungen zu hoch.", "Existing obligations are too high."),
        (RejectionReason.UnsuitableProperty, "Gebäude für die Anlage nicht geeignet.", "The building does not suit the installation."),
        (RejectionReason.Other, "Laufzeit passt nicht zum Alter der Anlage.", "The term does not fit the age of the system."),
    ];

    private static readonly string[] _germanApprovals =
    [
        "Bonität gut.",
        "Unterlagen vollständig geprüft.",
        "Bestandskunde.",
        "Eigenleistung nachgewiesen.",
    ];

    private static readonly string[] _englishApprovals =
    [
        "Good credit history.",
        "Documents checked, complete.",
        "Existing customer.",
        "Own contribution shown.",
    ];

    private DateTimeOffset now = offer.CreatedAt;

    public void Live(OfferStatus fate)
    {
        if (fate == OfferStatus.Pending || !Wait(TimeSpan.FromHours(1), TimeSpan.FromDays(8)))
        {
            return;
        }
        if (fate == OfferStatus.Rejected)
        {
            var (reason, german, english) = random.Pick(_rejections);
            offer.Reject(random.Pick(staff), reason, language == SeedLocale.En ? english : german, now);
            return;
        }
        if (fate == OfferStatus.Cancelled)
        {
            offer.Cancel(random.Pick(staff), null, now);
            return;
        }
        offer.Approve(random.Pick(staff), random.Chance(30) ? Say(_germanApprovals, _englishApprovals) : null, timeZone, now);
        Answer(fate);
    }

    private void Answer(OfferStatus fate)
    {
        if (fate == OfferStatus.Expired && offer.ValidUntil < end)
        {
            offer.Expire(offer.ValidUntil.Value);
        }
        if (fate is OfferStatus.Approved or OfferStatus.Expired || !Wait(TimeSpan.FromHours(1), TimeSpan.FromDays(20)))
        {
            return;
        }
        if (fate == OfferStatus.Declined)
        {
            offer.Decline(OfferLink.Bearer, null, now);
            return;
        }
        Accept();
        if (fate == OfferStatus.Withdrawn && Wait(TimeSpan.FromHours(1), TimeSpan.FromDays(13)))
        {
            offer.Withdraw(OfferLink.Bearer, null, now);
        }
        if (fate == OfferStatus.Disbursed && Wait(TimeSpan.FromDays(1), TimeSpan.FromDays(40)))
        {
            offer.Disburse(random.Pick(staff), null, now);
        }
        if (offer.Status == OfferStatus.Accepted && offer.WithdrawalEndsAt < end)
        {
            offer.EndWithdrawalPeriod(offer.WithdrawalEndsAt.Value);
        }
    }

    private void Accept() =>
        offer.Accept(
            new Signature
            {
                TypedName = offer.Customer.FullName,
                Version = offer.Version,
                DocumentHash = OfferContent.Of(offer).DocumentHash,
                OverLink = true,
            },
            OfferLink.Bearer,
            timeZone,
            now
        );

    // False where the end comes first.
    private bool Wait(TimeSpan least, TimeSpan most)
    {
        now += random.Between(least, most);
        return now < end;
    }

    private string Say(string[] german, string[] english) => random.Pick(language == SeedLocale.En ? english : german);
}
