using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lending.Platform.Http;

/// <summary>Limits for anonymous callers; configuration section <c>RateLimits</c>.</summary>
public sealed class RateLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>The policy of slices that check or set a password, whose hashing is costly on purpose.</summary>
    public const string Authentication = "authentication";

    /// <summary>The policy of slices that make an account for whoever asks.</summary>
    public const string Registration = "registration";

    /// <summary>The policy of slices that send somebody a secret by mail: resets of passwords, confirmations, changes of e-mail.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>The policy of quotes, which compute and store nothing, and which anybody may ask for.</summary>
    public const string Quotes = "quotes";

    /// <summary>How many such requests one address may send in a minute: 1 to 1,000,000. Default: 100; in Development 100,000.</summary>
    [Range(1, 1_000_000)]
    public int? AuthenticationPerMinute { get; set; }
}

internal static class RateLimiting
{
    public static void AddLendingRateLimits(this IServiceCollection services, IHostEnvironment environment)
    {
        services
            .AddOptions<RateLimits>()
            .BindConfiguration(RateLimits.Section)
            .PostConfigure(limits => limits.AuthenticationPerMinute ??= environment.IsDevelopment() ? 100_000 : 100)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (context, _) => RejectAsync(context);
            foreach (
                var policy in (string[])[RateLimits.Authentication, RateLimits.Registration, RateLimits.PasswordReset, RateLimits.Quotes]
            )
            {
                limiter.AddPolicy(policy, PartitionOf);
            }
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context) =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = context.RequestServices.GetRequiredService<IOptions<RateLimits>>().Value.AuthenticationPerMinute!.Value,
                Window = TimeSpan.FromMinutes(1),
            }
        );

    private static async ValueTask RejectAsync(OnRejectedContext context)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
        context.HttpContext.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        await Problem
            .Of(
                StatusCodes.Status429TooManyRequests,
                "too-many-requests",
                "Too many requests from your address. Wait as long as Retry-After says."
            )
            .ExecuteAsync(context.HttpContext);
    }
}
