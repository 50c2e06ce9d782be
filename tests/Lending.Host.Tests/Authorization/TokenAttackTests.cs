using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>Attacks on access tokens as a stranger sends them: each is a real token of an administrator but for one thing.</summary>
public sealed class TokenAttackTests : IDisposable
{
    private readonly HostFixture host;
    private readonly ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa product = ECDsa.Create();

    public TokenAttackTests(HostFixture host)
    {
        this.host = host;
        product.ImportPkcs8PrivateKey(Convert.FromBase64String(host.SigningKey), out _);
    }

    [Fact]
    public async Task A_token_that_is_put_together_here_works_so_that_the_refusals_mean_something() =>
        (await SendAsync(Sign([], []))).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    public async Task A_token_that_says_it_needs_no_signature_lets_nobody_in(string algorithm) =>
        await ShouldBeRefusedAsync($"{Encode(new() { ["alg"] = algorithm }, [])}.");

    [Fact]
    public async Task A_token_without_its_signature_lets_nobody_in() => await ShouldBeRefusedAsync($"{Encode([], [])}.");

    [Theory]
    [InlineData("sub", "01900000-0000-7000-8000-000000000001")]
    [InlineData("role", "UNDERWRITER")]
    [InlineData("org", "01900000-0000-7000-8000-000000000002")]
    public async Task A_token_that_was_changed_under_its_signature_lets_nobody_in(string claim, string value) =>
        await ShouldBeRefusedAsync($"{Encode([], new() { [claim] = value })}.{Real[2]}");

    [Fact]
    public async Task A_token_that_is_signed_with_another_key_lets_nobody_in() => await ShouldBeRefusedAsync(Sign([], [], stranger));

    [Fact]
    public async Task The_published_key_is_no_secret_to_sign_with()
    {
        using var anybody = host.NewClient();
        var published = await anybody.GetStringAsync(PublishedKeysTests.Path, TestContext.Current.CancellationToken);
        var id = JsonNode.Parse(published)!["keys"]![0]!["kid"]!.GetValue<string>();
        var secrets = (byte[][])
            [
                Encoding.UTF8.GetBytes(published),
                product.ExportSubjectPublicKeyInfo(),
                Encoding.ASCII.GetBytes(product.ExportSubjectPublicKeyInfoPem()),
                Encoding.ASCII.GetBytes(id),
                [],
            ];
        foreach (var secret in secrets)
        {
            var signed = Encode(new() { ["alg"] = "HS256", ["kid"] = id }, []);
            await ShouldBeRefusedAsync(
                $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}"
            );
        }
    }

    [Fact]
    public async Task A_token_that_brings_its_own_public_key_lets_nobody_in()
    {
        var key = stranger.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(key.X),
            ["y"] = Base64Url.EncodeToString(key.Y),
        };

        await ShouldBeRefusedAsync(Sign(new() { ["jwk"] = jwk }, [], stranger));
    }

    [Theory]
    [InlineData("exp", -60)]
    [InlineData("nbf", 60)]
    public async Task A_token_lets_nobody_in_before_or_after_its_time(string claim, int secondsFromNow)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await ShouldBeRefusedAsync(Sign([], new() { ["nbf"] = now - 3600, [claim] = now + secondsFromNow }));
    }

    [Theory]
    [InlineData("aud", "another-api")]
    [InlineData("iss", "somebody-else")]
    public async Task A_token_for_or_by_somebody_else_lets_nobody_in(string claim, string value) =>
        await ShouldBeRefusedAsync(Sign([], new() { [claim] = value }));

    [Fact]
    public async Task A_token_of_ten_thousand_characters_lets_nobody_in() =>
        await ShouldBeRefusedAsync(Sign([], new() { ["preferred_username"] = new string('x', 10_000) }));

    public void Dispose()
    {
        stranger.Dispose();
        product.Dispose();
    }

    private string[] Real => host.Administrator.DefaultRequestHeaders.Authorization!.Parameter!.Split('.');

    /// <summary>The real token with these members in place of its own, signed anew: with the product's key, if no other is given.</summary>
    private string Sign(JsonObject header, JsonObject claims, ECDsa? key = null)
    {
        var signed = Encode(header, claims);
        return $"{signed}.{Base64Url.EncodeToString((key ?? product).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private string Encode(JsonObject header, JsonObject claims) => $"{Replace(Real[0], header)}.{Replace(Real[1], claims)}";

    private static string Replace(string part, JsonObject members)
    {
        var json = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        foreach (var (name, value) in members)
        {
            json[name] = value?.DeepClone();
        }
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private async Task ShouldBeRefusedAsync(string token) =>
        (await SendAsync(token)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");

    private async Task<Answer> SendAsync(string token)
    {
        using var client = host.NewClient().WithToken(token);
        return await client.SendAsync("GET", "/users/me");
    }
}
