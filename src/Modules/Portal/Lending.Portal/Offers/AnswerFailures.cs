using Lending.Kernel;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Http;

namespace Lending.Portal.Offers;

/// <summary>Why an answer was not taken, in words for the customer and at the field that is concerned.</summary>
internal static class AnswerFailures
{
    /// <summary>The offer's module refused it for this.</summary>
    public static Failure Of(HttpContext context, Error error)
    {
        var reader = Page.ReaderOf(context);
        if (CodeFailures.Of(reader, error.Code) is { } failure)
        {
            return failure;
        }
        return error.Code switch
        {
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
