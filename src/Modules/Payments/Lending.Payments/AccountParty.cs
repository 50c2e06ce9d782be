using FastEndpoints;
using FluentValidation;
using Lending.Payments.Sepa;
using Lending.Platform.Http;

namespace Lending.Payments;

/// <summary>What requests say of who has an account at a bank.</summary>
internal abstract record AccountParty
{
    public const int MaximumNameLength = SepaText.MaximumName;
    public const int MaximumAddressLength = 70;
    public const int MaximumCodeLength = 16;
    public const int MaximumTownLength = 35;
    public const int MaximumBicLength = 11;

    /// <summary>The account.</summary>
    /// <example>DE87200500001234567890</example>
    public string Iban { get; init; } = "";

    /// <summary>The bank's code; inside SEPA it is not needed.</summary>
    /// <example>BANKDEFFXXX</example>
    public string? Bic { get; init; }

    /// <summary>The street's name.</summary>
    /// <example>Hauptstraße</example>
    public string? Street { get; init; }

    /// <summary>The number of the house.</summary>
    /// <example>1</example>
    public string? BuildingNumber { get; init; }

    /// <summary>The postal code.</summary>
    /// <example>10115</example>
    public string? PostCode { get; init; }

    /// <summary>The town.</summary>
    /// <example>Berlin</example>
    public string Town { get; init; } = "";

    /// <summary>The country's two letters.</summary>
    /// <example>DE</example>
    public string Country { get; init; } = "";

    /// <summary>The rules that such requests have in common: banks take addresses in parts only.</summary>
    internal sealed class Rules : Validator<AccountParty>
    {
        public Rules()
        {
            RuleFor(request => request.Iban).MustBeIban();
            RuleFor(request => request.Bic).MustBeBic();
            RuleFor(request => request.Street).MaximumLength(MaximumAddressLength).MustBeOneLine();
            RuleFor(request => request.BuildingNumber).MaximumLength(MaximumCodeLength).MustBeOneLine();
            RuleFor(request => request.PostCode).MaximumLength(MaximumCodeLength).MustBeOneLine();
            RuleFor(request => request.Town).NotEmpty().MaximumLength(MaximumTownLength).MustBeOneLine();
            RuleFor(request => request.Country)
                .Must(Lending.Kernel.Country.IsKnown)
                .WithErrorCode("invalid-country")
                .WithMessage("It is no country's two letters.");
        }
    }
}
