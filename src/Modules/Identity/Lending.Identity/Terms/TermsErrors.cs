using Lending.Kernel;

namespace Lending.Identity.Terms;

/// <summary>The ways in which publishing and accepting terms fail.</summary>
internal static class TermsErrors
{
    public static readonly Error UnknownTermsNumber = Error.Validation(
        "unknown-terms-number",
        "There is no version with this number that could be translated. Leave the number out for a new version.",
        "number"
    );

    public static readonly Error TermsPublished = Error.Conflict(
        "terms-published",
        "This version is published in this language already. Publish a new version."
    );

    public static readonly Error TermsHashDiffers = Error.Conflict(
        "terms-hash-differs",
        "The version has another hash: you have read something else. Read it again."
    );

    public static readonly Error TermsOutdated = Error.Conflict("terms-outdated", "A newer version is in force. Accept that one.");
}
