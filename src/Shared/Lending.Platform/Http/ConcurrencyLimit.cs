using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;

namespace Lending.Platform.Http;

/// <summary>
/// Works on a limited number of requests at once; the others wait in the order in which they came, each organisation's for themselves. Without a limit, a
/// thousand requests that come together would share processor and database by chance: some would take twice as long as most, and all would be in memory
/// half done.
/// </summary>
internal sealed class ConcurrencyLimit(RequestDelegate next, RequestPlaces places, RecentRefusals refusals)
{
    public Task InvokeAsync(HttpContext context) => IsLimited(context) ? WaitAsync(context, context.GetEndpoint()!) : next(context);

    /// <summary>Whether it waits for a place: all slices and pages do, health does not.</summary>
    public static bool IsLimited(HttpContext context) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is null;

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem
            .Of(StatusCodes.Status503ServiceUnavailable, "busy", "Too many requests wait already. Try again.")
            .ExecuteAsync(context);
    }

    private static bool IsAnonymousQuote(HttpContext context, Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.Quotes
        && context.User.Identity?.IsAuthenticated != true;

    private async Task WaitAsync(HttpContext context, Endpoint endpoint)
    {
        var isUpload = StreamedBody.Of(context) is not null;
        // A file is too long to wait for in memory.
        if (!isUpload && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            await ArriveAsync(context.Request.BodyReader, context.RequestAborted);
        }
        using var place = IsAnonymousQuote(context, endpoint)
            ? await places.AnonymousQuotes.AcquireAsync(permitCount: 1, context.RequestAborted)
            : await (isUpload ? places.Uploads : places.Limiter).AcquireAsync(context, permitCount: 1, context.RequestAborted);
        if (!place.IsAcquired)
        {
            refusals.Add(context);
            await RefuseAsync(context);
            return;
        }
        // The request gives its place back when its answer begins to be sent, so that a client that reads slowly keeps nobody waiting.
        context.Response.OnStarting(EndAsync, place);
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

    private static Task EndAsync(object place)
    {
        ((RateLimitLease)place).Dispose();
        return Task.CompletedTask;
    }
}
