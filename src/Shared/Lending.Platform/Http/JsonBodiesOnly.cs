using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lending.Platform.Http;

/// <summary>
/// Answers 415 to a body that does not say it is JSON, as routing lets a body without any content type through; and 400 to a write with a query
/// string, whose values would win over the body's and end in the logs of proxies.
/// </summary>
internal sealed class JsonBodiesOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.QueryString.HasValue && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return Problem
                .Of(
                    StatusCodes.Status400BadRequest,
                    "unexpected-query",
                    "Only lists take a query string. Send everything else in the body."
                )
                .ExecuteAsync(context);
        }
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && request.ContentLength != 0;
        return hasBody && !request.HasJsonContentType()
            ? StatusProblems.For(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context)
            : next(context);
    }
}
