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
internal sealed class ConcurrencyLimit(RequestDelegate next, ConcurrencyLimiter limiter)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null
            ? WaitAsync(context)
            : next(context);

    private async Task WaitAsync(HttpContext context)
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

    /// <summary>
    /// Lets in half as many requests as there are connections to the database: none of them waits for a connection, and background jobs find one, too.
    /// </summary>
    public static void AddConcurrencyLimit(this IServiceCollection services) =>
        services.AddSingleton(provider =>
        {
            var connection = new NpgsqlConnectionStringBuilder(provider.GetRequiredService<NpgsqlDataSource>().ConnectionString);
            var atOnce = Math.Max(1, connection.MaxPoolSize / 2);
            return new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = atOnce * MostWaitingForEach });
        });
}
