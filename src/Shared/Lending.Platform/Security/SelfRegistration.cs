using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Security;

/// <summary>Whether people may sign up by themselves, and what it takes; configuration section <c>Registration</c>.</summary>
public sealed class SelfRegistration(IConfiguration configuration, IHostEnvironment environment)
{
    /// <summary>Whether anybody may sign up. Left out: in Development alone.</summary>
    public bool IsAllowed { get; } = configuration.GetValue<bool?>("Registration:AllowSelfRegistration") ?? environment.IsDevelopment();

    /// <summary>
    /// Whether an account works only after its e-mail is confirmed; then answers do not tell which e-mails have accounts. Left out: everywhere but in
    /// Development.
    /// </summary>
    public bool RequiresConfirmedEmail { get; } =
        configuration.GetValue<bool?>("Registration:RequireConfirmedEmail") ?? !environment.IsDevelopment();
}
