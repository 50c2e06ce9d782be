using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

public sealed class RateLimitTests
{
    [Theory]
    [InlineData("Authentication", "/auth/login", "/auth/invitations/accept", "/auth/password-reset/confirmation", "/auth/oidc/start")]
    [InlineData("Registration", "/auth/register")]
    [InlineData("PasswordReset", "/auth/password-reset", "/auth/email-confirmation/mail")]
    public async Task What_is_costly_or_guesses_or_sends_mail_is_limited_for_each_address(string budget, params string[] paths)
    {
        var settings = new Dictionary<string, string?>(IdentityFixture.Settings, StringComparer.Ordinal)
        {
            [$"RateLimits:{budget}PerMinute"] = "1",
        };
        await using var host = await ModuleHost.StartAsync(new IdentityModule(), settings: settings);
        (await host.Client.SendAsync("POST", paths[0], "{}")).Status.ShouldBe(HttpStatusCode.BadRequest);

        foreach (var path in paths)
        {
            (await host.Client.SendAsync("POST", path, "{}")).ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        }
        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = "x" })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }
}
