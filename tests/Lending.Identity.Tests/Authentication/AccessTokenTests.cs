using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lending.Identity.Authentication;
using Lending.Identity.SecondFactors;
using Lending.Identity.Terms;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Identity.Tests.Authentication;

public sealed class AccessTokenTests(IdentityFixture host)
{
    private static readonly string Key = AccessTokenOptions.NewSigningKey();
    private static readonly string OtherKey = AccessTokenOptions.NewSigningKey();

    private readonly TestClock clock = new();

    /// <summary>Makes tokens, and checks them as the product does.</summary>
    private sealed class Checked(AccessTokenOptions options, TimeProvider clock) : IDisposable
    {
        private readonly AccessTokenHandler handler = new(options, clock);

        public void Dispose() => handler.Dispose();

        public string Create(AccessTokenSubject subject) => AccessTokens.Create(options, clock, subject);

        /// <summary>Who the bearer is; null when the token is refused.</summary>
        public CallerIdentity? Validate(string token)
        {
            var result = handler.ValidateTokenAsync(token, handler.Parameters).GetAwaiter().GetResult();
            return result.IsValid ? result.ClaimsIdentity.ShouldBeOfType<CallerIdentity>() : null;
        }
    }

    private Checked Tokens(Action<AccessTokenOptions>? configure = null)
    {
        var options = new AccessTokenOptions { SigningKeys = { ["one"] = Key } };
        configure?.Invoke(options);
        return new Checked(options, clock);
    }

    private static AccessTokenSubject Subject(int permissions = 2) =>
        new(
            Unique.Id(),
            "erika",
            Unique.Id(),
            "CUSTOMER",
            Unique.Id(),
            3,
            [.. Enumerable.Range(0, permissions).Select(i => FormattableString.Invariant($"permission:{i}"))]
        );

    [Fact]
    public void A_token_gives_back_what_it_was_made_from()
    {
        var subject = Subject();
        var identity = Tokens().Validate(Tokens().Create(subject)).ShouldNotBeNull();
        identity.FindFirst("sub")!.Value.ShouldBe(subject.UserId.ToString());
        identity.FindFirst("org")!.Value.ShouldBe(subject.OrganizationId.ToString());
        identity.FindFirst("role")!.Value.ShouldBe("CUSTOMER");
        identity.FindFirst("customer_id")!.Value.ShouldBe(subject.CustomerId.ToString());
        identity.FindFirst("ver")!.Value.ShouldBe("3");
        identity.FindAll("permissions").Select(claim => claim.Value).ShouldBe(["permission:0", "permission:1"]);
    }

    [Fact]
    public void What_Identity_issues_is_what_tests_make_up()
    {
        var options = new AccessTokenOptions { SigningKeys = { ["one"] = Key } };
        var permissions = new RolePermissions([new PermissionGrant("offers:accept", Role.Customer), new("offers:write", Role.Installer)]);
        var user = new User(Unique.Id(), "erika", Unique.Email(), Role.Customer, Unique.Id(), clock.GetUtcNow(), Unique.Id());

        user.SwitchSecondFactorOn(clock.GetUtcNow());
        var (session, provedAt) = (Unique.Id(), clock.GetUtcNow().AddMinutes(-3));
        var issued = new AccessTokenIssuer(
            Options.Create(options),
            Options.Create(new SecondFactorOptions { RequiredRoles = [] }),
            permissions,
            clock
        ).Create(user, session, provedAt, new TermsStanding { Waiting = false, Mandatory = false });

        Tokens().Validate(issued).ShouldNotBeNull();
        var subject = new AccessTokenSubject(user.Id, "erika", user.OrganizationId, "CUSTOMER", user.CustomerId, 1, ["offers:accept"])
        {
            SessionId = session,
            HasSecondFactor = true,
            ProvedAt = provedAt,
        };
        var (real, madeUp) = (new JsonWebToken(issued), new JsonWebToken(AccessTokens.Create(options, clock, subject)));
        real.Claims.Select(claim => claim.ToString()).Order().ShouldBe(madeUp.Claims.Select(claim => claim.ToString()).Order());
        (real.Alg, real.Kid, real.Typ).ShouldBe(("ES256", "one", "JWT"));
    }

    [Fact]
    public void A_token_works_from_its_making_until_it_expires()
    {
        var token = Tokens().Create(Subject());
        clock.Advance(TimeSpan.FromMinutes(59.9));
        Tokens().Validate(token).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromMinutes(0.1));
        Tokens().Validate(token).ShouldBeNull();
    }

    [Fact]
    public void A_token_that_was_seen_before_still_expires()
    {
        var tokens = Tokens();
        var token = tokens.Create(Subject());
        tokens.Validate(token).ShouldNotBeNull().ShouldBeSameAs(tokens.Validate(token));
        clock.Advance(TimeSpan.FromMinutes(60));
        tokens.Validate(token).ShouldBeNull();
    }

    [Fact]
    public void A_token_that_is_almost_one_seen_before_is_refused()
    {
        var tokens = Tokens();
        var token = tokens.Create(Subject());
        tokens.Validate(token).ShouldNotBeNull();
        tokens.Validate(token[..^1]).ShouldBeNull();
        tokens.Validate(token.ToUpperInvariant()).ShouldBeNull();
        tokens.Validate(token).ShouldNotBeNull();
    }

    [Fact]
    public void A_token_from_the_future_does_not_work_beyond_the_skew_of_clocks()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var token = Tokens().Create(Subject());
        clock.Advance(TimeSpan.FromMinutes(-1));
        Tokens().Validate(token).ShouldBeNull();
    }

    [Fact]
    public void Another_key_issuer_or_audience_is_refused()
    {
        var token = Tokens().Create(Subject());
        Tokens(options => options.SigningKeys["one"] = OtherKey).Validate(token).ShouldBeNull();
        Tokens(options => options.Issuer = "somebody else").Validate(token).ShouldBeNull();
        Tokens(options => options.Audience = "something else").Validate(token).ShouldBeNull();
    }

    [Fact]
    public void Keys_can_be_rotated()
    {
        var old = Tokens().Create(Subject());
        Checked Rotated() =>
            Tokens(options =>
            {
                options.SigningKeys["two"] = OtherKey;
                options.ActiveSigningKey = "two";
            });
        Checked Finished() =>
            Tokens(options =>
            {
                options.SigningKeys.Clear();
                options.SigningKeys["two"] = OtherKey;
            });
        var renewed = Rotated().Create(Subject());
        Rotated().Validate(old).ShouldNotBeNull();
        Rotated().Validate(renewed).ShouldNotBeNull();
        Finished().Validate(old).ShouldBeNull();
        Finished().Validate(renewed).ShouldNotBeNull();
    }

    [Fact]
    public void A_key_that_is_no_private_key_of_P_256_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var right = KeyOf(Key);
        using var unnamed = ECDsa.Create(right.ExportExplicitParameters(includePrivateParameters: true));
        foreach (
            var key in (string[])
                [
                    "a secret of more than thirty-two bytes",
                    Convert.ToBase64String(other.ExportPkcs8PrivateKey()),
                    Convert.ToBase64String(right.ExportSubjectPublicKeyInfo()),
                    Convert.ToBase64String(right.ExportECPrivateKey()),
                    Convert.ToBase64String([.. right.ExportPkcs8PrivateKey(), .. right.ExportPkcs8PrivateKey()]),
                    Convert.ToBase64String(unnamed.ExportPkcs8PrivateKey()),
                ]
        )
        {
            FailuresOf(key).ShouldHaveSingleItem().ErrorMessage!.ShouldStartWith("Jwt__SigningKeys__one must be a private key of P-256");
        }
        FailuresOf(Key).ShouldBeEmpty();

        static IEnumerable<ValidationResult> FailuresOf(string key)
        {
            var options = new AccessTokenOptions { SigningKeys = { ["one"] = key } };
            return options.Validate(new ValidationContext(options));
        }
    }

    [Fact]
    public void Every_single_changed_character_is_noticed()
    {
        var token = Tokens().Create(Subject());
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            // The last character of the signature carries bits that do not count; a strict decoder refuses those too.
            Tokens().Validate(new string(changed)).ShouldBeNull($"character {i}");
        }
    }

    public static TheoryData<string> BadHeaders =>
        [
            """{"alg":"none","typ":"JWT","kid":"one"}""",
            """{"alg":"ES512","typ":"JWT","kid":"one"}""",
            """{"alg":"es256","typ":"JWT","kid":"one"}""",
            """{"alg":"RS256","typ":"JWT","kid":"one"}""",
            """{"alg":"HS256","typ":"JWT","kid":"one"}""",
            """{"alg":["ES256"],"typ":"JWT","kid":"one"}""",
            """{"typ":"JWT","kid":"one"}""",
            """{"alg":"ES256","typ":"JWT"}""",
            """{"alg":"ES256","typ":"JWT","kid":null}""",
            """{"alg":"ES256","typ":"JWT","kid":7}""",
            """{"alg":"ES256","typ":"JWT","kid":"unknown"}""",
            """{"alg":"ES256","typ":"JWT","kid":"ONE"}""",
            """{"alg":"ES256","typ":"JWT","x5t":"one"}""",
            """{"alg":"ES256","typ":"at+jwt","kid":"one"}""",
            """{"alg":"ES256","kid":"one"}""",
            """{"alg":"ES256","typ":"JWT","kid":"one","crit":["exp"]}""",
            """["ES256"]""",
            """null""",
            """not json""",
            "",
        ];

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_signed_token_with_a_bad_header_is_refused(string header) => Tokens().Validate(Sign(header, Payload())).ShouldBeNull();

    [Theory]
    [InlineData("none")]
    [InlineData("ES256")]
    public void A_token_without_a_signature_is_refused(string algorithm)
    {
        var token = Sign($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"one"}""", Payload());
        Tokens().Validate(token[..(token.LastIndexOf('.') + 1)]).ShouldBeNull();
    }

    [Fact]
    public void A_token_cannot_bring_its_own_key()
    {
        using var other = KeyOf(OtherKey);
        var key = other.ExportParameters(includePrivateParameters: false).Q;
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(key.X)}}","y":"{{Base64Url.EncodeToString(key.Y)}}"}""";
        foreach (var kid in new[] { "", ""","kid":"one" """ })
        {
            var header = $$"""{"alg":"ES256","typ":"JWT"{{kid}},"jwk":{{jwk}}}""";
            Tokens().Validate(Sign(header, Payload(), OtherKey)).ShouldBeNull(header);
        }
    }

    [Fact]
    public void The_public_key_is_no_secret_to_sign_with()
    {
        using var published = KeyOf(Key);
        foreach (
            var secret in (byte[][])
                [published.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(published.ExportSubjectPublicKeyInfoPem())]
        )
        {
            var signed = Encode("""{"alg":"HS256","typ":"JWT","kid":"one"}""", Payload());
            var signature = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));
            Tokens().Validate($"{signed}.{Base64Url.EncodeToString(signature)}").ShouldBeNull();
        }
    }

    [Fact]
    public void A_token_signed_by_hand_works_so_that_the_refusals_mean_something() =>
        Tokens().Validate(Sign("""{"alg":"ES256","typ":"JWT","kid":"one"}""", Payload())).ShouldNotBeNull();

    [Theory]
    [InlineData("iss", "\"else\"")]
    [InlineData("iss", "null")]
    [InlineData("iss", "1")]
    [InlineData("aud", "[\"lending-api\"]")]
    [InlineData("exp", "\"tomorrow\"")]
    [InlineData("exp", "1")]
    [InlineData("exp", "1e300")]
    [InlineData("exp", "9223372036854775807")]
    [InlineData("exp", "-9223372036854775808")]
    [InlineData("nbf", "9223372036854775807")]
    [InlineData("nbf", "99999999999")]
    [InlineData("nbf", "null")]
    [InlineData("permissions", "[1]")]
    [InlineData("permissions", "[null]")]
    [InlineData("exp", null)]
    [InlineData("nbf", null)]
    [InlineData("iss", null)]
    [InlineData("aud", null)]
    [InlineData("exp", "99999999999")]
    [InlineData("exp", "null")]
    [InlineData("sub", "\"erika\"")]
    [InlineData("sub", null)]
    [InlineData("sid", "\"mine\"")]
    [InlineData("sid", null)]
    [InlineData("org", null)]
    [InlineData("ver", "99999999999")]
    [InlineData("ver", null)]
    [InlineData("mfa", "\"perhaps\"")]
    [InlineData("proved_at", "\"now\"")]
    [InlineData("proved_at", "99999999999999")]
    [InlineData("proved_at", null)]
    public void A_signed_token_with_a_bad_claim_is_refused(string claim, string? value)
    {
        var payload = JsonNode.Parse(Payload())!.AsObject();
        payload.Remove(claim);
        if (value is not null)
        {
            payload[claim] = JsonNode.Parse(value);
        }
        Tokens().Validate(Sign("""{"alg":"ES256","typ":"JWT","kid":"one"}""", payload.ToJsonString())).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c")]
    [InlineData("€.€.€")]
    public void What_is_no_token_is_refused(string text) => Tokens().Validate(text).ShouldBeNull();

    [Fact]
    public void An_oversize_token_is_refused_although_it_is_signed()
    {
        Tokens().Validate(Tokens().Create(Subject(50))).ShouldNotBeNull();
        Tokens().Validate(Tokens().Create(Subject(500))).ShouldBeNull();
    }

    [Fact]
    public async Task Over_HTTP_a_bad_token_is_a_401_with_a_challenge()
    {
        foreach (var token in new[] { "nonsense", "a.b.c", Tokens().Create(Subject()) })
        {
            (await host.ClientWith(token).SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
        using var response = await host.Client.GetAsync(
            new Uri("/api/v1/users/me", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
    }

    private string Payload()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = "lending",
            ["aud"] = "lending-api",
            ["nbf"] = now,
            ["exp"] = now + 60,
            ["sub"] = Unique.Id(),
            ["sid"] = Unique.Id(),
            ["org"] = Unique.Id(),
            ["preferred_username"] = "erika",
            ["role"] = "CUSTOMER",
            ["ver"] = 0,
            ["mfa"] = true,
            ["proved_at"] = now,
            ["permissions"] = new JsonArray("customers:read"),
        }.ToJsonString();
    }

    private static string Sign(string header, string payload, string? key = null)
    {
        using var signer = KeyOf(key ?? Key);
        var signed = Encode(header, payload);
        return $"{signed}.{Base64Url.EncodeToString(signer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string header, string payload) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";

    private static ECDsa KeyOf(string text)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        return key;
    }
}
