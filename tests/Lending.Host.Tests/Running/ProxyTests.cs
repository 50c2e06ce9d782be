using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lending.Host.Tests.Running;

/// <summary>Whose word about a client's address is believed.</summary>
public sealed class ProxyTests
{
    private const string Client = "203.0.113.9";

    [Theory]
    // The tests' own address is 127.0.0.1.
    [InlineData(Client, Client, "127.0.0.1")]
    [InlineData(Client, Client, "10.0.0.0/8", "127.0.0.0/24")]
    [InlineData("2001:db8::9", "2001:db8::9", "127.0.0.1")]
    // A chain of proxies: the last address that no known proxy has.
    [InlineData(Client, $"198.51.100.1, {Client}, 10.0.0.7", "10.0.0.0/8", "127.0.0.1")]
    [InlineData(Client, $"10.0.0.7, {Client}", "10.0.0.0/8", "127.0.0.1")]
    // Nobody, or somebody else.
    [InlineData("127.0.0.1", Client)]
    [InlineData("127.0.0.1", Client, "10.0.0.0/8")]
    public async Task An_address_is_believed_from_known_proxies_only(string seen, string forwarded, params string[] known)
    {
        var settings = known.Select((proxy, index) => ($"Proxies:Known:{index}", proxy));
        await using var host = await HostWithoutDatabase.StartAsync(
            "Development",
            [.. settings],
            app =>
                app.MapGet(
                    "/seen",
                    (HttpContext context) =>
                        new Seen(context.Connection.RemoteIpAddress!.ToString(), context.Request.Scheme, context.Request.Host.Host)
                )
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/seen");
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(_ => "https")));
        request.Headers.Add("X-Forwarded-Host", "evil.example.org");

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var scheme = seen == "127.0.0.1" ? "http" : "https";
        (await answer.Content.ReadFromJsonAsync<Seen>(TestContext.Current.CancellationToken)).ShouldBe(new Seen(seen, scheme, "127.0.0.1"));
    }

    private sealed record Seen(string Address, string Scheme, string Host);
}
