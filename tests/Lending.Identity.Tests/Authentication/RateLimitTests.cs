using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Slices_that_hash_passwords_are_limited_for_each_address()
    {
        var settings = new Dictionary<string, string?>(IdentityFixture.Settings, StringComparer.Ordinal)
        {
            ["RateLimits:AuthenticationPerMinute"] = "2",
        };
        await using var host = await ModuleHost.StartAsync(new IdentityModule(), settings: settings);
        var login = new { username = Unique.Username(), password = IdentityFixture.Password };
        for (var i = 0; i < 2; i++)
        {
            (await host.Client.SendAsync("POST", "/auth/login", login)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        foreach (var path in new[] { "/auth/login", "/auth/register", "/auth/invitations/accept" })
        {
            (await host.Client.SendAsync("POST", path, "{}")).ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        }
        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = "x" })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }
}
