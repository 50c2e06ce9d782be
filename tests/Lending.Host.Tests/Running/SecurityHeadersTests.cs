using System.Net;
using System.Net.Http.Json;

namespace Lending.Host.Tests.Running;

/// <summary>What browsers are told with every answer.</summary>
public sealed class SecurityHeadersTests(HostFixture host)
{
    [Theory]
    [InlineData("GET", "/api/v1/customers", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/api/v1/auth/login", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/api/v1/auth/login", HttpStatusCode.MethodNotAllowed)]
    [InlineData("TRACE", "/api/v1/auth/login", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/openapi/v1.json", HttpStatusCode.OK)]
    public async Task Every_answer_has_them_errors_too(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("{ no JSON", null, "application/json");
        }

        using var answer = await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
        ShouldBeStrict(answer);
    }

    [Fact]
    public async Task Nobody_keeps_what_holds_personal_data_or_tokens()
    {
        var world = new World(host);
        var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var customer = await World.CreateCustomerAsync(installer);
        var offer = await World.CreateOfferAsync(installer, customer);

        foreach (var path in (string[])["/users/me", $"/customers/{customer}", "/loan-offers", $"/loan-offers/{offer}/document"])
        {
            using var answer = await installer.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            ShouldBeStrict(answer);
        }
        using var login = await host.Anonymous.PostAsync(
            new Uri("/api/v1/auth/login", UriKind.Relative),
            JsonContent.Create(new { username = HostFixture.AdministratorUsername, password = HostFixture.AdministratorPassword }),
            TestContext.Current.CancellationToken
        );
        login.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeStrict(login);
    }

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/redoc/index.html")]
    [InlineData("/redoc/nothing")]
    public async Task The_pages_run_scripts_of_ours_only_and_nobody_frames_them(string path)
    {
        using var answer = await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var directives = DirectivesOf(answer);
        directives["default-src"].ShouldBe("'none'");
        directives["script-src"]
            .Split(' ')
            .ShouldAllBe(source => source == "'self'" || source.StartsWith("'sha256-", StringComparison.Ordinal));
        directives["connect-src"].ShouldBe("'self'");
        directives["frame-ancestors"].ShouldBe("'none'");
        directives["object-src"].ShouldBe("'none'");
        directives["base-uri"].ShouldBe("'none'");
        ShouldHaveCommonHeaders(answer);
    }

    [Fact]
    public async Task Only_a_configured_origin_may_read_answers()
    {
        const string portal = "https://portal.example";
        await using var configured = await HostWithoutDatabase.StartAsync("Development", [("Cors:AllowedOrigins:0", portal)]);

        foreach (var origin in (string[])[portal, "https://portal.example.evil.example", "http://portal.example", "null"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers");
            request.Headers.Add("Origin", origin);

            using var answer = await configured.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Header(answer, "Access-Control-Allow-Origin").ShouldBe(origin == portal ? portal : "no Access-Control-Allow-Origin");
            ShouldBeStrict(answer);
        }
    }

    internal static void ShouldBeStrict(HttpResponseMessage answer)
    {
        var directives = DirectivesOf(answer);
        directives.Keys.ShouldBe(["default-src", "base-uri", "form-action", "frame-ancestors", "object-src"], ignoreOrder: true);
        directives.Values.ShouldAllBe(value => value == "'none'");
        Header(answer, "Cache-Control").ShouldContain("no-store");
        ShouldHaveCommonHeaders(answer);
    }

    private static void ShouldHaveCommonHeaders(HttpResponseMessage answer)
    {
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Referrer-Policy").ShouldBe("no-referrer");
        foreach (var feature in (string[])["camera", "geolocation", "microphone", "payment", "usb"])
        {
            Header(answer, "Permissions-Policy").ShouldContain($"{feature}=()");
        }
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse("there are no cookies");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    private static Dictionary<string, string> DirectivesOf(HttpResponseMessage answer) =>
        Header(answer, "Content-Security-Policy")
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(directive => directive.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : $"no {name}";
}
