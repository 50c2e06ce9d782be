namespace Lending.Payments.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class PaymentsPermission
{
    /// <summary>Read mandates, collection runs, bank statements and work items.</summary>
    public const string Read = "payments:read";

    /// <summary>Record mandates and bank statements, make collection runs, and resolve work items.</summary>
    public const string Post = "payments:post";

    /// <summary>Release what goes to the bank, and say which account money goes to.</summary>
    public const string Release = "payments:release";

    /// <summary>Start payments by card and read them; customers those of their own loans.</summary>
    public const string Card = "payments:card";
}
