using System.Net;
using Microsoft.Security.AntiSSRF;

namespace Lending.Webhooks.Deliveries;

/// <summary>What came of an attempt.</summary>
/// <param name="StatusCode">The status of the answer, if there was one.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record Outcome(int? StatusCode, string? Failure)
{
    /// <summary>No answer came in time.</summary>
    public static readonly Outcome Timeout = new(null, "timeout");

    /// <summary>The receiver wants nothing any more.</summary>
    public bool IsGone => StatusCode == (int)HttpStatusCode.Gone;

    /// <summary>By the status of the answer. Redirections are not followed, so they are failures, too.</summary>
    public static Outcome Of(HttpStatusCode status) => new((int)status, (int)status is >= 200 and < 300 ? null : "status");

    /// <summary>Without an answer. Never what the exception says: only its sort.</summary>
    public static Outcome Of(Exception exception) =>
        new(
            null,
            exception switch
            {
                AntiSSRFException or HttpRequestException { InnerException: AntiSSRFException } => "address-refused",
                HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name-unknown",
                HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
                _ => "no-connection",
            }
        );
}
