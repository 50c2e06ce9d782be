using System.Net;

namespace Lending.Portal.Tests;

/// <summary>Pages in the organisation's name and colour.</summary>
public sealed class ColorTests(PortalFixture fixture) : IDisposable
{
    private readonly Browser browser = new(fixture);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task Every_page_of_an_offer_has_the_organisations_name_and_a_style_of_its_colour()
    {
        var key = Browser.NewOffer(fixture, offer => offer with { OrganizationName = "Sonnendach", Color = "#7a1f5c" });
        await browser.OpenAsync(key);

        foreach (var below in (string[])["", "/accept", "/decline"])
        {
            var page = await browser.GetAsync($"/loan-offers/{key.OfferId}{below}");
            page.Text.ShouldContain("<p class=\"name\">Sonnendach</p>");
            page.Text.ShouldContain("<link rel=\"stylesheet\" href=\"/colors/7a1f5c.css\"");
            page.Text.ShouldNotContain("style=");
        }
        var style = await browser.GetAsync("/colors/7a1f5c.css");
        style.ContentType.ShouldStartWith("text/css");
        style.Text.ShouldBe(":root { --brand: #7a1f5c; --brand-dark: #5b1745; }\n");
    }

    [Fact]
    public async Task Without_one_pages_have_ours()
    {
        var key = Browser.NewOffer(fixture);

        (await browser.OpenAsync(key)).Text.ShouldNotContain("/colors/");
    }

    [Theory]
    [InlineData("ffcc00")]
    [InlineData("red")]
    [InlineData("0b5563;}")]
    public async Task What_nobody_can_read_and_what_is_no_colour_has_no_style(string digits) =>
        (await browser.GetAsync($"/colors/{Uri.EscapeDataString(digits)}.css")).Status.ShouldBe(HttpStatusCode.NotFound);
}
