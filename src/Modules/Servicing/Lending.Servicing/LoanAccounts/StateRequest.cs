using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Of which day, and of what was known at which time, books are read.</summary>
internal sealed record StateRequest
{
    /// <summary>The day; today if it is left out. In the future: as if nothing more happened.</summary>
    /// <example>2026-12-31</example>
    [QueryParam]
    public DateOnly? AsOf { get; init; }

    /// <summary>Leaves out what was recorded later. Not in the future.</summary>
    /// <example>2027-01-15T12:00:00Z</example>
    [QueryParam]
    public DateTimeOffset? KnownAt { get; init; }

    internal sealed class Validator : Validator<StateRequest>
    {
        public Validator() =>
            RuleFor(request => request.AsOf)
                .Must(day => day is null || day.Value.Year is >= LoanLimits.FirstYear and <= LoanLimits.LastYear)
                .WithMessage("It lies too far away.");
    }
}
