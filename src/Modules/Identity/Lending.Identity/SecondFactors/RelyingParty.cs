using Lending.Platform.Http;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.SecondFactors;

/// <summary>For whom passkeys are made: host and origin of <see cref="PublicUrl"/>, never those of a request, whose Host header anybody may write.</summary>
internal static class RelyingParty
{
    /// <summary>Configures ASP.NET Core Identity's passkeys.</summary>
    public static void Configure(IdentityPasskeyOptions options, PublicUrl publicUrl)
    {
        var origin = publicUrl.Value.GetLeftPart(UriPartial.Authority);
        options.ServerDomain = publicUrl.Value.Host;
        options.UserVerificationRequirement = "required";
        options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == origin);
    }
}
