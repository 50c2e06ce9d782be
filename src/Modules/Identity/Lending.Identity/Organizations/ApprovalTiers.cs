using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Lending.Identity.Contracts;

namespace Lending.Identity.Organizations;

/// <summary>Who may approve an organisation's offers, by loan amount.</summary>
internal sealed record ApprovalTiers
{
    /// <summary>The most tiers that there can be.</summary>
    public const int MaximumCount = 10;

    /// <summary>The largest limit of a tier; loans are smaller in every currency.</summary>
    public const decimal MaximumAmount = 1_000_000_000;

    /// <summary>One to ten tiers, by ascending amount; the last one has no limit, so that there is one for every amount.</summary>
    /// <example>[{"amountUpTo":10000,"approver":"installer"},{"amountUpTo":50000,"approver":"second-person"},{"amountUpTo":null,"approver":"underwriter"}]</example>
    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    public static ApprovalTiers Of(IReadOnlyList<ApprovalTier> tiers) =>
        new() { Tiers = [.. tiers.Select(tier => new Tier { AmountUpTo = tier.AmountUpTo, Approver = tier.Approver })] };

    public IReadOnlyList<ApprovalTier> ToTiers() => [.. Tiers.Select(tier => new ApprovalTier(tier.AmountUpTo, tier.Approver!.Value))];

    /// <summary>Who may approve offers up to an amount.</summary>
    internal sealed record Tier
    {
        /// <summary>The largest loan amount of the tier, itself included, in the organisation's currency; null in the last tier.</summary>
        /// <example>10000</example>
        public decimal? AmountUpTo { get; init; }

        /// <summary>
        /// `installer`: everybody who may decide on offers. `second-person`: so, but not who made the offer or last changed its terms.
        /// `underwriter`: underwriters only.
        /// </summary>
        /// <example>installer</example>
        public Approver? Approver { get; init; }
    }

    internal sealed class Validator : Validator<ApprovalTiers>
    {
        public Validator()
        {
            RuleFor(request => request.Tiers)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .Must(tiers => tiers.Count <= MaximumCount)
                .WithErrorCode("too-many-tiers")
                .WithMessage($"At most {MaximumCount} tiers.")
                .Custom((tiers, context) => CheckOrder(tiers, context.AddFailure));
            RuleForEach(request => request.Tiers)
                .NotNull()
                .ChildRules(tier =>
                {
                    tier.RuleFor(row => row.Approver).NotNull();
                    tier.RuleFor(row => row.AmountUpTo).GreaterThan(0).LessThanOrEqualTo(MaximumAmount);
                });
        }

        private static void CheckOrder(IReadOnlyList<Tier?> tiers, Action<ValidationFailure> fail)
        {
            for (var index = 0; index < tiers.Count; index++)
            {
                var isLast = index == tiers.Count - 1;
                if (tiers[index] is not { AmountUpTo: var limit })
                {
                    continue;
                }
                if (isLast != (limit is null))
                {
                    fail(Failure(index, "one-open-tier", "The last tier has no limit, and every other one has."));
                }
                else if (index > 0 && limit <= tiers[index - 1]?.AmountUpTo)
                {
                    fail(Failure(index, "not-ascending", "The limit must be greater than that of the tier before."));
                }
            }
        }

        private static ValidationFailure Failure(int index, string code, string message) =>
            new($"{nameof(Tiers)}[{index}].{nameof(Tier.AmountUpTo)}", message) { ErrorCode = code };
    }
}
