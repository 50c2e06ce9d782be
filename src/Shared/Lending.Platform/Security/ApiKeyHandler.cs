using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>Authenticates a request by the key in its <c>X-Api-Key</c> header.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IApiKeys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Who sends two credentials could be one of two callers. Nobody guesses which.
        if (Request.Headers.Authorization.Count > 0 || Request.Headers[Header] is not [{ } key])
        {
            return AuthenticateResult.Fail("A request carries one credential.");
        }
        var identity = await keys.FindAsync(key, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        return identity is null
            ? AuthenticateResult.Fail("The API key does not work.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
