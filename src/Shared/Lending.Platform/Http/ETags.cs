using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lending.Platform.Http;

/// <summary>Entity tags from a row's version (<c>xmin</c>), for optimistic concurrency (RFC 9110, 13.1.1).</summary>
public static class ETags
{
    /// <summary>Sends the row's version as <c>ETag</c>.</summary>
    public static void SetETag(this HttpContext context, uint version) => context.Response.Headers.ETag = Tag(version);

    /// <summary>True when the request names no version in <c>If-Match</c>, or names this one.</summary>
    public static bool MatchesVersion(this HttpContext context, uint version)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return true;
        }
        var current = new EntityTagHeaderValue(Tag(version));
        return context
            .Request.GetTypedHeaders()
            .IfMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: true));
    }

    private static string Tag(uint version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
