using FastEndpoints;
using FluentValidation;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;

namespace Lending.Customers.Profiles;

/// <summary>What a client writes about a customer.</summary>
internal sealed record CustomerDetails : CustomerFields
{
    internal sealed class Validator : Validator<CustomerDetails>
    {
        public Validator() => Include(new Rules());
    }
}

/// <summary>The fields that creating, changing and signing up have in common.</summary>
internal abstract record CustomerFields : IPatchable
{
    public const int MaximumNameLength = 100;
    public const int MaximumEmailLength = 254;
    public const int MaximumAddressLineLength = 200;
    public const int MaximumCityLength = 100;
    public const int MaximumStateLength = 100;
    public const int MaximumPostalCodeLength = 20;
    public const int MaximumLanguageLength = 2;

    /// <summary>First name; at most 100 characters.</summary>
    /// <example>Anna</example>
    public required string FirstName { get; init; } = "";

    /// <summary>Last name; at most 100 characters.</summary>
    /// <example>Schäfer</example>
    public required string LastName { get; init; } = "";

    /// <summary>E-mail address; at most 254 characters. No other customer of the organisation has it, in whatever case of letters.</summary>
    /// <example>anna.schaefer@example.org</example>
    public required string Email { get; init; } = "";

    /// <summary>Phone number with country code. Spaces, dashes, dots, slashes and parentheses are taken out, a leading 00 becomes +.</summary>
    /// <example>+49 711 1234567</example>
    public required string PhoneNumber { get; init; } = "";

    /// <summary>Street and house number; at most 200 characters.</summary>
    /// <example>Hauptstraße 12</example>
    public required string AddressLine1 { get; init; } = "";

    /// <summary>Second line of the address, such as the floor; at most 200 characters. May be left out.</summary>
    /// <example>2. Stock</example>
    public required string? AddressLine2 { get; init; }

    /// <summary>City; at most 100 characters.</summary>
    /// <example>Stuttgart</example>
    public required string City { get; init; } = "";

    /// <summary>State, province or region; at most 100 characters. May be left out.</summary>
    /// <example>Baden-Württemberg</example>
    public required string? State { get; init; }

    /// <summary>Postal code; at most 20 characters.</summary>
    /// <example>70173</example>
    public required string PostalCode { get; init; } = "";

    /// <summary>Country: ISO 3166-1 alpha-2 code, in capital or small letters.</summary>
    /// <example>DE</example>
    public required string Country { get; init; } = "";

    /// <summary>The language of messages to the customer: `en` or `de`. May be left out: they are in the organisation's language.</summary>
    /// <example>de</example>
    public required string? Language { get; init; }

    internal sealed class Rules : AbstractValidator<CustomerFields>
    {
        public Rules()
        {
            RuleLevelCascadeMode = CascadeMode.Stop;
            RuleFor(details => details.FirstName).NotEmpty().MaximumLength(MaximumNameLength).MustBeOneLine();
            RuleFor(details => details.LastName).NotEmpty().MaximumLength(MaximumNameLength).MustBeOneLine();
            RuleFor(details => details.Email)
                .NotEmpty()
                .MaximumLength(MaximumEmailLength)
                .Must(email => EmailAddress.IsValid(email.Trim()))
                .WithErrorCode("invalid-email")
                .WithMessage("This is no e-mail address.");
            RuleFor(details => details.PhoneNumber)
                .NotEmpty()
                .Must(number => Profiles.PhoneNumber.Normalize(number) is not null)
                .WithErrorCode("invalid-phone-number")
                .WithMessage("A phone number has a plus sign or 00, the country code, and 7 to 15 digits in all, such as +49 711 1234567.");
            RuleFor(details => details.AddressLine1).NotEmpty().MaximumLength(MaximumAddressLineLength).MustBeOneLine();
            RuleFor(details => details.AddressLine2).MaximumLength(MaximumAddressLineLength).MustBeOneLine();
            RuleFor(details => details.City).NotEmpty().MaximumLength(MaximumCityLength).MustBeOneLine();
            RuleFor(details => details.State).MaximumLength(MaximumStateLength).MustBeOneLine();
            RuleFor(details => details.PostalCode).NotEmpty().MaximumLength(MaximumPostalCodeLength).MustBeOneLine();
            RuleFor(details => details.Country)
                .NotEmpty()
                .Must(country => Kernel.Country.IsKnown(country.Trim().ToUpperInvariant()))
                .WithErrorCode("unknown-country")
                .WithMessage("This is no ISO 3166-1 alpha-2 country code, such as DE.");
            RuleFor(details => details.Language)
                .Must(language => string.IsNullOrWhiteSpace(language) || Message.Languages.Contains(language.Trim()))
                .WithErrorCode("unknown-language")
                .WithMessage($"Use one of: {string.Join(", ", Message.Languages)}.");
        }
    }
}
