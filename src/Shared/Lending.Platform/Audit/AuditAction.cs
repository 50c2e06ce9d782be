namespace Lending.Platform.Audit;

/// <summary>What was done, as entries of the audit log say it.</summary>
public static class AuditAction
{
    /// <summary>The longest name of an action, in characters.</summary>
    public const int MaximumLength = 20;

    /// <summary>A row was made.</summary>
    public const string Create = "CREATE";

    /// <summary>A row was changed.</summary>
    public const string Update = "UPDATE";

    /// <summary>A row was deleted.</summary>
    public const string Delete = "DELETE";

    /// <summary>Somebody was shown personal data of somebody else.</summary>
    public const string Read = "READ";

    /// <summary>A copy was taken.</summary>
    public const string Export = "EXPORT";

    /// <summary>A customer was erased.</summary>
    public const string Erase = "ERASE";

    /// <summary>A session began.</summary>
    public const string Login = "LOGIN";

    /// <summary>A session was ended.</summary>
    public const string Logout = "LOGOUT";

    /// <summary>A second factor was given again.</summary>
    public const string StepUp = "STEP_UP";

    /// <summary>Somebody failed to prove who they are.</summary>
    public const string Failure = "FAILURE";

    /// <summary>The failure locked the account or the address.</summary>
    public const string Lockout = "LOCKOUT";

    /// <summary>A refresh token came that had been used before, and its session was ended.</summary>
    public const string RefreshReuse = "REFRESH_REUSE";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Create, Update, Delete, Read, Export, Erase, Login, Logout, StepUp, Failure, Lockout, RefreshReuse];
}
