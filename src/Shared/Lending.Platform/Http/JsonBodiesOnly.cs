using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lending.Platform.Http;

/// <summary>Answers 415 to a body that does not say it is JSON; routing lets a body without any content type through.</summary>
internal sealed class JsonBodiesOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && context.Request.ContentLength != 0;
        return hasBody && !context.Request.HasJsonContentType()
            ? StatusProblems.For(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context)
            : next(context);
    }
}
