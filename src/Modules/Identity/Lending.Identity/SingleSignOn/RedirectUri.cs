using Lending.Platform.Http;

namespace Lending.Identity.SingleSignOn;

/// <summary>Where providers send the browser back to: a page of the web application, which gives code and state to the callback.</summary>
internal static class RedirectUri
{
    public static Uri Of(PublicUrl publicUrl) => new(publicUrl.Value, "/login/callback");
}
