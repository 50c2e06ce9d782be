using FastEndpoints;
using FluentValidation;

namespace Lending.Loans.Offers;

/// <summary>A decision on one version of an offer: whoever decides names what they have read.</summary>
internal sealed record DecisionOnVersion
{
    /// <summary>The version that is decided on.</summary>
    /// <example>1</example>
    public int? Version { get; init; }

    /// <summary>The document hash of that version.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public string? DocumentHash { get; init; }

    /// <summary>Why, for the history; at most 1000 characters.</summary>
    /// <example>Income and roof checked.</example>
    public string? Comment { get; init; }

    internal sealed class Validator : Validator<DecisionOnVersion>
    {
        public Validator()
        {
            RuleFor(decision => decision.Version).NotNull();
            RuleFor(decision => decision.DocumentHash).NotEmpty();
            RuleFor(decision => decision.Comment).MaximumLength(OfferTransition.MaximumCommentLength);
        }
    }
}
