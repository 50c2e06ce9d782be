using FastEndpoints;
using FluentValidation;
using Lending.Kernel;

namespace Lending.Customers.Retention;

/// <summary>After how many months what is deleted. What is not named is kept.</summary>
internal sealed record RetentionSettings
{
    private const int MaximumRules = 50;

    /// <summary>One rule for each kind of records, at most 50.</summary>
    public IReadOnlyList<Rule>? Rules { get; init; }

    /// <summary>When records of one kind are deleted.</summary>
    internal sealed record Rule
    {
        /// <summary>What is deleted; `GET /retention/rules` lists all that can be.</summary>
        /// <example>MESSAGES</example>
        public string Records { get; init; } = "";

        /// <summary>After how many months: at least the kind's `minimumMonths`, at most 1200.</summary>
        /// <example>24</example>
        public int? Months { get; init; }
    }

    internal sealed class Validator : Validator<RetentionSettings>
    {
        public Validator()
        {
            RuleFor(settings => settings.Rules)
                .NotNull()
                .Must(rules => rules is null || rules.Count <= MaximumRules)
                .WithErrorCode("too-many")
                .WithMessage($"There may be at most {MaximumRules} rules.")
                .Must(rules => rules is null || rules.DistinctBy(rule => rule?.Records).Count() == rules.Count)
                .WithErrorCode("duplicate-rule")
                .WithMessage("There are two rules for the same records.");
            RuleForEach(settings => settings.Rules).NotNull().SetValidator(new RuleValidator());
        }
    }

    private sealed class RuleValidator : AbstractValidator<Rule>
    {
        public RuleValidator()
        {
            RuleFor(rule => rule.Records).NotEmpty().MaximumLength(RetentionRule.MaximumNameLength);
            RuleFor(rule => rule.Months).NotNull().InclusiveBetween(1, RetentionRule.MaximumMonths);
        }
    }

    /// <summary>The rules with the records that they are about; or what is wrong with them.</summary>
    public IReadOnlyList<Error> Match(IEnumerable<IOldRecords> kinds, out IReadOnlyList<(IOldRecords Records, int Months)> matched)
    {
        var byName = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        var errors = new List<Error>();
        var found = new List<(IOldRecords Records, int Months)>();
        foreach (var (index, rule) in Rules!.Index())
        {
            if (!byName.TryGetValue(rule.Records, out var records))
            {
                errors.Add(RetentionErrors.UnknownRecords with { Field = $"rules[{index}].records" });
            }
            else if (rule.Months < records.MinimumMonths)
            {
                errors.Add(RetentionErrors.TooSoon with { Field = $"rules[{index}].months" });
            }
            else
            {
                found.Add((records, rule.Months!.Value));
            }
        }
        matched = found;
        return errors;
    }
}
