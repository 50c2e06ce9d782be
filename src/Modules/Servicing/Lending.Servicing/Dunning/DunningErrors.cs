using Lending.Kernel;

namespace Lending.Servicing.Dunning;

/// <summary>Why there is no letter, and no offer of forbearance.</summary>
internal static class DunningErrors
{
    public static readonly Error NothingOverdue = Error.Conflict("nothing-overdue", "Nothing is overdue.");

    public static readonly Error NotRunning = Error.Conflict(
        "loan-not-running",
        "Only a loan that runs is dunned: not one that was called due, written off or settled."
    );

    public static readonly Error TooEarly = Error.Conflict("too-early", "It is not overdue for long enough yet.");

    public static readonly Error LetterTooYoung = Error.Conflict(
        "letter-too-young",
        "The letter before is too young: its level, or the next one's, gives more days."
    );

    public static readonly Error NoFurtherLevel = Error.Conflict("no-further-level", "The last level was written already.");

    public static readonly Error NoticeNotAllowed = Error.Conflict(
        "notice-not-allowed",
        "§ 498 BGB: two instalments in a row and a tenth of the loan (a twentieth, if it runs for more than three years) have to be overdue."
    );

    public static readonly Error ForbearanceMissing = Error.Conflict(
        "forbearance-missing",
        "Before a loan is called due, and before the borrower is threatened with it, offer forbearance and record it (Directive (EU) 2023/2225, Art. 35)."
    );

    public static readonly Error LetterIdTaken = Error.Conflict("letter-id-taken", "There is another letter with this id.", "letterId");

    public static readonly Error OfferIdTaken = Error.Conflict("offer-id-taken", "There is another offer with this id.", "offerId");

    public static readonly Error OfferInFuture = Error.Validation("in-future", "It lies in the future.", "offeredOn");
}
