using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Security;

/// <summary>Authenticates a request by its <c>Authorization: Bearer</c> header.</summary>
internal static class AccessTokenAuthentication
{
    public static void AddAccessTokenAuthentication(this IServiceCollection services, IHostEnvironment environment)
    {
        var options = services.AddOptions<AccessTokenOptions>().BindConfiguration(AccessTokenOptions.Section);
        if (environment.IsDevelopment())
        {
            options.PostConfigure(tokens =>
            {
                if (tokens.SigningKeys.Count == 0)
                {
                    tokens.SigningKeys["development"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
                }
            });
        }
        options.ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
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
                    // The answer does not tell what is wrong with a token, and the token is not kept beside its claims.
                    bearer.IncludeErrorDetails = false;
                    bearer.SaveToken = false;
                }
            );
        services.AddAuthorization();
    }

    // Asked at each request: a token that was remembered as valid may be revoked since.
    private static async Task RefuseRevokedAsync(TokenValidatedContext context)
    {
        var identity = (AccessTokenIdentity)context.Principal!.Identity!;
        var revocations = context.HttpContext.RequestServices.GetRequiredService<IAccessRevocations>();
        if (await revocations.IsRevokedAsync(identity.UserId, identity.AccessVersion, context.HttpContext.RequestAborted))
        {
            context.Fail("The access token was revoked.");
        }
    }
}
