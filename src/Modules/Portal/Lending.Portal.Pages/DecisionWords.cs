using Lending.Applications.Contracts;

namespace Lending.Portal.Pages;

/// <summary>What is said of applications, in the reader's language.</summary>
public static class DecisionWords
{
    /// <summary>What an application is called.</summary>
    public static string Name(Reader reader, CustomerApplication application) =>
        application.LoanAmount is { } amount
            ? reader.Say(
                $"Application for a loan of {reader.Money(amount, application.Currency)}",
                $"Antrag auf einen Kredit über {reader.Money(amount, application.Currency)}"
            )
            : reader.Say("Application for a loan", "Antrag auf einen Kredit");

    /// <summary>What was decided.</summary>
    public static string Heading(Reader reader, ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.Approved => reader.Say("Your application is approved", "Ihr Antrag ist genehmigt"),
            ApplicationStatus.Conditional => reader.Say(
                "Your application is approved, on conditions",
                "Ihr Antrag ist unter Bedingungen genehmigt"
            ),
            ApplicationStatus.Contracted => reader.Say("Your application led to a loan", "Aus Ihrem Antrag wurde ein Kredit"),
            _ => reader.Say("We cannot offer you this loan", "Wir können Ihnen diesen Kredit nicht anbieten"),
        };

    /// <summary>Where it is.</summary>
    public static string Status(Reader reader, ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.Draft => reader.Say("It is being filled in.", "Er wird noch ausgefüllt."),
            ApplicationStatus.Submitted or ApplicationStatus.Assessing => reader.Say(
                "It is being decided on.",
                "Es wird über ihn entschieden."
            ),
            ApplicationStatus.Collecting => reader.Say("Evidence is missing.", "Es fehlen Nachweise."),
            ApplicationStatus.Approved => reader.Say("Approved.", "Genehmigt."),
            ApplicationStatus.Conditional => reader.Say("Approved, on conditions.", "Unter Bedingungen genehmigt."),
            ApplicationStatus.InReview => reader.Say("A person decides on it.", "Ein Mensch entscheidet über ihn."),
            ApplicationStatus.Declined => reader.Say("Refused.", "Abgelehnt."),
            ApplicationStatus.ReviewRequested => reader.Say(
                "Refused. A person will look at it, as you demanded.",
                "Abgelehnt. Ein Mensch wird ihn prüfen, wie Sie es verlangt haben."
            ),
            ApplicationStatus.Contracted => reader.Say(
                "You have concluded the credit agreement.",
                "Sie haben den Kreditvertrag geschlossen."
            ),
            ApplicationStatus.Expired => reader.Say("Nothing came of it in time.", "Es wurde in der Frist nichts daraus."),
            ApplicationStatus.Withdrawn => reader.Say("Withdrawn.", "Zurückgezogen."),
            _ => reader.Say("More is asked for, so it is decided on anew.", "Es geht um mehr, deshalb wird neu entschieden."),
        };
}
