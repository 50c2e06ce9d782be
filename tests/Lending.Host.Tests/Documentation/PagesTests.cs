using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lending.Host.Documentation;

namespace Lending.Host.Tests.Documentation;

/// <summary>The pages at /docs and /redoc; what browsers are told about them is tested with the other headers.</summary>
public sealed partial class PagesTests(HostFixture host)
{
    [Theory]
    [InlineData("/docs/index.html", LendingDocumentation.DocsScript)]
    [InlineData("/redoc/index.html", LendingDocumentation.RedocScript)]
    public async Task They_load_nothing_from_elsewhere_and_the_script_in_them_is_the_one_that_may_run(string path, string hash)
    {
        var page = await host.Anonymous.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        page.ShouldNotContain("https://");
        page.ShouldNotContain("http://");
        // Browsers know one sort of line break.
        var script = Script().Matches(page).ShouldHaveSingleItem().Groups["text"].Value.ReplaceLineEndings("\n");
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))).ShouldBe(hash);
    }

    [Fact]
    public async Task They_can_be_switched_off()
    {
        await using var without = await HostWithoutDatabase.StartAsync("Development", [("Documentation:Pages", "false")]);

        foreach (
            var path in (string[])
                ["/docs", "/docs/index.html", "/docs/swagger-ui-bundle.js", "/redoc", "/redoc/index.html", "/redoc/redoc.standalone.js"]
        )
        {
            using var there = await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            using var gone = await without.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

            there.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            gone.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
        using var document = await without.Client.GetAsync(
            new Uri("/openapi/v1.json", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        document.StatusCode.ShouldBe(HttpStatusCode.OK, "programs read it");
    }

    // A script with a source of its own is a file.
    [GeneratedRegex("<script(?![^>]* src=)[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
