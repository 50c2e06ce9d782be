namespace Lending.Identity.Authentication;

/// <summary>Recovery codes, shown this once. Each takes the place of a second factor once.</summary>
internal sealed record RecoveryCodes
{
    /// <summary>Ten codes; the ones before no longer work. Empty where the user keeps those that they have.</summary>
    public required IReadOnlyList<string> Codes { get; init; }
}
