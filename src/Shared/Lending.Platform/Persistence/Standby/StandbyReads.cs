using FastEndpoints;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Persistence.Standby;

/// <summary>
/// Lets slices that say so read from the standby where there is one, and tells whoever writes how far it has to have come to show that. Where it is away, or has not come as far as a
/// request wants, the primary is read.
/// </summary>
internal sealed class StandbyReads(RequestDelegate next, StandbyDatabase standby, IServiceScopeFactory scopes, ILogger<StandbyReads> logger)
{
    /// <summary>In answers to writes: the place in the log behind them. In requests: the place that has to be seen.</summary>
    public const string Header = "X-Read-After";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!standby.IsSet)
        {
            await next(context);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.OnStarting(() => TellPlaceAsync(context));
            await next(context);
            return;
        }
        if (!MayReadStandby(context, out var place) || !await standby.HasReplayedAsync(place, context.RequestAborted))
        {
            await next(context);
            return;
        }
        context.RequestServices.GetRequiredService<Transactions>().ReadFrom(standby.Source);
        try
        {
            await next(context);
        }
        // It is away, had to end the query in favour of what it replays, or does not know a new table yet: reading again harms nothing.
        catch (Exception exception) when (exception.OfDatabase() is not null && !context.Response.HasStarted)
        {
            logger.LogWarning("A request reads the primary, as the standby failed: {Reason}", DatabaseFailures.ReasonOf(exception));
            if (exception.IsOutage())
            {
                standby.Leave();
            }
            await ReadPrimaryAsync(context);
        }
    }

    /// <summary>Customers read what is theirs, and expect it as it is; everybody else's lists may be late, unless a request says how late.</summary>
    private static bool MayReadStandby(HttpContext context, out NpgsqlLogSequenceNumber? place)
    {
        place = null;
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<ReadFromStandby>() is null
            || context.User.Identity is not CallerIdentity { SeesWholeOrganization: true }
        )
        {
            return false;
        }
        if (!context.Request.Headers.TryGetValue(Header, out var named))
        {
            return true;
        }
        // What is no place cannot be waited for; on the primary everything is seen.
        var isPlace = NpgsqlLogSequenceNumber.TryParse(named.ToString(), out var wanted);
        place = wanted;
        return isPlace;
    }

    private async Task TellPlaceAsync(HttpContext context)
    {
        if (!context.RequestServices.GetRequiredService<Transactions>().HasWritten)
        {
            return;
        }
        try
        {
            await using var command = context
                .RequestServices.GetRequiredService<NpgsqlDataSource>()
                .CreateCommand("SELECT pg_current_wal_flush_lsn()");
            context.Response.Headers[Header] = (await command.ExecuteScalarAsync())!.ToString();
        }
        // What was written stays written; whoever wants to read it on cannot say so.
        catch (NpgsqlException exception)
        {
            logger.LogWarning("The place of a change in the log is not known: {Reason}", DatabaseFailures.ReasonOf(exception));
        }
    }

    private async Task ReadPrimaryAsync(HttpContext context)
    {
        var services = context.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        context.Response.Clear();
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

/// <summary>Marks the endpoints that may read from the standby.</summary>
internal sealed record ReadFromStandby;

/// <summary>What a slice says in <c>Configure</c>.</summary>
public static class StandbyReadExtensions
{
    /// <summary>
    /// The slice, a list or a report, reads from the standby where there is one, unless a customer calls it. It writes nothing, and what it shows may be late by a moment.
    /// </summary>
    public static void MayReadFromStandby(this BaseEndpoint slice) =>
        slice.Definition.Options(route => route.WithMetadata(new ReadFromStandby()));
}
