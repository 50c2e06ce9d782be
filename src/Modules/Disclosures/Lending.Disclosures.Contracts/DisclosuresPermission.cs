namespace Lending.Disclosures.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class DisclosuresPermission
{
    /// <summary>Read which pre-contractual information was given, and the forms.</summary>
    public const string Read = "disclosures:read";

    /// <summary>Give pre-contractual information to customers.</summary>
    public const string Issue = "disclosures:issue";

    /// <summary>Say what the organisation's forms say of it, and whether the law asks for them.</summary>
    public const string Settings = "disclosures:settings";
}
