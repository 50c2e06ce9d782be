using System.ComponentModel.DataAnnotations;

namespace Lending.Platform.Http;

/// <summary>
/// How many requests are answered in a minute; configuration section <c>RateLimits</c>. Each is 0 (no limit) to 10,000,000; in Development all are
/// 10,000,000 unless configured.
/// </summary>
public sealed class RateLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>The policy of slices that check or set a password, whose hashing is costly on purpose, or take a secret from a mail.</summary>
    public const string Authentication = "authentication";

    /// <summary>The policy of slices that make an account for whoever asks.</summary>
    public const string Registration = "registration";

    /// <summary>The policy of slices that send a mail to whatever address somebody names: resets of passwords, confirmations.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>The policy of quotes, which compute much and which anybody may ask for.</summary>
    public const string Quotes = "quotes";

    /// <summary>The most that may be configured.</summary>
    public const int Maximum = 10_000_000;

    /// <summary>Requests of one address with the policy <see cref="Authentication"/>. Default: 100.</summary>
    [Range(0, Maximum)]
    public int AuthenticationPerMinute { get; set; } = 100;

    /// <summary>Requests of one address with the policy <see cref="Registration"/>. Default: 20.</summary>
    [Range(0, Maximum)]
    public int RegistrationPerMinute { get; set; } = 20;

    /// <summary>Requests of one address with the policy <see cref="PasswordReset"/>. Default: 20.</summary>
    [Range(0, Maximum)]
    public int PasswordResetPerMinute { get; set; } = 20;

    /// <summary>Quotes for one caller: a user, an API key, or an address without either. Default: 300.</summary>
    [Range(0, Maximum)]
    public int QuotesPerMinute { get; set; } = 300;

    /// <summary>Requests of one user or API key. Default: 1,200.</summary>
    [Range(0, Maximum)]
    public int CallerPerMinute { get; set; } = 1_200;

    /// <summary>Requests of all staff and API keys of one organisation together. Default: 12,000.</summary>
    [Range(0, Maximum)]
    public int OrganizationPerMinute { get; set; } = 12_000;

    /// <summary>Requests of one address without a credential that works. Default: 600.</summary>
    [Range(0, Maximum)]
    public int AddressPerMinute { get; set; } = 600;

    internal void AllowAlmostEverything() =>
        AuthenticationPerMinute =
            RegistrationPerMinute =
            PasswordResetPerMinute =
            QuotesPerMinute =
            CallerPerMinute =
            OrganizationPerMinute =
            AddressPerMinute =
                Maximum;
}
