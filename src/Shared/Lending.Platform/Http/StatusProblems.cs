using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Http;

/// <summary>Bodies for the answers that routing and authorisation give without one.</summary>
internal static class StatusProblems
{
    public static Problem For(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => Problem.Of(
                status,
                "unauthenticated",
                "Log in, and send the access token as a bearer token; or send an API key as X-Api-Key. Not both."
            ),
            StatusCodes.Status403Forbidden => Problem.Of(status, "forbidden", "Your role, or your API key, does not permit this."),
            StatusCodes.Status404NotFound => Problem.NotFound,
            StatusCodes.Status405MethodNotAllowed => Problem.Of(status, "method-not-allowed", "This resource does not know this method."),
            StatusCodes.Status415UnsupportedMediaType => Problem.Of(status, "unsupported-media-type", "Send the body as application/json."),
            _ => Problem.Of(status, "error", "The request could not be answered."),
        };
}
