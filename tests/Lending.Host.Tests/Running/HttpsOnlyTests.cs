using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;

namespace Lending.Host.Tests.Running;

/// <summary>Outside Development everything but health checks is answered over https alone, where TLS ends here and where it ends at a proxy.</summary>
public sealed class HttpsOnlyTests
{
    private const string Secret = "only for the log";
    private const string Strict = "max-age=31536000; includeSubDomains";

    // The tests' own address.
    private static readonly (string Name, string Value) KnownProxy = ("Proxies:Known:0", "127.0.0.1");
    private static readonly (string Name, string Value) Https = ("PublicUrl", "https://loans.example");

    [Fact]
    public async Task Behind_a_known_proxy_that_speaks_https_all_is_answered_and_browsers_are_told_to_stay_with_https()
    {
        await using var host = await StartAsync(Https, KnownProxy);

        foreach (
            var (path, status) in ((string, HttpStatusCode)[])
                [
                    ("/api/v1/customers", HttpStatusCode.Unauthorized),
                    ("/api/v1/nothing", HttpStatusCode.NotFound),
                    ("/docs/index.html", HttpStatusCode.OK),
                    ("/redoc/index.html", HttpStatusCode.OK),
                    ("/openapi/v1.json", HttpStatusCode.OK),
                    ("/health/live", HttpStatusCode.OK),
                ]
        )
        {
            using var answer = await AskAsync(host, "GET", path, forwardedProto: "https");

            answer.StatusCode.ShouldBe(status, path);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldBe([Strict], path);
        }
    }

    [Fact]
    public async Task An_error_of_ours_has_the_headers_and_tells_no_details()
    {
        await using var host = await StartAsync(Https, KnownProxy);

        using var answer = await AskAsync(host, "GET", "/fails", forwardedProto: "https");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe([Strict]);
        SecurityHeadersTests.ShouldBeStrict(answer);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("https://loans.example", "/docs/index.html?a=b", "https://loans.example/docs/index.html?a=b")]
    [InlineData("https://loans.example", "/openapi/v1.json", "https://loans.example/openapi/v1.json")]
    [InlineData("https://loans.example:8443", "/redoc", "https://loans.example:8443/redoc")]
    public async Task Pages_over_http_are_redirected(string publicUrl, string path, string location)
    {
        await using var host = await StartAsync(("PublicUrl", publicUrl), KnownProxy);

        using var answer = await AskAsync(host, "GET", path, forwardedProto: "http");

        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location!.ToString().ShouldBe(location);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("over http it means nothing");
        answer.Headers.Contains("X-Content-Type-Options").ShouldBeTrue();
    }

    [Fact]
    public async Task The_API_refuses_http_so_that_secrets_in_clear_are_noticed()
    {
        await using var host = await StartAsync(Https, KnownProxy);

        foreach (
            var (method, path) in ((string, string)[])
                [("GET", "/api/v1/customers"), ("POST", "/api/v1/auth/login"), ("GET", "/API/v1/nothing")]
        )
        {
            using var answer = await AskAsync(host, method, path, forwardedProto: "http");

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            problem.GetProperty("code").GetString().ShouldBe("https-required");
            problem.GetProperty("instance").GetString().ShouldBe(path);
            SecurityHeadersTests.ShouldBeStrict(answer);
        }
        using var keys = await AskAsync(host, "GET", "/.well-known/jwks.json", forwardedProto: "http");
        keys.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "on the way, somebody could put other keys in their place");
    }

    [Fact]
    public async Task Health_checks_are_answered_over_http_without_a_proxy()
    {
        await using var host = await StartAsync(Https, ("Proxies:Known:0", "10.0.0.7"));

        using var answer = await AskAsync(host, "GET", "/health/live", forwardedProto: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_but_a_known_proxy_is_believed_to_have_spoken_https()
    {
        await using var host = await StartAsync(Https, ("Proxies:Known:0", "10.0.0.7"));

        using var api = await AskAsync(host, "GET", "/api/v1/customers", forwardedProto: "https");
        using var page = await AskAsync(host, "GET", "/docs/index.html", forwardedProto: "https");

        api.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
    }

    [Fact]
    public async Task Where_TLS_ends_here_no_proxy_is_needed()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Unique.Text()}.pfx");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest(
                HostWithoutDatabase.CertificateSubject,
                key,
                HashAlgorithmName.SHA256
            ).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "test"), TestContext.Current.CancellationToken);
        }
        try
        {
            await using var host = await StartAsync(
                Https,
                ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
                ("Kestrel:Certificates:Default:Path", file),
                ("Kestrel:Certificates:Default:Password", "test")
            );

            using var answer = await AskAsync(host, "GET", "/api/v1/customers", forwardedProto: null);

            host.Client.BaseAddress!.Scheme.ShouldBe("https");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldBe([Strict]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Development", "https://loans.example")]
    [InlineData("Production", "http://localhost:5080")]
    public async Task In_Development_or_on_one_machine_alone_http_is_enough(string environment, string publicUrl)
    {
        await using var host = await HostWithoutDatabase.StartAsync(environment, [("PublicUrl", publicUrl), KnownProxy]);

        foreach (var proto in (string[])["http", "https"])
        {
            using var page = await AskAsync(host, "GET", "/docs/index.html", proto);
            using var api = await AskAsync(host, "GET", "/api/v1/customers", proto);

            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            api.Headers.Contains("Strict-Transport-Security")
                .ShouldBeFalse("a browser would refuse http for all that runs on this machine");
        }
    }

    private static Task<HostWithoutDatabase> StartAsync(params (string Name, string Value)[] settings) =>
        HostWithoutDatabase.StartAsync(
            "Production",
            settings,
            app => app.MapGet("/fails", void () => throw new InvalidOperationException(Secret))
        );

    private static async Task<HttpResponseMessage> AskAsync(HostWithoutDatabase host, string method, string path, string? forwardedProto)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = "loans.example";
        if (forwardedProto is not null)
        {
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", forwardedProto);
        }
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
