using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;

namespace Lending.Servicing.LedgerExports;

/// <summary>Which entries of the journal are exported.</summary>
internal abstract record JournalPeriod
{
    /// <summary>The first day for which entries count.</summary>
    /// <example>2026-11-01</example>
    [QueryParam]
    public DateOnly? From { get; init; }

    /// <summary>The last one.</summary>
    /// <example>2026-11-30</example>
    [QueryParam]
    public DateOnly? To { get; init; }

    /// <summary>Leaves out what was posted later. Not in the future; a minute ago is what nothing can come before any more.</summary>
    /// <example>2026-12-05T12:00:00Z</example>
    [QueryParam]
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>
    /// Leaves out what was posted at this time or before: with the `knownAt` of an earlier export of the period, exactly what that one lacks.
    /// </summary>
    /// <example>2026-12-05T12:00:00Z</example>
    [QueryParam]
    public DateTimeOffset? KnownSince { get; init; }

    /// <summary>The rules that such requests have in common.</summary>
    internal sealed class Rules : Validator<JournalPeriod>
    {
        public Rules()
        {
            RuleFor(period => period.From).NotNull();
            RuleFor(period => period.To)
                .NotNull()
                .Must(
                    (period, day) =>
                        day is null
                        || period.From is null
                        || (day >= period.From && day.Value.Year > LoanLimits.FirstYear && day.Value.AddYears(-1) <= period.From)
                )
                .WithMessage("It is before the first day, or more than a year after it.");
            RuleFor(period => period.From)
                .Must(day => day is null || day.Value.Year is >= LoanLimits.FirstYear and <= LoanLimits.LastYear)
                .WithMessage("It lies too far away.");
        }
    }
}
