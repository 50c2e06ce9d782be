namespace Lending.Payments.Sepa;

/// <summary>What is done about a debit that failed.</summary>
public enum ReturnAction
{
    /// <summary>It is tried again once, on another day and with another notice.</summary>
    Retry,

    /// <summary>The mandate is suspended until the customer names another account.</summary>
    SuspendMandate,

    /// <summary>There was no mandate, as somebody says: nothing more is collected, and a lawyer looks at it.</summary>
    LegalCase,

    /// <summary>Nothing more is collected until a person has decided.</summary>
    Human,
}

/// <summary>What is done about a debit that failed, by the reason that the bank gives (ISO 20022, ExternalReturnReason1Code).</summary>
public static class ReturnPolicy
{
    /// <summary>For so many days a customer gets their money back without a reason.</summary>
    public const int RefundWeeks = 8;

    /// <summary>For so many months who never gave a mandate gets their money back.</summary>
    public const int UnauthorisedMonths = 13;

    // Between banks, a return takes no longer.
    private const int DaysOnTheWay = 5;

    /// <summary>What is done.</summary>
    /// <param name="reasonCode">The bank's reason, such as <c>AM04</c>; null where it gives none.</param>
    /// <param name="attempt">Which attempt to collect the instalment it was: 1, 2, ….</param>
    /// <param name="collectedOn">The day on which it was collected.</param>
    /// <param name="returnedOn">The day on which it came back.</param>
    public static ReturnAction For(string? reasonCode, int attempt, DateOnly collectedOn, DateOnly returnedOn)
    {
        if (returnedOn > collectedOn.AddMonths(UnauthorisedMonths))
        {
            // No rule of the scheme gives money back so late.
            return ReturnAction.Human;
        }
        if (returnedOn > LastReturnAfter(collectedOn.AddDays(7 * RefundWeeks)))
        {
            // Only who says that there was no mandate gets money back after eight weeks, whatever the code.
            return ReturnAction.LegalCase;
        }
        return reasonCode switch
        {
            // No money. Banks in Germany hide that, and a closed account, behind MS03 for data protection.
            "AM04" or "MS03" => attempt == 1 ? ReturnAction.Retry : ReturnAction.Human,
            // The account is wrong, closed, blocked, or cannot be debited.
            "AC01" or "AC04" or "AC06" or "AG01" => ReturnAction.SuspendMandate,
            "MD01" => ReturnAction.LegalCase,
            // The customer took the money back (MD06) or refused the debit (MS02), or has died (MD07).
            "MD06" or "MS02" or "MD07" => ReturnAction.Human,
            _ => ReturnAction.Human,
        };
    }

    /// <summary>Whether the customer is charged what the bank took for it: not where there may never have been a mandate, nor of the dead.</summary>
    public static bool ChargesFee(ReturnAction action, string? reasonCode) => action != ReturnAction.LegalCase && reasonCode != "MD07";

    // What a customer asks for on the last day is booked a few open days later.
    private static DateOnly LastReturnAfter(DateOnly day) =>
        Enumerable.Range(0, DaysOnTheWay).Aggregate(day, (last, _) => TargetCalendar.NextAfter(last));

    /// <summary>Whether the mandate may still be used.</summary>
    public static bool KeepsMandate(ReturnAction action) => action == ReturnAction.Retry;
}
