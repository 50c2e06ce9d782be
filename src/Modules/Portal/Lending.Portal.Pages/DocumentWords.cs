using Lending.Documents.Contracts;

namespace Lending.Portal.Pages;

/// <summary>What is said of documents, in the reader's language.</summary>
public static class DocumentWords
{
    /// <summary>What was asked for.</summary>
    public static string Kind(Reader reader, DocumentKind kind) =>
        kind switch
        {
            DocumentKind.Payslip => reader.Say("Payslips", "Gehaltsabrechnungen"),
            DocumentKind.BankStatement => reader.Say("Bank statements", "Kontoauszüge"),
            DocumentKind.IdentityCopy => reader.Say("Copy of an identity document", "Kopie eines Ausweises"),
            DocumentKind.OwnershipProof => reader.Say("Proof that the property is yours", "Nachweis, dass Ihnen die Immobilie gehört"),
            _ => reader.Say("Other documents", "Weitere Unterlagen"),
        };

    /// <summary>How much of it is there.</summary>
    public static string Progress(Reader reader, AskedDocument asked) =>
        asked.IsFulfilled
            ? reader.Say(
                $"All is here ({asked.Received}). You need not send more.",
                $"Alles ist da ({asked.Received}). Sie müssen nichts mehr senden."
            )
            : reader.Say($"{asked.Received} of {asked.Count} are here.", $"{asked.Received} von {asked.Count} sind da.");

    /// <summary>What became of a document that was sent.</summary>
    public static string Status(Reader reader, SentDocument sent) =>
        sent.Status switch
        {
            DocumentStatus.Quarantined => reader.Say(
                "It has arrived, and will be checked for viruses.",
                "Sie ist angekommen und wird auf Viren geprüft."
            ),
            DocumentStatus.Infected => reader.Say(
                "A virus was found in it, and we deleted it. Send another file.",
                "Darin wurde ein Virus gefunden, und wir haben sie gelöscht. Senden Sie eine andere Datei."
            ),
            DocumentStatus.Unreadable => reader.Say(
                "It cannot be read, and we deleted it. Send it again.",
                "Sie ist nicht lesbar, und wir haben sie gelöscht. Senden Sie sie noch einmal."
            ),
            DocumentStatus.Pending => reader.Say(
                "No virus was found in it. Somebody will look at it.",
                "Darin wurde kein Virus gefunden. Jemand wird sie sich ansehen."
            ),
            DocumentStatus.Approved => reader.Say("Accepted.", "Angenommen."),
            DocumentStatus.Expired => reader.Say(
                "It was accepted, and is out of date now.",
                "Sie war angenommen und ist nicht mehr gültig."
            ),
            DocumentStatus.Revision => reader.Say(
                $"Please send another one: {Reason(reader, sent.Reason)}.",
                $"Bitte senden Sie eine andere: {Reason(reader, sent.Reason)}."
            ),
            _ => reader.Say($"Not accepted: {Reason(reader, sent.Reason)}.", $"Nicht angenommen: {Reason(reader, sent.Reason)}."),
        };

    private static string Reason(Reader reader, ReviewReason? reason) =>
        reason switch
        {
            ReviewReason.Illegible => reader.Say("it is blurred, cut off or too dark", "sie ist unscharf, abgeschnitten oder zu dunkel"),
            ReviewReason.Incomplete => reader.Say("pages are missing", "es fehlen Seiten"),
            ReviewReason.Outdated => reader.Say("it is too old", "sie ist zu alt"),
            ReviewReason.WrongKind => reader.Say("it shows something else than we asked for", "sie zeigt etwas anderes, als wir brauchen"),
            ReviewReason.WrongPerson => reader.Say("it is somebody else's", "sie gehört jemand anderem"),
            ReviewReason.NotGenuine => reader.Say("we cannot take it for genuine", "wir können sie nicht als echt anerkennen"),
            _ => reader.Say("we do not take documents of this sort", "solche Unterlagen nehmen wir nicht an"),
        };
}
