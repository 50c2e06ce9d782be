using System.Net;
using System.Text.RegularExpressions;
using Lending.Platform.Http;
using Lending.Testing;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Authorization;

/// <summary>Pages for browsers are outside of the API, and open to everybody: what each answers to whoever has no link to an offer, logged in or not.</summary>
public sealed partial class PageMatrixTests(HostFixture host)
{
    private const string Policy =
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; style-src 'self'";

    private static readonly (string Method, string Route, HttpStatusCode Answers, bool IsLimited)[] Pages =
    [
        ("GET", "/", HttpStatusCode.OK, false),
        ("GET", "/portal.css", HttpStatusCode.OK, false),
        ("GET", "/colors/{digits}.css", HttpStatusCode.NotFound, false),
        ("GET", "/documents/check", HttpStatusCode.OK, true),
        ("POST", "/documents/check", HttpStatusCode.UnsupportedMediaType, true),
        ("GET", "/unsubscribe", HttpStatusCode.NotFound, true),
        ("POST", "/unsubscribe", HttpStatusCode.NotFound, true),
        ("GET", "/loan-offers/{id:guid}", HttpStatusCode.NotFound, true),
        ("GET", "/loan-offers/{id:guid}/document", HttpStatusCode.NotFound, true),
        ("GET", "/loan-offers/{id:guid}/information", HttpStatusCode.NotFound, true),
        ("GET", "/loan-offers/{id:guid}/code", HttpStatusCode.SeeOther, true),
        ("POST", "/loan-offers/{id:guid}/code", HttpStatusCode.BadRequest, true),
        ("GET", "/loan-offers/{id:guid}/accept", HttpStatusCode.NotFound, true),
        ("POST", "/loan-offers/{id:guid}/accept", HttpStatusCode.BadRequest, true),
        ("GET", "/loan-offers/{id:guid}/decline", HttpStatusCode.NotFound, true),
        ("POST", "/loan-offers/{id:guid}/decline", HttpStatusCode.BadRequest, true),
        ("GET", "/loan-offers/{id:guid}/withdraw", HttpStatusCode.NotFound, true),
        ("POST", "/loan-offers/{id:guid}/withdraw", HttpStatusCode.BadRequest, true),
        ("GET", "/customer-links/{id:guid}", HttpStatusCode.NotFound, true),
        ("GET", "/customer-links/{id:guid}/code", HttpStatusCode.SeeOther, true),
        ("POST", "/customer-links/{id:guid}/code", HttpStatusCode.BadRequest, true),
        ("GET", "/customer-links/{id:guid}/open", HttpStatusCode.SeeOther, true),
        ("POST", "/customer-links/{id:guid}/open", HttpStatusCode.BadRequest, true),
        ("GET", "/customer-links/{id:guid}/forms/{disclosureId:guid}", HttpStatusCode.NotFound, true),
        ("GET", "/customer-links/{id:guid}/requests/{requestId:guid}", HttpStatusCode.NotFound, true),
        // It takes a form with a file and no other.
        ("POST", "/customer-links/{id:guid}/requests/{requestId:guid}", HttpStatusCode.UnsupportedMediaType, true),
        ("GET", "/customer-links/{id:guid}/applications/{applicationId:guid}", HttpStatusCode.NotFound, true),
        ("GET", "/customer-links/{id:guid}/applications/{applicationId:guid}/review", HttpStatusCode.NotFound, true),
        ("POST", "/customer-links/{id:guid}/applications/{applicationId:guid}/review", HttpStatusCode.BadRequest, true),
    ];

    [Fact]
    public void Every_page_stands_here_and_is_limited_as_it_says()
    {
        var mapped = host
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HostedPage>() is not null)
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(method =>
                        (
                            method,
                            "/" + endpoint.RoutePattern.RawText!.Trim('/'),
                            endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == RateLimits.Authentication
                        )
                    )
            )
            .ToList();

        mapped.ShouldBe(Pages.Select(page => (page.Method, page.Route, page.IsLimited)), ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_sees_an_offer_without_its_link_whoever_they_are_and_browsers_are_promised_little()
    {
        var world = new World(host);
        var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        var customerId = await World.CreateCustomerAsync(installer);
        var customer = await world.ActivateCustomerAsync(installer, customerId);
        var offer = await World.CreateOfferAsync(installer, customerId);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = host.Anonymous.BaseAddress };

        foreach (var (method, route, answers, _) in Pages)
        {
            foreach (var person in (HttpClient?[])[null, installer, customer, host.Administrator])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(route, offer.ToString()));
                request.Headers.Authorization = person?.DefaultRequestHeaders.Authorization;
                if (method == "POST")
                {
                    request.Content = new FormUrlEncodedContent([KeyValuePair.Create("name", "Ada")]);
                }

                using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

                answer.StatusCode.ShouldBe(answers, $"{method} {route}");
                (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Groß");
                answer.Headers.CacheControl!.NoStore.ShouldBeTrue(route);
                answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
                answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
                // Forms bring their own style and send nothing.
                if (!route.EndsWith("/information", StringComparison.Ordinal) && !route.Contains("/forms/", StringComparison.Ordinal))
                {
                    Directives(answer.Headers.GetValues("Content-Security-Policy").Single())
                        .ShouldBe(Directives(Policy), ignoreOrder: true);
                    answer.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex, nofollow"]);
                }
            }
        }
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_on_a_page()
    {
        await using var limited = await HostWithoutDatabase.StartAsync("Development", [("RateLimits:AuthenticationPerMinute", "1")]);
        var path = new Uri($"/loan-offers/{Unique.Id()}", UriKind.Relative);
        (await limited.Client.GetAsync(path, TestContext.Current.CancellationToken)).Dispose();

        using var answer = await limited.Client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Please wait a little");
    }

    [GeneratedRegex(@"\{\w+:guid\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private static string[] Directives(string policy) =>
        policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
