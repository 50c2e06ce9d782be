namespace Lending.Portal.Pages;

/// <summary>What shows that a form comes from a page of ours.</summary>
/// <param name="Field">The name of the hidden field.</param>
/// <param name="Value">Its value.</param>
public sealed record FormToken(string Field, string Value);
