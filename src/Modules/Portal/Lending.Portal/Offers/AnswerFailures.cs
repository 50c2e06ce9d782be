using Lending.Kernel;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Offers;

/// <summary>Why an answer was not taken, in words for the customer and at the field that is concerned.</summary>
internal static class AnswerFailures
{
    /// <summary>No code was typed.</summary>
    public static Failure CodeMissing(Reader reader) =>
        new("code", reader.Say("Type the six digits from the mail.", "Geben Sie die sechs Ziffern aus der Mail ein."));

    /// <summary>The offer's module refused it for this.</summary>
    public static Failure Of(HttpContext context, Error error)
    {
        var reader = Page.ReaderOf(context);
        return error.Code switch
        {
            "code-wrong" => new(
                "code",
                reader.Say(
                    "This is not the code that we mailed you last. Check the newest mail, and type its six digits.",
                    "Das ist nicht der Code, den wir Ihnen zuletzt geschickt haben. Nehmen Sie die neueste Mail und geben Sie ihre sechs Ziffern ein."
                )
            ),
            "code-expired" => new(
                "code",
                reader.Say(
                    "There is no code that still works. Have a new one sent, and type that.",
                    "Es gibt keinen Code, der noch gilt. Lassen Sie sich einen neuen senden und geben Sie diesen ein."
                )
            ),
            "too-many-codes" => new(
                "code",
                reader.Say(
                    "We have sent as many codes for this link as there can be in a day. Try again tomorrow, or ask the company.",
                    "Für diesen Link haben wir so viele Codes gesendet, wie es an einem Tag gibt. Versuchen Sie es morgen wieder oder fragen Sie das Unternehmen."
                )
            ),
            "offer-version-outdated" => new(
                "content",
                reader.Say(
                    "The offer was changed while you read it. Read it again before you accept it.",
                    "Das Angebot wurde geändert, während Sie es lasen. Lesen Sie es noch einmal, bevor Sie es annehmen."
                )
            ),
            "disclosure-missing" => new(
                "content",
                reader.Say(
                    "The law wants you to be given the standard information on this offer first. Ask the company for it, and come back then.",
                    "Sie müssen nach dem Gesetz erst die Standardinformationen zu diesem Angebot bekommen. Bitten Sie das Unternehmen darum und kommen Sie dann wieder."
                )
            ),
            "offer-expired" => new(
                "content",
                reader.Say(
                    "The offer was valid until a moment ago. Ask the company for a new one.",
                    "Das Angebot galt bis eben. Bitten Sie das Unternehmen um ein neues."
                )
            ),
            "withdrawal-period-over" => new(
                "content",
                reader.Say("The time in which you could withdraw is over.", "Die Zeit, in der Sie widerrufen konnten, ist vorbei.")
            ),
            _ => new(
                "content",
                reader.Say(
                    $"That is not possible now. If you ask the company about it, name this: {error.Code}",
                    $"Das ist gerade nicht möglich. Fragen Sie das Unternehmen danach, nennen Sie dies: {error.Code}"
                )
            ),
        };
    }
}
