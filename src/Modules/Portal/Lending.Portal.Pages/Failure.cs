namespace Lending.Portal.Pages;

/// <summary>What is wrong with a field of a form, in the reader's language.</summary>
/// <param name="Field">The id of the field.</param>
/// <param name="Text">What is wrong, and what to do.</param>
public sealed record Failure(string Field, string Text);
