using Lending.Identity.Users;

namespace Lending.Identity.Terms;

/// <summary>How a user stands to the terms and the privacy policy of their organisation.</summary>
internal sealed record TermsStanding
{
    /// <summary>Whether a version is in force that the user has not accepted in any language.</summary>
    public required bool Waiting { get; init; }

    /// <summary>Whether the organisation lets nobody work who has not accepted what is in force.</summary>
    public required bool Mandatory { get; init; }

    /// <summary>Whether the user has to accept something before they may do what their role permits.</summary>
    public bool Missing => Waiting && Mandatory;
}

/// <summary>A user, and how they stand to the terms.</summary>
internal sealed record UserWithTerms
{
    public required User User { get; init; }

    public required TermsStanding Terms { get; init; }
}
