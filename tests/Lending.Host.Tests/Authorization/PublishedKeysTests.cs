using System.Net;
using System.Text.Json.Nodes;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Host.Tests.Authorization;

/// <summary>Other services check access tokens with the published keys.</summary>
public sealed class PublishedKeysTests(HostFixture host)
{
    internal static readonly Uri Path = new("/.well-known/jwks.json", UriKind.Relative);

    private static readonly string[] PublicMembers = ["alg", "crv", "kid", "kty", "use", "x", "y"];

    [Fact]
    public async Task Anybody_can_check_a_token_with_them_and_make_none()
    {
        using var anybody = host.NewClient();
        using var answer = await anybody.GetAsync(Path, TestContext.Current.CancellationToken);
        var published = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        JsonNode.Parse(published)!["keys"]![0]!.AsObject().Select(member => member.Key).Order().ShouldBe(PublicMembers);
        (await IsSignedAsync(TokenOf(host.Administrator), published)).ShouldBeTrue();
        (await IsSignedAsync(TokenOf(host.Administrator)[..^4] + "AAAA", published)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_key_is_added_and_the_old_one_retired_without_logging_anybody_out()
    {
        var world = new World(host);
        using var old = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var username = (await old.GetAsync("/users/me", HttpStatusCode.OK))["username"];
        var session = await host.Anonymous.PostAsync("/auth/login", new { username, World.Password }, HttpStatusCode.OK);
        var next = ("Jwt__SigningKeys__next", AccessTokenOptions.NewSigningKey());

        await using var both = LendingProcess.Start(
            [],
            [
                .. LendingProcess.Production(host.ConnectionString),
                ("Mail__PollSeconds", "3600"),
                ("Jwt__SigningKeys__first", host.SigningKey),
                next,
                ("Jwt__ActiveSigningKey", "next"),
            ]
        );
        using var during = (await both.NewClientAsync()).WithToken(session["accessToken"]!);
        await during.GetAsync("/users/me", HttpStatusCode.OK);
        var renewed = await during.PostAsync("/auth/token/refresh", new { refreshToken = session["refreshToken"] }, HttpStatusCode.OK);
        new JsonWebToken(renewed["accessToken"]).Kid.ShouldBe("next");

        await using var nextAlone = LendingProcess.Start(
            [],
            [
                .. LendingProcess.Production(host.ConnectionString).Where(setting => setting.Name != "Jwt__SigningKeys__first"),
                ("Mail__PollSeconds", "3600"),
                next,
            ]
        );
        using var after = (await nextAlone.NewClientAsync()).WithToken(renewed["accessToken"]!);
        await after.GetAsync("/users/me", HttpStatusCode.OK);
        await after.PostAsync("/auth/token/refresh", new { refreshToken = renewed["refreshToken"] }, HttpStatusCode.OK);
        after.WithToken(session["accessToken"]!);
        (await after.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static string TokenOf(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    private static async Task<bool> IsSignedAsync(string token, string published)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = "lending",
                ValidAudience = "lending-api",
                IssuerSigningKeys = new JsonWebKeySet(published).GetSigningKeys(),
            }
        );
        return result.IsValid;
    }
}
