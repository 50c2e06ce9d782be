using Lending.Kernel;

namespace Lending.Payments.Statements;

/// <summary>The ways in which requests about bank statements can fail.</summary>
internal static class StatementErrors
{
    public static readonly Error Differs = Error.Conflict(
        "statement-differs",
        "A statement with this id was imported before, and says something else. Ask the bank which one holds."
    );

    public static readonly Error ItemResolved = Error.Conflict("work-item-resolved", "Somebody has resolved it already.");

    public static readonly Error NoCredit = Error.Conflict(
        "not-a-credit",
        "Only money that came can be assigned to a loan account. Dismiss it with a reason."
    );

    /// <summary>What is wrong with a file.</summary>
    public static Error Unreadable(string message) => Error.Validation("unreadable-bank-file", message, "content");
}
