using System.Net.Mime;
using FastEndpoints;
using Lending.Platform.Idempotency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lending.Platform.Http;

/// <summary>
/// Marks the endpoints that read a long body as it arrives, and not JSON: a file. Such a body is never in memory as a whole, so the request is not run
/// again by itself, and takes no <c>Idempotency-Key</c>.
/// </summary>
/// <param name="Form">What the form's fields are, for the API document.</param>
/// <param name="MaximumBytes">The longest body; routing tells it to the server.</param>
internal sealed record StreamedBody(Type Form, long MaximumBytes) : IRequestSizeLimitMetadata
{
    // Who sends more slowly keeps a place that others wait for. At this speed 15 MB take a quarter of an hour.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <inheritdoc />
    public long? MaxRequestBodySize => MaximumBytes;

    /// <summary>The mark of the request's endpoint; null where its body is JSON.</summary>
    public static StreamedBody? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<StreamedBody>();

    /// <summary>Lets the request go on if its body is a form.</summary>
    public static Task AcceptAsync(HttpContext context, RequestDelegate next)
    {
        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypeNames.Multipart.FormData, StringComparison.OrdinalIgnoreCase)
        )
        {
            return Problem
                .Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the body as multipart/form-data.")
                .ExecuteAsync(context);
        }
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = Slowest;
        }
        return next(context);
    }
}

/// <summary>Marks the endpoints that answer files which somebody has sent: a browser gets them in a sandbox.</summary>
public sealed record ServedUpload;

/// <summary>Marks the endpoints that answer a page of a form, which brings one style along: a browser takes that, and nothing else.</summary>
public sealed record ServedFormPage;

/// <summary>What slices say that take or answer anything but JSON.</summary>
public static class StreamedBodies
{
    // RFC 2046; one that is as long as the reader's buffer breaks it.
    private const int LongestBoundary = 70;

    /// <summary>The slice reads a form with a file, of so many bytes at most, by itself as it arrives.</summary>
    /// <typeparam name="TForm">What the form's fields are, for the API document.</typeparam>
    public static void TakesForm<TForm>(this BaseEndpoint slice, long maximumBytes)
    {
        slice.Definition.Options(route => route.WithMetadata(new StreamedBody(typeof(TForm), maximumBytes)));
        slice.TakesNoIdempotencyKey();
    }

    /// <summary>The page reads a form with a file, of so many bytes at most, by itself as it arrives.</summary>
    public static void TakesFile(this IEndpointConventionBuilder page, long maximumBytes) =>
        page.WithMetadata(new StreamedBody(typeof(IFormFile), maximumBytes));

    /// <summary>The parts of the form, as they arrive.</summary>
    /// <exception cref="InvalidDataException">The request does not say what parts them.</exception>
    public static MultipartReader ReadParts(this HttpRequest request) =>
        HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value
            is { Length: > 0 and <= LongestBoundary } boundary
            ? new MultipartReader(boundary, request.Body)
            : throw new InvalidDataException("The form has no boundary.");

    /// <summary>The slice answers files that somebody has sent.</summary>
    public static void ServesUploads(this BaseEndpoint slice) => slice.Definition.Options(route => route.WithMetadata(new ServedUpload()));

    /// <summary>The slice answers a page of a form.</summary>
    public static void ServesFormPage(this BaseEndpoint slice) =>
        slice.Definition.Options(route => route.WithMetadata(new ServedFormPage()));
}
