using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Platform.Http;

/// <summary>
/// Runs a slice once more, in a scope of its own, whose only transaction PostgreSQL ended in favour of another one: nothing of the first run is left.
/// Where the slice had written something before, the client decides.
/// </summary>
internal sealed class SecondTry(RequestDelegate next, IServiceScopeFactory scopes, ILogger<SecondTry> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Reads do not wait for each other, and a file is not kept to be read twice.
        if (
            context.GetEndpoint() is null
            || HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method)
            || StreamedBody.Of(context) is not null
        )
        {
            await next(context);
            return;
        }
        var items = context.Items.ToArray();
        var body = await context.CopyBodyAsync();
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception.IsClash() && HasLeftNothing(context))
        {
            logger.LogWarning("A request is run again: {Reason}", DatabaseFailures.ReasonOf(exception));
            await RunAgainAsync(context, items, body);
        }
    }

    private static bool HasLeftNothing(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestServices.GetRequiredService<Transactions>().HasWritten;

    private async Task RunAgainAsync(HttpContext context, KeyValuePair<object, object?>[] items, byte[] body)
    {
        var services = context.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        context.Response.Clear();
        context.Items = new Dictionary<object, object?>(items);
        context.Request.Body = new MemoryStream(body);
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }
}
