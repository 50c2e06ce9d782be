using Lending.Loans.Offers;

namespace Lending.Loans.Seeding;

/// <summary>What people write about offers, in German and English.</summary>
internal static class FakeTexts
{
    public static readonly (RejectionReason Reason, string German, string English)[] Rejections =
    [
        (RejectionReason.InsufficientIncome, "Einkommen reicht für die Rate nicht aus.", "Income does not cover the instalment."),
        (RejectionReason.InsufficientIncome, "Bestehende Verpflichtungen zu hoch.", "Existing obligations are too high."),
        (RejectionReason.CreditHistory, "Negative Einträge in der Auskunft.", "Negative entries in the credit report."),
        (RejectionReason.IncompleteDocuments, "Unterlagen trotz Nachfrage unvollständig.", "Documents still incomplete after a reminder."),
        (RejectionReason.IncompleteDocuments, "Kostenvoranschlag fehlt.", "The cost estimate is missing."),
        (RejectionReason.UnsuitableProperty, "Dach trägt die Anlage nicht.", "The roof does not bear the installation."),
        (RejectionReason.SuspectedFraud, "Gehaltsnachweise passen nicht zusammen.", "Payslips do not fit together."),
        (RejectionReason.Other, "Laufzeit passt nicht zum Alter der Anlage.", "The term does not fit the age of the system."),
    ];

    public static readonly (string German, string English)[] Approvals =
    [
        ("Bonität gut.", "Good credit history."),
        ("Unterlagen vollständig geprüft.", "Documents checked, complete."),
        ("Bestandskunde.", "Existing customer."),
        ("Eigenleistung nachgewiesen.", "Own contribution shown."),
    ];

    public static readonly (string German, string English)[] Cancellations =
    [
        ("Kunde baut doch nicht.", "The customer does not build after all."),
        ("Neues Angebot mit anderer Anlage.", "New offer with another system."),
        ("Doppelt erfasst.", "Entered twice."),
    ];

    public static readonly (string German, string English)[] Refusals =
    [
        ("Wir zahlen die Anlage lieber selbst.", "We would rather pay for it ourselves."),
        ("Unsere Hausbank ist günstiger.", "Our bank is cheaper."),
        ("Die Laufzeit ist uns zu lang.", "The term is too long for us."),
    ];

    public static readonly (string German, string English)[] Withdrawals =
    [
        ("Wir haben es uns anders überlegt.", "We have changed our minds."),
        ("Förderung wurde doch bewilligt.", "The subsidy was granted after all."),
    ];

    public static readonly (string German, string English)[] Comments =
    [
        ("Termin mit dem Kunden am Freitag.", "Meeting with the customer on Friday."),
        ("Bitte den letzten Steuerbescheid nachreichen.", "Please hand in the latest tax assessment."),
        ("Anlage wird um einen Speicher erweitert.", "The system gets a storage in addition."),
        ("Rückruf erbeten.", "Please call back."),
    ];

    public static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    ];
}
