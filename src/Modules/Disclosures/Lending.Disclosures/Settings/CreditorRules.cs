using FluentValidation;
using Lending.Disclosures.Form;

namespace Lending.Disclosures.Settings;

/// <summary>What a form can print: texts of a length that leaves the key information on its page.</summary>
internal static class CreditorRules
{
    private const int Short = 200;
    private const int Long = 500;

    internal sealed class OfCreditor : AbstractValidator<CreditorDetails>
    {
        public OfCreditor()
        {
            RuleFor(creditor => creditor.Address).NotEmpty().MaximumLength(Short);
            RuleFor(creditor => creditor.Phone).NotEmpty().MaximumLength(50);
            RuleFor(creditor => creditor.Email).NotEmpty().EmailAddress().MaximumLength(254);
            RuleFor(creditor => creditor.Website).MaximumLength(Short);
            RuleFor(creditor => creditor.Register).MaximumLength(Long);
            RuleFor(creditor => creditor.Supervisor).MaximumLength(Long);
            RuleFor(creditor => creditor.Representative).MaximumLength(Long);
            RuleFor(creditor => creditor.LateRatePointsAboveBaseRate)
                .InclusiveBetween(0, 20)
                .PrecisionScale(6, 4, ignoreTrailingZeros: true);
            RuleFor(creditor => creditor.DefaultCharges).MaximumLength(Short);
            RuleFor(creditor => creditor.AncillaryServices).MaximumLength(Long);
            RuleFor(creditor => creditor.AccountCharges).MaximumLength(Long);
            RuleFor(creditor => creditor.NotaryCosts).MaximumLength(Long);
            RuleFor(creditor => creditor.Redress).NotEmpty().MaximumLength(Long);
            RuleFor(creditor => creditor.LawAndCourt).MaximumLength(Long);
            RuleFor(creditor => creditor.Intermediary!)
                .SetValidator(new OfIntermediary())
                .When(creditor => creditor.Intermediary is not null);
        }
    }

    internal sealed class OfIntermediary : AbstractValidator<IntermediaryDetails>
    {
        public OfIntermediary()
        {
            RuleFor(them => them.Name).NotEmpty().MaximumLength(Short);
            RuleFor(them => them.Address).NotEmpty().MaximumLength(Short);
            RuleFor(them => them.Phone).NotEmpty().MaximumLength(50);
            RuleFor(them => them.Email).NotEmpty().EmailAddress().MaximumLength(254);
            RuleFor(them => them.Website).MaximumLength(Short);
        }
    }
}
