using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace Lending.Platform.Idempotency;

/// <summary>
/// Lets a client send a POST again without doing it twice: with the same <c>Idempotency-Key</c> and body, it is answered what it was answered before. The
/// request runs inside one transaction, its answer is held back and stored in it, and is sent after the commit: there is never the one without the other.
/// </summary>
internal sealed class IdempotencyKeys(RequestDelegate next)
{
    /// <summary>The request's header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Marks an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>The longest key, in characters.</summary>
    public const int MaximumLength = 255;

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.TryGetValue(Header, out var key) && context.GetEndpoint()?.TakesIdempotencyKey() == true
            ? AnswerOnceAsync(context, key)
            : next(context);

    private async Task AnswerOnceAsync(HttpContext context, StringValues keys)
    {
        if (await FindSenderAsync(context) is not { } sender)
        {
            await next(context);
            return;
        }
        if (keys is not [{ Length: > 0 and <= MaximumLength } key] || !key.All(character => character is > ' ' and <= '~'))
        {
            await Problem
                .Of(
                    StatusCodes.Status400BadRequest,
                    "invalid-idempotency-key",
                    $"Send one {Header} of 1 to {MaximumLength} visible ASCII characters, such as a UUID."
                )
                .ExecuteAsync(context);
            return;
        }
        // No connection is held while it is sent.
        var answer = await FindOrMakeAsync(context, sender, key);
        await answer.ExecuteAsync(context);
    }

    /// <summary>Whose the key is: that of who has a credential, or of whoever the slice knows otherwise.</summary>
    private static async Task<KeySender?> FindSenderAsync(HttpContext context)
    {
        if (context.User.Identity is CallerIdentity caller)
        {
            return new KeySender(caller.OrganizationId, caller.ApiKeyId ?? caller.UserId);
        }
        return context.GetEndpoint()!.Metadata.GetMetadata<IdempotencyKeyTaken>()?.FindSender is { } find
            ? await find(context, await context.CopyBodyAsync())
            : null;
    }

    private async Task<IResult> FindOrMakeAsync(HttpContext context, KeySender sender, string sent)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        var kept = services.GetRequiredService<KeptAnswers>();
        var key = kept.KeyOf(sender, sent);
        var requestHash = kept.HashOf(
            context.Request.Method,
            context.Request.PathBase + context.Request.Path,
            await context.CopyBodyAsync()
        );
        await using var transaction = await services.GetRequiredService<Transactions>().BeginAroundAsync(ct);
        Earlier? earlier;
        try
        {
            earlier = await kept.TakeAsync(key, requestHash, ct);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            context.Response.Headers.RetryAfter = "1";
            return Problem.Of(
                StatusCodes.Status409Conflict,
                "idempotency-key-in-use",
                "The same request is under way. Send it again with the same key, to be answered what that one is."
            );
        }
        if (earlier is { Answer: null })
        {
            return Problem.Of(
                StatusCodes.Status409Conflict,
                "idempotency-key-reused",
                $"This {Header} was used for another request. Each request has a key of its own, and is repeated unchanged."
            );
        }
        if (earlier is not null)
        {
            context.Response.Headers[ReplayedHeader] = "true";
            return earlier.Answer;
        }
        var answer = await MakeAsync(context);
        // From here on what is done is kept, whether or not somebody still waits for the answer.
        if (answer.Status is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices)
        {
            await kept.KeepAsync(key, answer);
        }
        else
        {
            // Whoever repeats it tries again. What the slice has committed all the same, such as the count of failures, lasts.
            await kept.GiveBackAsync(key);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }

    private async Task<StoredAnswer> MakeAsync(HttpContext context)
    {
        // These every answer has.
        var usual = context.Response.Headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var client = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, client));
        try
        {
            await next(context);
            await context.Response.CompleteAsync();
            // Of an answer to somebody who has gone, ASP.NET Core may have written half, without a word.
            context.RequestAborted.ThrowIfCancellationRequested();
        }
        finally
        {
            context.Features.Set(client);
        }
        var headers = context
            .Response.Headers.Where(header => !usual.Contains(header.Key))
            .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        return new StoredAnswer(context.Response.StatusCode, headers, body.ToArray());
    }
}

/// <summary>What slices say of keys; registration.</summary>
public static class IdempotencyExtensions
{
    /// <summary>
    /// A POST takes an <c>Idempotency-Key</c> unless anybody may call it: without a credential, nobody knows whose key it is. This slice takes one from
    /// those who have a credential, and from those whom it knows by the request itself.
    /// </summary>
    /// <param name="slice">The slice.</param>
    /// <param name="findSender">Finds out from the request and its body who sends it; answers null for nobody, whose key is not taken.</param>
    public static void TakesIdempotencyKey(this BaseEndpoint slice, Func<HttpContext, byte[], Task<KeySender?>> findSender) =>
        slice.Definition.Options(route => route.WithMetadata(new IdempotencyKeyTaken(true, findSender)));

    /// <summary>
    /// This slice takes no <c>Idempotency-Key</c>: it makes nothing that a repetition would make twice, or its answer may not be stored, or what it writes has
    /// to last whatever becomes of the request.
    /// </summary>
    public static void TakesNoIdempotencyKey(this BaseEndpoint slice) =>
        slice.Definition.Options(route => route.WithMetadata(new IdempotencyKeyTaken(false)));

    /// <summary>Whether an endpoint takes an <c>Idempotency-Key</c>.</summary>
    internal static bool TakesIdempotencyKey(this Endpoint endpoint) => TakesKey(endpoint.Metadata.ToList());

    /// <summary>The same, of what is known of an endpoint.</summary>
    internal static bool TakesKey(IList<object> metadata) =>
        metadata.OfType<EndpointDefinition>().FirstOrDefault() is { } slice
        && metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Post))
        && (metadata.OfType<IdempotencyKeyTaken>().FirstOrDefault()?.IsTaken ?? slice.AnonymousVerbs is null);

    internal static void AddIdempotencyKeys(this IServiceCollection services)
    {
        services.AddModuleDbContext<PlatformDbContext>(PlatformDbContext.Schema);
        services.AddScoped<KeptAnswers>();
        services.AddSingleton<OldAnswers>();
        services.AddHostedService(provider => provider.GetRequiredService<OldAnswers>());
    }
}

/// <summary>Whose an <c>Idempotency-Key</c> is: keys of others mean nothing to them.</summary>
/// <param name="OrganizationId">The organisation that the request is about.</param>
/// <param name="SenderId">A user, an API key, or a link.</param>
public sealed record KeySender(Guid OrganizationId, Guid SenderId);

/// <summary>Marks the endpoints of which it is said.</summary>
internal sealed record IdempotencyKeyTaken(bool IsTaken, Func<HttpContext, byte[], Task<KeySender?>>? FindSender = null);
