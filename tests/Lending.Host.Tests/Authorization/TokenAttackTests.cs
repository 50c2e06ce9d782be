using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Authorization;

/// <summary>Attacks on access tokens as a stranger sends them: each is a real token of an administrator but for one thing.</summary>
public sealed class TokenAttackTests(HostFixture host) : IDisposable
{
    private readonly RSA stranger = RSA.Create(2048);

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

    [Theory]
    [InlineData("a key of the stranger")]
    [InlineData("the public key of the stranger")]
    [InlineData("the id of the product's key")]
    [InlineData("nothing")]
    public async Task A_token_that_is_signed_with_another_secret_lets_nobody_in(string secret) =>
        await ShouldBeRefusedAsync(
            Sign(
                [],
                [],
                secret switch
                {
                    "a key of the stranger" => RandomNumberGenerator.GetBytes(32),
                    "the public key of the stranger" => Encoding.ASCII.GetBytes(stranger.ExportSubjectPublicKeyInfoPem()),
                    "the id of the product's key" => Encoding.ASCII.GetBytes(ProductKey.Id),
                    _ => [],
                }
            )
        );

    [Fact]
    public async Task A_token_that_brings_its_own_public_key_lets_nobody_in()
    {
        var key = stranger.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
        var signed = Encode(new() { ["alg"] = "RS256", ["jwk"] = jwk }, []);
        var signature = stranger.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        await ShouldBeRefusedAsync($"{signed}.{Base64Url.EncodeToString(signature)}");
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

    public void Dispose() => stranger.Dispose();

    private string[] Real => host.Administrator.DefaultRequestHeaders.Authorization!.Parameter!.Split('.');

    private (string Id, byte[] Secret) ProductKey
    {
        get
        {
            var (id, secret) = host.App.Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value.SigningKeys.Single();
            return (id, Encoding.UTF8.GetBytes(secret));
        }
    }

    /// <summary>The real token with these members in place of its own, signed anew: with the product's secret, if no other is given.</summary>
    private string Sign(JsonObject header, JsonObject claims, byte[]? secret = null)
    {
        var signed = Encode(header, claims);
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret ?? ProductKey.Secret, Encoding.ASCII.GetBytes(signed)))}";
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
