using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Http;

/// <summary>Marks the endpoints that answer pages for browsers: what they take are forms, and what goes wrong is told as a page.</summary>
/// <param name="TellAsync">Answers a page that says what went wrong, with this status.</param>
public sealed record HostedPage(Func<HttpContext, int, Task> TellAsync)
{
    /// <summary>The mark of the request's endpoint; null where it is the API's. After an exception, the endpoint stands elsewhere.</summary>
    internal static HostedPage? Of(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata.GetMetadata<HostedPage>();
}
