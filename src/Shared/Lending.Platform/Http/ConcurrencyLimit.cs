using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Platform.Http;

/// <summary>
/// Works on a limited number of requests at once; the others wait in the order in which they came. Without a limit, a thousand requests that come
/// together would share processor and database by chance: some would take twice as long as most, and all would be in memory half done.
/// </summary>
/// <remarks>Quotes for nobody have a small lane of their own: anybody may ask for them, and however many do, they delay no one who is logged in.</remarks>
internal sealed class ConcurrencyLimit(
    RequestDelegate next,
    ConcurrencyLimiter limiter,
    [FromKeyedServices(RateLimits.Quotes)] ConcurrencyLimiter anonymousQuotes
)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null
            ? WaitAsync(context, IsAnonymousQuote(context, endpoint) ? anonymousQuotes : limiter)
            : next(context);

    private static bool IsAnonymousQuote(HttpContext context, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.Quotes
        && context.User.Identity?.IsAuthenticated != true;

    private async Task WaitAsync(HttpContext context, ConcurrencyLimiter limiter)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            await ArriveAsync(context.Request.BodyReader, context.RequestAborted);
        }
        using var lease = await limiter.AcquireAsync(permitCount: 1, context.RequestAborted);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            await Problem
                .Of(StatusCodes.Status503ServiceUnavailable, "busy", "Too many requests wait already. Try again.")
                .ExecuteAsync(context);
            return;
        }
        // The request gives its place back when its answer begins to be sent, so that a client that reads slowly keeps nobody waiting.
        context.Response.OnStarting(EndAsync, lease);
        await next(context);
    }

    // The body has to arrive before the request takes a place, so that a client that sends slowly keeps nobody waiting. Nothing of it is consumed:
    // the slice reads it from its start.
    private static async ValueTask ArriveAsync(PipeReader body, CancellationToken ct)
    {
        ReadResult arrived;
        do
        {
            arrived = await body.ReadAsync(ct);
            body.AdvanceTo(arrived.Buffer.Start, arrived.Buffer.End);
        } while (!arrived.IsCompleted);
    }

    private static Task EndAsync(object lease)
    {
        ((RateLimitLease)lease).Dispose();
        return Task.CompletedTask;
    }
}

internal static class ConcurrencyLimiting
{
    // Behind more than these for each place, a client would wait for seconds, and give up.
    private const int MostWaitingForEach = 100;

    // A quote is computed in a fraction of a millisecond, so few places are enough for some thousands of them in a second.
    private const int PlacesForEachOfAnonymousQuotes = 10;

    /// <summary>
    /// Lets in half as many requests as there are connections to the database: none of them waits for a connection, and background jobs find one, too.
    /// </summary>
    public static void AddConcurrencyLimit(this IServiceCollection services)
    {
        services.AddSingleton(provider => Lane(PlacesOf(provider)));
        services.AddKeyedSingleton(
            RateLimits.Quotes,
            (provider, _) => Lane(Math.Max(1, PlacesOf(provider) / PlacesForEachOfAnonymousQuotes))
        );
    }

    private static int PlacesOf(IServiceProvider provider) =>
        Math.Max(1, new NpgsqlConnectionStringBuilder(provider.GetRequiredService<NpgsqlDataSource>().ConnectionString).MaxPoolSize / 2);

    private static ConcurrencyLimiter Lane(int places) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = places, QueueLimit = places * MostWaitingForEach });
}
