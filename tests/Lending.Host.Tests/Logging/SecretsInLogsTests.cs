using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Logging;

/// <summary>
/// That <see cref="SecretsInLogs"/>, which looks through all logs of each test run at its end, would find what must not be there.
/// </summary>
public sealed class SecretsInLogsTests(HostFixture host) : IDisposable
{
    private readonly LogWatch watch = new();

    public void Dispose() => watch.Dispose();

    [Theory]
    [InlineData("""{"password":"Wattstunde-im-Speicher-7"}""", "Login failed with Wattstunde-im-Speicher-7")]
    [InlineData("""{"user":{"email":"Greta@example.org"}}""", "no account greta@EXAMPLE.org")]
    [InlineData("""{"items":[{"addressLine1":"Sonnenallee 12"}]}""", "moved to Sonnenallee 12.")]
    [InlineData("""{"phoneNumber":"+49 30 901820"}""", "+49 30 901820")]
    public void A_line_with_a_value_is_found(string body, string line)
    {
        watch.LearnFrom(body, "");
        watch.See("GET /customers answered 200");
        watch.See(line);

        watch.Find().ShouldHaveSingleItem().ShouldEndWith(line);
        Should.Throw<ShouldAssertException>(watch.ShouldHaveSeenNoSecret);
    }

    [Fact]
    public void A_long_token_is_known_by_its_end()
    {
        var token = string.Concat(Enumerable.Repeat("eyJhbGciOiJFUzI1NiJ9", 20)) + Unique.Text() + Unique.Text();
        watch.Learn(token);
        watch.See($"Bearer {token}");
        watch.See(token[..^1]);

        watch.Find().ShouldHaveSingleItem().ShouldContain("Bearer");
    }

    [Fact]
    public void What_is_no_secret_and_what_is_short_is_not_looked_for()
    {
        watch.LearnFrom("""{"status":"DISBURSED","city":"Berlin","country":"DE","code":"123456","password":"password"}""", "[]");
        watch.LearnFrom(null, """{"errors":[{"name":"customerId"}]}""", isRefused: true);
        watch.Learn("01900000-0000-7000-8000-000000000001");
        watch.See("customerId is 01900000-0000-7000-8000-000000000001");
        watch.See("DISBURSED in Berlin, DE, 123456, /auth/password-reset");

        watch.ShouldHaveSeenNoSecret();
    }

    [Fact]
    public void Broken_bodies_and_texts_teach_nothing()
    {
        watch.LearnFrom("""{"email":"\ud800"}""", "{");
        watch.See("a line");

        watch.ShouldHaveSeenNoSecret();
    }

    [Fact]
    public void A_watch_that_sees_no_line_or_learns_nothing_fails()
    {
        watch.LearnFrom("{}", "{}");

        Should.Throw<ShouldAssertException>(watch.ShouldHaveSeenNoSecret);
        foreach (var _ in Enumerable.Range(0, 20))
        {
            watch.LearnFrom("{}", "{}");
            watch.See("a line");
            watch.See("a line");
        }
        Should.Throw<ShouldAssertException>(watch.ShouldHaveSeenNoSecret);
    }

    [Fact]
    public async Task What_the_host_logs_reaches_the_watch()
    {
        var id = Unique.Id();

        (await host.Administrator.SendAsync("GET", $"/customers/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);

        await Wait.UntilAsync(() => host.Log.Lines.Any(line => line.Contains(id.ToString(), StringComparison.Ordinal)));
        host.Log.Lines.ShouldContain(line => line.Contains($"/api/v1/customers/{id}", StringComparison.Ordinal));
    }
}
