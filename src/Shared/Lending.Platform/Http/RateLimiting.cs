using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lending.Platform.Http;

/// <summary>
/// All budgets of requests, on ASP.NET Core's rate limiter. A request is counted in each one that it belongs to, and answers tell what is left of them
/// (draft-ietf-httpapi-ratelimit-headers).
/// </summary>
internal sealed class RateLimiting
{
    public const string LimitHeader = "RateLimit";
    public const string PolicyHeader = "RateLimit-Policy";

    // A partition that is not limited needs a name, too.
    private static readonly Counted NotCounted = new(new RequestBudget("none", 0), "nobody");

    private readonly Dictionary<string, RequestBudget> ofPolicies;
    private readonly RequestBudget ofCaller;
    private readonly RequestBudget ofAddress;
    private readonly RequestBudget ofOrganization;
    private readonly PartitionedRateLimiter<HttpContext>[] limiters;
    private readonly Func<HttpContext, Counted>[] counts;

    public RateLimiting(IOptions<RateLimits> options)
    {
        var limits = options.Value;
        ofPolicies = new Dictionary<string, RequestBudget>(StringComparer.Ordinal)
        {
            [RateLimits.Authentication] = new(RateLimits.Authentication, limits.AuthenticationPerMinute),
            [RateLimits.Registration] = new(RateLimits.Registration, limits.RegistrationPerMinute),
            [RateLimits.PasswordReset] = new(RateLimits.PasswordReset, limits.PasswordResetPerMinute),
            [RateLimits.Quotes] = new(RateLimits.Quotes, limits.QuotesPerMinute),
        };
        ofCaller = new("caller", limits.CallerPerMinute);
        ofAddress = new("address", limits.AddressPerMinute);
        ofOrganization = new("organization", limits.OrganizationPerMinute);
        // The narrow ones come first: what one of them refuses does not count in those behind it.
        counts = [CountForPolicy, CountForSender, CountForOrganization];
        limiters = [.. counts.Select(LimiterOf)];
        Limiter = PartitionedRateLimiter.CreateChained(limiters);
    }

    /// <summary>
    /// Counts a request in all of its budgets. It forgets whom it counted ten seconds after their budget is full again, so it does not grow for ever.
    /// </summary>
    public PartitionedRateLimiter<HttpContext> Limiter { get; }

    private static PartitionedRateLimiter<HttpContext> LimiterOf(Func<HttpContext, Counted> count) =>
        PartitionedRateLimiter.Create<HttpContext, Counted>(context =>
            count(context) is { Budget.IsOn: true } counted
                ? RateLimitPartition.GetTokenBucketLimiter(counted, key => key.Budget.Options)
                : RateLimitPartition.GetNoLimiter(NotCounted)
        );

    // Whoever guesses passwords may do so in many names, so these count the address. Quotes are limited because they are work.
    private Counted CountForPolicy(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy
            ? new(
                ofPolicies[policy],
                policy == RateLimits.Quotes && Identity(context) is { } identity ? CallerOf(identity) : Address(context)
            )
            : NotCounted;

    // Where there is a credential that works, colleagues behind one address do not count for each other.
    private Counted CountForSender(HttpContext context) =>
        Identity(context) is { } identity ? new(ofCaller, CallerOf(identity)) : new(ofAddress, Address(context));

    // Of staff only: anybody may become a customer, and customers would use up what the organisation's staff need.
    private Counted CountForOrganization(HttpContext context) =>
        Identity(context) is { SeesWholeOrganization: true } identity ? new(ofOrganization, identity.OrganizationId) : NotCounted;

    // Each key has a budget of its own, and its user another.
    private static Guid CallerOf(CallerIdentity identity) => identity.ApiKeyId ?? identity.UserId;

    private static CallerIdentity? Identity(HttpContext context) => context.User.Identity as CallerIdentity;

    // Of IPv6, the network of 64 bits counts, as that is what one household or server gets.
    private static IPAddress Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length) || length < bytes.Length)
        {
            return address;
        }
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Lets the answer say what is left, whatever it will be.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null)
        {
            context.Response.OnStarting(TellAsync, context);
        }
        return next(context);
    }

    private Task TellAsync(object state)
    {
        var context = (HttpContext)state;
        string? policies = null;
        string? states = null;
        for (var index = 0; index < limiters.Length; index++)
        {
            var budget = counts[index](context).Budget;
            if (budget.IsOn && limiters[index].GetStatistics(context) is { } statistics)
            {
                var left = budget.StateFor(statistics.CurrentAvailablePermits);
                policies = policies is null ? budget.Policy : $"{policies}, {budget.Policy}";
                states = states is null ? left : $"{states}, {left}";
            }
        }
        context.Response.Headers[PolicyHeader] = policies;
        context.Response.Headers[LimitHeader] = states;
        return Task.CompletedTask;
    }

    public static async ValueTask RejectAsync(OnRejectedContext context)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
        context.HttpContext.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        await Problem
            .Of(
                StatusCodes.Status429TooManyRequests,
                "too-many-requests",
                "Too many requests. Wait as long as Retry-After says; RateLimit tells what is left of which budget."
            )
            .ExecuteAsync(context.HttpContext);
    }
}

internal static class RateLimitingRegistration
{
    public static void AddLendingRateLimits(this IServiceCollection services, IHostEnvironment environment)
    {
        var options = services.AddOptions<RateLimits>();
        if (environment.IsDevelopment())
        {
            options.Configure(limits => limits.AllowAlmostEverything());
        }
        options.BindConfiguration(RateLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RateLimiting>();
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (context, _) => RateLimiting.RejectAsync(context);
            // A policy only marks slices. What it means stands in the one chain of budgets, whose states can be read for the headers.
            foreach (
                var policy in (string[])[RateLimits.Authentication, RateLimits.Registration, RateLimits.PasswordReset, RateLimits.Quotes]
            )
            {
                limiter.AddPolicy(policy, _ => RateLimitPartition.GetNoLimiter(policy));
            }
        });
        services.AddOptions<RateLimiterOptions>().Configure<RateLimiting>((limiter, limits) => limiter.GlobalLimiter = limits.Limiter);
    }

    /// <summary>Comes after authentication, which tells who asks, and before authorisation, so that what it refuses is counted, too.</summary>
    public static void UseLendingRateLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RateLimiting>();
        app.Use(limits.InvokeAsync);
        app.UseRateLimiter();
    }
}
