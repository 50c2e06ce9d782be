using FluentValidation;
using Lending.Payments.Sepa;

namespace Lending.Payments;

/// <summary>What requests ask of texts that go to a bank.</summary>
internal static class SepaRules
{
    public static void MustBeIban<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(Iban.IsValid)
            .WithErrorCode("invalid-iban")
            .WithMessage("It is no account number of SEPA, or its check digits do not fit.");

    public static void MustBeBic<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(bic => bic is null || Bic.IsValid(bic)).WithErrorCode("invalid-bic").WithMessage("It is no bank's code.");
}
