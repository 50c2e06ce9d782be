using System.Globalization;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Addresses;
using Lending.Kernel;
using Lending.Platform.Http;

namespace Lending.Identity.Organizations;

/// <summary>What can be set of an organisation.</summary>
internal sealed record OrganizationRequest : IPatchable
{
    /// <summary>The longest name.</summary>
    public const int MaximumNameLength = 200;

    /// <summary>The longest time zone name; the longest that exists has 32 characters.</summary>
    public const int MaximumTimeZoneLength = 64;

    /// <summary>The name, up to 200 characters.</summary>
    /// <example>Sonnenschein Solar GmbH</example>
    public required string Name { get; init; } = "";

    /// <summary>How customers know it, if by another name; up to 200 characters.</summary>
    /// <example>Sonnenschein</example>
    public required string? DisplayName { get; init; }

    /// <summary>The country: ISO 3166-1 alpha-2, capital letters.</summary>
    /// <example>DE</example>
    public required string Country { get; init; } = "";

    /// <summary>The currency of its loans: ISO 4217, capital letters.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; } = "";

    /// <summary>The time zone that decides which day it is there: IANA name.</summary>
    /// <example>Europe/Berlin</example>
    public required string TimeZone { get; init; } = "";

    /// <summary>Whether loans may be paid out while their customers can still withdraw; a customer who then does so pays back what was paid out.</summary>
    /// <example>false</example>
    public required bool AllowPayoutBeforeWithdrawalEnds { get; init; }

    /// <summary>
    /// Whether customers accept offers only with a code that was mailed to them, through the API, too; left out: they need none there. On our own pages
    /// they always do.
    /// </summary>
    /// <example>true</example>
    public required bool AcceptanceNeedsCode { get; init; }

    /// <summary>
    /// The colour of its pages: `#` and six hexadecimal digits. White text on it, and it on white, have a contrast of at least 4.5 to 1. Left out: ours.
    /// </summary>
    /// <example>#0b5563</example>
    public required string? Color { get; init; }

    /// <summary>The language of what it writes to people who have not chosen one: `de` or `en`, which it is where it is left out.</summary>
    /// <example>de</example>
    public required string Locale { get; init; } = UsualLocale;

    /// <summary>From where its staff may work, in CIDR notation; empty or left out: from everywhere. Customers and API keys are not meant.</summary>
    /// <example>["203.0.113.0/24"]</example>
    public required IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary>Whether installers, too, make installers, and not administrators alone; left out: they do not.</summary>
    /// <example>false</example>
    public required bool InstallersMayInviteInstallers { get; init; }

    /// <summary>
    /// Whether its users work only once they have accepted its terms and privacy policy in force; left out: they need not. It holds from each user's next
    /// login or refresh on.
    /// </summary>
    /// <example>false</example>
    public required bool TermsMandatory { get; init; }

    /// <summary>The language of an organisation that has chosen none.</summary>
    public const string UsualLocale = "en";

    /// <summary>The languages that an organisation can have.</summary>
    public static readonly IReadOnlyList<string> Locales = ["de", UsualLocale];

    internal sealed class Validator : Validator<OrganizationRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(MaximumNameLength);
            RuleFor(request => request.DisplayName).MaximumLength(MaximumNameLength);
            RuleFor(request => request.Locale)
                .Must(Locales.Contains)
                .WithErrorCode("unknown-locale")
                .WithMessage($"Use one of: {string.Join(", ", Locales)}.");
            RuleFor(request => request.Color)
                .Cascade(CascadeMode.Stop)
                .Must(color => color is null || WebColor.Find(color) is not null)
                .WithErrorCode("unknown-color")
                .WithMessage("Write it as # and six hexadecimal digits.")
                .Must(color => color is null || WebColor.Find(color)!.IsReadable)
                .WithErrorCode("contrast-too-low")
                .WithMessage(request => ContrastText(WebColor.Find(request.Color)!));
            this.AddressRangesRule(request => request.AllowedAddresses);
            RuleFor(request => request.Country)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .Must(Lending.Kernel.Country.IsKnown)
                .WithErrorCode("unknown-country")
                .WithMessage("This is no country code of ISO 3166-1 alpha-2.");
            RuleFor(request => request.Currency)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .Must(code => Lending.Kernel.Currency.Find(code) is not null)
                .WithErrorCode("unknown-currency")
                .WithMessage("This is no currency code of ISO 4217.");
            RuleFor(request => request.TimeZone)
                .Cascade(CascadeMode.Stop)
                .NotEmpty()
                .MaximumLength(MaximumTimeZoneLength)
                .Must(name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
                .WithErrorCode("unknown-time-zone")
                .WithMessage("This is no IANA time zone.");
        }

        private static string ContrastText(WebColor color) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"White on it has a contrast of {Math.Floor(color.ContrastWith(WebColor.White) * 100) / 100} to 1, too low to be read; take a darker one, with {WebColor.LeastContrast} to 1."
            );
    }
}
