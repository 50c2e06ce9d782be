namespace Lending.Payments.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class PaymentsPermission
{
    /// <summary>Read mandates, accounts of payees, collection runs, payout runs, bank statements and work items.</summary>
    public const string Read = "payments:read";

    /// <summary>Record mandates, accounts of payees and bank statements, make collection runs and payout runs, and resolve work items.</summary>
    public const string Post = "payments:post";

    /// <summary>Release what goes to the bank, verify accounts of payees, and say which account is the organisation's own.</summary>
    public const string Release = "payments:release";

    /// <summary>Start payments by card and read them; customers those of their own loans.</summary>
    public const string Card = "payments:card";
}
