using System.ComponentModel.DataAnnotations;

namespace Lending.Identity.Authentication;

/// <summary>Limits of failed logins; configuration section <c>Lockout</c>.</summary>
internal sealed class LoginLockoutOptions
{
    public const string Section = "Lockout";

    /// <summary>So many failures within an hour lock an address, whichever accounts they are for: 5 to 1,000,000. Default: 100; in Development 100,000.</summary>
    [Range(5, 1_000_000)]
    public int? FailuresPerAddress { get; set; }
}
