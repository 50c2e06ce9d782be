using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>What happens to a made-up offer, step by step, by the transitions that the API uses; nothing happens after the end.</summary>
internal sealed class FakeLife(
    LoanOffer offer,
    SeedLocale language,
    IReadOnlyList<UserReference> staff,
    DateTimeOffset end,
    SeedRandom random
)
{
    private static readonly string[] _germanRejections =
    [
        "Einkommen reicht für die Rate nicht aus.",
        "Unterlagen unvollständig.",
        "Bestehende Verpflichtungen zu hoch.",
        "Gebäude für die Anlage nicht geeignet.",
        "Laufzeit passt nicht zum Alter der Anlage.",
    ];

    private static readonly string[] _englishRejections =
    [
        "Income does not cover the instalment.",
        "Documents are incomplete.",
        "Existing obligations are too high.",
        "The building does not suit the installation.",
        "The term does not fit the age of the system.",
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
            offer.Reject(random.Pick(staff), Say(_germanRejections, _englishRejections), now);
            return;
        }
        offer.Approve(random.Pick(staff), random.Chance(30) ? Say(_germanApprovals, _englishApprovals) : null, now);
        if (fate == OfferStatus.Disbursed && Wait(TimeSpan.FromDays(1), TimeSpan.FromDays(40)))
        {
            offer.Disburse(random.Pick(staff), null, now);
        }
    }

    // False where the end comes first.
    private bool Wait(TimeSpan least, TimeSpan most)
    {
        now += random.Between(least, most);
        return now < end;
    }

    private string Say(string[] german, string[] english) => random.Pick(language == SeedLocale.En ? english : german);
}
