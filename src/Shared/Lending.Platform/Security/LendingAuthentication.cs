using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>Authenticates a request by its <c>Authorization: Bearer</c> or its <c>X-Api-Key</c> header.</summary>
internal static class LendingAuthentication
{
    private const string EitherScheme = "Either";

    public static void AddLendingAuthentication(this IServiceCollection services, IHostEnvironment environment)
    {
        var options = services.AddOptions<AccessTokenOptions>().BindConfiguration(AccessTokenOptions.Section);
        if (environment.IsDevelopment())
        {
            options.PostConfigure(tokens =>
            {
                if (tokens.SigningKeys.Count == 0)
                {
                    // Each process has its own, so they need names of their own: seals of the audit log outlive the process.
                    tokens.SigningKeys[$"development-{Secret.New()[..8]}"] = AccessTokenOptions.NewSigningKey();
                }
            });
        }
        options.ValidateDataAnnotations().ValidateOnStart();
        services
            .AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, displayName: null, either => either.ForwardDefaultSelector = SchemeOf)
            .AddJwtBearer()
            // Both refuse in the same words, so nobody learns more about keys than about tokens.
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(
                ApiKeyHandler.SchemeName,
                key => key.ForwardChallenge = JwtBearerDefaults.AuthenticationScheme
            );
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AccessTokenOptions>, TimeProvider>(
                (bearer, tokens, clock) =>
                {
                    var handler = new AccessTokenHandler(tokens.Value, clock);
                    bearer.TokenHandlers.Clear();
                    bearer.TokenHandlers.Add(handler);
                    bearer.TokenValidationParameters = handler.Parameters;
                    bearer.Events = new JwtBearerEvents { OnTokenValidated = RefuseRevokedAsync };
                    // The answer does not say what is wrong with a token, and nothing needs the token once its claims are read.
                    bearer.IncludeErrorDetails = false;
                    bearer.SaveToken = false;
                }
            );
        services.AddAuthorization();
    }

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKeyHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme;

    // Asked at each request, because a token that is remembered as valid may have been revoked since.
    private static async Task RefuseRevokedAsync(TokenValidatedContext context)
    {
        var identity = (CallerIdentity)context.Principal!.Identity!;
        var revocations = context.HttpContext.RequestServices.GetRequiredService<IAccessRevocations>();
        var ct = context.HttpContext.RequestAborted;
        if (await revocations.IsRevokedAsync(identity.UserId, identity.AccessVersion, identity.SessionId!.Value, ct))
        {
            context.Fail("The access token was revoked.");
        }
    }
}
