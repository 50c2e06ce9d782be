using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;

namespace Lending.Servicing.LoanAccounts;

/// <summary>What reads of the books have in common.</summary>
internal abstract record KnownRequest
{
    /// <summary>Leaves out what was recorded later, and answers as of that day where no other one is asked for: what was answered then is answered for ever. Not in the future.</summary>
    /// <example>2027-01-15T12:00:00Z</example>
    [QueryParam]
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>The day of what is known: today where nothing is left out.</summary>
    public DateOnly KnownOn(DateTimeOffset now) => ServicingDay.Of(KnownAt ?? now);

    /// <summary>The rules that such requests have in common. Whether it lies in the future is for the slice to say.</summary>
    internal sealed class Rules : Validator<KnownRequest>
    {
        public Rules() =>
            RuleFor(request => request.KnownAt)
                .Must(time => time is null || time.Value.UtcDateTime.Year > LoanLimits.FirstYear)
                .WithMessage("It lies too far away.");
    }
}

/// <summary>Of which day, and of what was known at which time, books are read.</summary>
internal sealed record StateRequest : KnownRequest
{
    /// <summary>The day; that of `knownAt`, or today, if it is left out. In the future: as if nothing more happened.</summary>
    /// <example>2026-12-31</example>
    [QueryParam]
    public DateOnly? AsOf { get; init; }

    /// <summary>The day of which books are read.</summary>
    public DateOnly DayOf(DateTimeOffset now) => AsOf ?? KnownOn(now);

    internal sealed class Validator : Validator<StateRequest>
    {
        public Validator()
        {
            Include(new Rules());
            RuleFor(request => request.AsOf)
                .Must(day => day is null || day.Value.Year is >= LoanLimits.FirstYear and <= LoanLimits.LastYear)
                .WithMessage("It lies too far away.");
        }
    }
}
