using FastEndpoints;
using FluentValidation;

namespace Lending.Loans.Offers;

/// <summary>What may be said with a step that needs no version to be named; the whole body may be left out.</summary>
internal sealed record Decision
{
    /// <summary>Why, for the history; at most 1000 characters.</summary>
    /// <example>Income and roof checked.</example>
    public string? Comment { get; init; }

    internal sealed class Validator : Validator<Decision>
    {
        public Validator() => RuleFor(decision => decision.Comment).MaximumLength(OfferTransition.MaximumCommentLength);
    }
}
