using Lending.Portal.Pages;

namespace Lending.Portal.Site;

/// <summary>Why a code was not taken or not sent, in words for the customer.</summary>
internal static class CodeFailures
{
    /// <summary>No code was typed.</summary>
    public static Failure Missing(Reader reader) =>
        new("code", reader.Say("Type the six digits from the mail.", "Geben Sie die sechs Ziffern aus der Mail ein."));

    /// <summary>What was typed, without the spaces between.</summary>
    public static string DigitsOf(string typed) => string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>The words for an error of a code; null where it is none.</summary>
    public static Failure? Of(Reader reader, string code) =>
        code switch
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
            _ => null,
        };
}
