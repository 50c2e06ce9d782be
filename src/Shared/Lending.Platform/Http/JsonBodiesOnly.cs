using System.Text.Json;
using FastEndpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace Lending.Platform.Http;

/// <summary>
/// Refuses what FastEndpoints would let through. A body that does not say it is JSON gets 415. A write with a query string gets 400, because the
/// query's values would win over the body's, and would end in the logs of proxies. Members that are sent to a slice without a request get 400,
/// because FastEndpoints does not read the body there.
/// </summary>
internal sealed class JsonBodiesOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (
            request.QueryString.HasValue
            && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
            && context.GetEndpoint()?.Metadata.GetMetadata<QueryWithPost>() is null
        )
        {
            return Problem
                .Of(
                    StatusCodes.Status400BadRequest,
                    "unexpected-query",
                    "Only lists take a query string. Send everything else in the body."
                )
                .ExecuteAsync(context);
        }
        if (StreamedBody.Of(context) is not null)
        {
            return StreamedBody.AcceptAsync(context, next);
        }
        if (HostedPage.Of(context) is not null)
        {
            // A page reads its form itself.
            return next(context);
        }
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true || request.ContentLength == 0)
        {
            // Many clients say that they send JSON where they send nothing, and FastEndpoints would read it.
            request.ContentType = null;
            return NeedsBody(context) ? ValidationProblems.MalformedBody.ExecuteAsync(context) : next(context);
        }
        if (!request.HasJsonContentType() || !IsUtf8(request.GetTypedHeaders().ContentType!.Charset))
        {
            return StatusProblems.For(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
        }
        return context.GetEndpoint()?.Metadata.GetMetadata<EndpointDefinition>()?.ReqDtoType == typeof(EmptyRequest)
            ? RefuseMembersAsync(context)
            : next(context);
    }

    // JSON that is exchanged is UTF-8 (RFC 8259, 8.1).
    private static bool IsUtf8(StringSegment charset) => charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static bool NeedsBody(HttpContext context) =>
        (
            HttpMethods.IsPost(context.Request.Method)
            || HttpMethods.IsPut(context.Request.Method)
            || HttpMethods.IsPatch(context.Request.Method)
        ) && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false };

    private async Task RefuseMembersAsync(HttpContext context)
    {
        try
        {
            _ = await context.Request.ReadFromJsonAsync<NoMembers>(context.RequestAborted) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            await ValidationProblems.From([ValidationProblems.From(exception)]).ExecuteAsync(context);
            return;
        }
        await next(context);
    }

    private sealed record NoMembers;
}

/// <summary>What slices say of their bodies.</summary>
public static class Bodies
{
    /// <summary>The body may be left out. FastEndpoints answers 415 to a request without a content type unless any content type will do.</summary>
    public static RouteHandlerBuilder BodyMayBeLeftOut<TRequest>(this RouteHandlerBuilder route)
        where TRequest : notnull => route.Accepts<TRequest>(isOptional: true, "*/*", System.Net.Mime.MediaTypeNames.Application.Json);
}

/// <summary>Marks what takes a query with a POST: mail programs post to a link as it stands in the mail (RFC 8058).</summary>
public sealed class QueryWithPost;
