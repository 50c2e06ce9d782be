using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>What requests have in common that record an event.</summary>
internal abstract record RecordedEvent
{
    /// <summary>An id that you make. Sent again with the same content, it is recorded once.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public Guid? EventId { get; init; }

    /// <summary>The day for which it counts, not in the future.</summary>
    /// <example>2026-12-20</example>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The event as it is kept, so far.</summary>
    public virtual EventDocument DocumentOf(string type) => new() { Type = type, On = EffectiveOn!.Value };

    /// <summary>The rules that such requests have in common.</summary>
    internal sealed class Rules : Validator<RecordedEvent>
    {
        public Rules()
        {
            RuleFor(request => request.EventId).NotEmpty();
            RuleFor(request => request.EffectiveOn).NotNull();
            RuleFor(request => request.EffectiveOn)
                .Must(day => day is null || day.Value.Year is >= LoanLimits.FirstYear and <= LoanLimits.LastYear)
                .WithMessage("It lies too far away.");
        }
    }
}

/// <summary>What requests have in common that record an event with money.</summary>
internal abstract record MoneyEvent : RecordedEvent
{
    /// <summary>How much it is.</summary>
    /// <example>258.66</example>
    public decimal? Amount { get; init; }

    // Without trailing zeros: 5.0 sent again as 5.00 is the same event.
    public override EventDocument DocumentOf(string type) => base.DocumentOf(type) with { Amount = Amount!.Value.WithoutTrailingZeros() };

    /// <summary>The rules that such requests have in common.</summary>
    internal new sealed class Rules : Validator<MoneyEvent>
    {
        // Instalments, interest and fees together are more than what was lent.
        private const decimal Most = 10 * LoanLimits.MaximumAmount;

        public Rules()
        {
            Include(new RecordedEvent.Rules());
            RuleFor(request => request.Amount).NotNull().GreaterThan(0).LessThanOrEqualTo(Most);
        }
    }
}
