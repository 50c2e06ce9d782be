using System.Net;
using FluentValidation;

namespace Lending.Applications.Risk;

/// <summary>What a page saw of how its form was filled in. All of it can be left out; then it counts nothing.</summary>
internal sealed record ObservedForm
{
    /// <summary>A random value that the page keeps in a cookie of its own; at most 100 characters.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b99</example>
    public string? DeviceId { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    /// <example>310</example>
    public int? Seconds { get; init; }

    /// <summary>How many fields were filled in.</summary>
    /// <example>14</example>
    public int? Fields { get; init; }

    /// <summary>Into how many of them something was pasted.</summary>
    /// <example>1</example>
    public int? PastedFields { get; init; }

    /// <summary>How often a field was entered.</summary>
    /// <example>22</example>
    public int? FocusEvents { get; init; }

    /// <summary>The standard deviation of the times between keys, divided by their mean.</summary>
    /// <example>0.62</example>
    public decimal? KeyIntervalVariation { get; init; }

    /// <summary>Whether a field was filled in that people do not see.</summary>
    /// <example>false</example>
    public bool? HoneypotFilled { get; init; }

    /// <summary>Whether the browser says that a program controls it (`navigator.webdriver`).</summary>
    /// <example>false</example>
    public bool? IsAutomated { get; init; }

    /// <summary>The device's time zone, by its IANA name; at most 60 characters.</summary>
    /// <example>Europe/Berlin</example>
    public string? TimeZone { get; init; }

    /// <summary>The first language of the browser (`navigator.language`); at most 35 characters.</summary>
    /// <example>de-DE</example>
    public string? Language { get; init; }

    /// <summary>The system of the device (`navigator.userAgentData.platform`): Windows, macOS, Linux, Android or iOS; another one counts nothing.</summary>
    /// <example>Windows</example>
    public string? System { get; init; }

    internal sealed class Rules : AbstractValidator<ObservedForm>
    {
        private const int LongestDeviceId = 100;
        private const int LongestTimeZone = 60;
        private const int LongestLanguage = 35;
        private const int LongestSystem = 40;
        private const int MostSeconds = 7 * 24 * 60 * 60;
        private const int MostEvents = 100_000;

        public Rules()
        {
            RuleFor(form => form.DeviceId).MaximumLength(LongestDeviceId);
            RuleFor(form => form.Seconds).InclusiveBetween(0, MostSeconds);
            RuleFor(form => form.Fields).InclusiveBetween(0, MostEvents);
            RuleFor(form => form.PastedFields).InclusiveBetween(0, MostEvents);
            RuleFor(form => form.FocusEvents).InclusiveBetween(0, MostEvents);
            RuleFor(form => form.KeyIntervalVariation).InclusiveBetween(0, MostEvents);
            // It becomes the name of a file.
            RuleFor(form => form.TimeZone)
                .MaximumLength(LongestTimeZone)
                .Must(name => name is null || IsZoneName(name))
                .WithErrorCode("time-zone")
                .WithMessage("A time zone has a name such as Europe/Berlin.");
            RuleFor(form => form.Language).MaximumLength(LongestLanguage);
            RuleFor(form => form.System).MaximumLength(LongestSystem);
        }

        private static bool IsZoneName(string name) =>
            name.Length > 0
            && char.IsAsciiLetter(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '+' or '-');
    }
}

/// <summary>What a customer's own request tells by itself. What staff and systems send is theirs, and tells nothing of a customer.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="UserAgent">What the browser says that it is.</param>
/// <param name="AcceptLanguage">Which languages it asks for.</param>
internal sealed record ObservedRequest(IPAddress? Address, string UserAgent, string AcceptLanguage);
