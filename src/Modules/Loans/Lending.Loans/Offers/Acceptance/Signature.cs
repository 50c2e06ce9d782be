using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>How a customer signed: the name that they typed, what they signed, and from where.</summary>
internal sealed record Signature
{
    /// <summary>The longest typed name, in characters.</summary>
    public const int MaximumNameLength = LinkSignature.MaximumNameLength;

    /// <summary>How much of the user agent is kept, in characters.</summary>
    public const int MaximumUserAgentLength = 500;

    public required string TypedName { get; init; }

    public required int Version { get; init; }

    public required string DocumentHash { get; init; }

    public required bool OverLink { get; init; }

    /// <summary>The code that was given; null where none was.</summary>
    public GivenCode? Code { get; init; }

    /// <summary>The languages that the customer reads, as in <c>Accept-Language</c>; null where they do not say.</summary>
    public string? Language { get; init; }

    /// <summary>Null where the connection has none.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Null where none was sent.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The address as people write it.</summary>
    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress.Unwrapped()?.ToString();

    /// <summary>The user agent, cut to what is kept.</summary>
    public static string? UserAgentOf(HttpContext context) => UserAgentOf(context.Request.Headers[HeaderNames.UserAgent].ToString());

    /// <inheritdoc cref="UserAgentOf(HttpContext)"/>
    public static string? UserAgentOf(string text)
    {
        if (text.Length > MaximumUserAgentLength)
        {
            // Half a surrogate pair cannot be stored.
            text = text[..(char.IsHighSurrogate(text[MaximumUserAgentLength - 1]) ? MaximumUserAgentLength - 1 : MaximumUserAgentLength)];
        }
        return text.Length == 0 ? null : text;
    }
}
