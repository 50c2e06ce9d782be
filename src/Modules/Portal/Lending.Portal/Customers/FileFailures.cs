using Lending.Portal.Pages;

namespace Lending.Portal.Customers;

/// <summary>Why a file was not taken, in words for the customer. Nothing of it was kept.</summary>
internal static class FileFailures
{
    /// <summary>No file was chosen.</summary>
    public const string Missing = "file-missing";

    private const string Field = "file";

    /// <summary>The words for the code of a refusal.</summary>
    public static Failure Of(Reader reader, string code) => new(Field, WordsOf(reader, code));

    private static string WordsOf(Reader reader, string code) =>
        code switch
        {
            Missing => reader.Say("Choose a file that is not empty.", "Wählen Sie eine Datei, die nicht leer ist."),
            "body-too-large" => reader.Say(
                "The file is longer than 15 MB. Send a smaller one, or its pages one by one.",
                "Die Datei ist größer als 15 MB. Senden Sie eine kleinere oder die Seiten einzeln."
            ),
            "file-name-invalid" => reader.Say(
                "The file's name is too long or has signs in it that we do not take. Give it a short name of letters and digits.",
                "Der Name der Datei ist zu lang oder enthält Zeichen, die wir nicht annehmen. Geben Sie ihr einen kurzen Namen aus Buchstaben und Ziffern."
            ),
            "file-type-unsupported" => reader.Say(
                "The file is neither a PDF nor a picture (JPEG, PNG, WebP). Send a photo of the document, or a PDF.",
                "Die Datei ist weder ein PDF noch ein Bild (JPEG, PNG, WebP). Senden Sie ein Foto des Dokuments oder ein PDF."
            ),
            "file-name-mismatch" or "file-type-mismatch" => reader.Say(
                "The file is something else than its name says. Save it again as PDF or as a picture, and send that.",
                "Die Datei ist etwas anderes, als ihr Name sagt. Speichern Sie sie noch einmal als PDF oder als Bild und senden Sie das."
            ),
            "file-ambiguous" => reader.Say(
                "The file is two things at once, and we do not take that. Print it to a new PDF, or send a photo.",
                "Die Datei ist zweierlei zugleich, und das nehmen wir nicht an. Drucken Sie sie in ein neues PDF oder senden Sie ein Foto."
            ),
            "file-infected" => reader.Say(
                "A virus was found in the file, and we did not keep it. Check your device, and send another file.",
                "In der Datei wurde ein Virus gefunden, und wir haben sie nicht behalten. Prüfen Sie Ihr Gerät und senden Sie eine andere Datei."
            ),
            "file-unreadable" => reader.Say(
                "The file is damaged or incomplete. Save it again, or send a photo.",
                "Die Datei ist beschädigt oder unvollständig. Speichern Sie sie noch einmal oder senden Sie ein Foto."
            ),
            "image-too-large" => reader.Say(
                "The picture has more than 50 megapixels. Send a smaller one.",
                "Das Bild hat mehr als 50 Megapixel. Senden Sie ein kleineres."
            ),
            "pdf-encrypted" => reader.Say(
                "The PDF is protected by a password. Send it without one.",
                "Das PDF ist mit einem Passwort geschützt. Senden Sie es ohne Passwort."
            ),
            "pdf-active-content" or "pdf-too-complex" => reader.Say(
                "The PDF has programs, other files or too much in it. Print it to a new PDF, and send that.",
                "Das PDF enthält Programme, andere Dateien oder zu vieles. Drucken Sie es in ein neues PDF und senden Sie das."
            ),
            _ => reader.Say(
                $"We cannot take this file. If you ask the company about it, name this: {code}",
                $"Diese Datei können wir nicht annehmen. Fragen Sie das Unternehmen danach, nennen Sie dies: {code}"
            ),
        };
}
