using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Platform.Http;

/// <summary>
/// Works on so many requests at once; the others wait in the order in which they came. Otherwise a thousand that come together share processor and
/// database by chance, so that some wait twice as long as most, and all are held in memory half done.
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
        // When an answer begins to be sent, its work is done: who reads it slowly keeps nobody waiting.
        context.Response.OnStarting(EndAsync, lease);
        await next(context);
    }

    // Who sends slowly keeps nobody waiting, either. Nothing is taken off: the slice reads the body from its start.
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
    // Who came behind more would wait for seconds, and has given up by then.
    private const int MostWaitingForEach = 100;

    /// <summary>Half as many as there are connections to the database: who is let in waits for none, and what is no request finds one, too.</summary>
    public static void AddConcurrencyLimit(this IServiceCollection services) =>
        services.AddSingleton(provider =>
        {
            var connection = new NpgsqlConnectionStringBuilder(provider.GetRequiredService<NpgsqlDataSource>().ConnectionString);
            var atOnce = Math.Max(1, connection.MaxPoolSize / 2);
            return new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = atOnce * MostWaitingForEach });
        });
}
