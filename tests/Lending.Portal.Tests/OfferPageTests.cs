using System.Net;
using Lending.Disclosures.Contracts;
using Lending.Loans.Contracts;

namespace Lending.Portal.Tests;

public sealed class OfferPageTests(PortalFixture fixture) : IDisposable
{
    private readonly Browser browser = new(fixture);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task The_link_of_the_mail_becomes_a_cookie_and_an_address_without_the_secret()
    {
        var key = Browser.NewOffer(fixture);

        var opened = await browser.GetAsync($"/loan-offers/{key.OfferId}?token={key.Token}");

        opened.Status.ShouldBe(HttpStatusCode.SeeOther);
        opened.Location.ShouldBe($"/loan-offers/{key.OfferId}");
        var attributes = opened.SetCookies.ShouldHaveSingleItem().Split("; ");
        attributes[0].ShouldStartWith($"__Host-offer-{key.OfferId:N}={key.Token}.");
        attributes[1..].ShouldBe(["path=/", "secure", "samesite=lax", "httponly"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_opens_the_link_again_stays_in_their_session_and_another_browser_has_its_own()
    {
        var key = Browser.NewOffer(fixture);
        await browser.OpenAsync(key);
        var before = browser.Cookies.Single();
        using var other = new Browser(fixture);

        await browser.OpenAsync(key);
        await other.OpenAsync(key);

        browser.Cookies.ShouldBe([before]);
        other.Cookies.Keys.ShouldBe([before.Key]);
        other.Cookies[before.Key].ShouldNotBe(before.Value);
    }

    [Fact]
    public async Task It_shows_the_offer_with_chart_table_and_documents_and_loads_nothing_from_elsewhere()
    {
        var key = Browser.NewOffer(fixture);
        fixture.Customers.FormsOfOffers[key.OfferId] = new GivenForm("de", "<!doctype html><title>Form</title>");

        var page = await browser.OpenAsync(key);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.ContentType.ShouldStartWith("text/html");
        foreach (
            var text in (string[])
                [
                    "Solar GmbH",
                    "J&#xFC;rgen Gro&#xDF;",
                    "€18,000.00",
                    "3.46%",
                    "€18,340.00",
                    "1\u00A0April\u00A02099",
                    $"/loan-offers/{key.OfferId}/information",
                    $"/loan-offers/{key.OfferId}/document",
                    $"/loan-offers/{key.OfferId}/accept",
                ]
        )
        {
            WebUtility.HtmlDecode(page.Text).ShouldContain(WebUtility.HtmlDecode(text));
        }
        page.Text.Split("<rect class=\"principal\" x=").Length.ShouldBe(1 + 12);
        page.Text.Split("<th scope=\"row\">").Length.ShouldBe(1 + 12);
        page.Text.ShouldNotContain("<script");
        page.Text.ShouldNotContain("style=");
        page.Text.ShouldNotContain("http://");
        page.Text.ShouldNotContain("https://");
        page.Text.ShouldNotContain(key.Token);
        (await browser.GetAsync($"/loan-offers/{key.OfferId}/information")).Text.ShouldContain("<title>Form</title>");
        (await browser.GetAsync($"/loan-offers/{key.OfferId}/document")).Text.ShouldBe("%PDF-en");
        (await browser.GetAsync("/portal.css")).ContentType.ShouldStartWith("text/css");
    }

    [Fact]
    public async Task A_form_that_was_not_given_is_not_offered()
    {
        var key = Browser.NewOffer(fixture);

        (await browser.OpenAsync(key)).Text.ShouldNotContain("/information");

        (await browser.GetAsync($"/loan-offers/{key.OfferId}/information")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Names_are_text_whatever_they_hold()
    {
        const string name = "<script>alert(1)</script>\" onload='x' &amp; {{7*7}}";
        var key = Browser.NewOffer(
            fixture,
            offer => offer with { CustomerName = name, ProductName = name, Credit = offer.Credit with { Lender = name } }
        );

        foreach (var page in new[] { await browser.OpenAsync(key), await browser.GetAsync($"/loan-offers/{key.OfferId}/accept") })
        {
            page.Text.ShouldNotContain("<script");
            page.Text.ShouldNotContain("onload='");
            WebUtility.HtmlDecode(page.Text).ShouldContain(name);
        }
    }

    [Fact]
    public async Task No_page_has_an_input_that_is_checked_beforehand()
    {
        var open = Browser.NewOffer(fixture);
        var accepted = Browser.NewOffer(fixture, Samples.Accepted);
        var pages = new List<Sight> { await browser.OpenAsync(open), await browser.OpenAsync(accepted) };
        foreach (var page in (string[])["accept", "accept?sent=1", "decline"])
        {
            pages.Add(await browser.GetAsync($"/loan-offers/{open.OfferId}/{page}"));
        }
        pages.Add(await browser.GetAsync($"/loan-offers/{accepted.OfferId}/withdraw"));

        pages.ShouldAllBe(page => page.Status == HttpStatusCode.OK);
        var inputs = pages.SelectMany(page => InputsOf(page.Text)).ToList();
        inputs.Count.ShouldBeGreaterThan(5);
        inputs.Where(IsChecked).ShouldBeEmpty();
        InputsOf("<p><input type=\"checkbox\" checked /></p>").Count(IsChecked).ShouldBe(1, "the rule finds one that is");

        static IEnumerable<string> InputsOf(string html) => html.Split("<input ")[1..].Select(rest => rest.Split('>')[0]);

        static bool IsChecked(string input) => input.Contains(" checked", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Reading_does_nothing_however_often_a_program_opens_the_link()
    {
        var key = Browser.NewOffer(fixture);

        for (var times = 0; times < 3; times++)
        {
            using var scanner = new Browser(fixture);
            await scanner.OpenAsync(key);
            foreach (var page in (string[])["accept", "decline", "withdraw", "code", "document", "information"])
            {
                await scanner.GetAsync($"/loan-offers/{key.OfferId}/{page}");
                await scanner.GetAsync($"/loan-offers/{key.OfferId}/{page}?token={key.Token}&code=123456&name=Ada");
            }
        }

        fixture.Offers.Done.ShouldNotContain(done => done.OfferId == key.OfferId);
    }

    [Theory]
    [InlineData("never opened")]
    [InlineData("unknown")]
    [InlineData("no secret")]
    [InlineData("another offer's")]
    [InlineData("a cookie that is none of ours")]
    public async Task A_link_that_does_not_work_gets_one_kind_page_everywhere(string cause)
    {
        var key = Browser.NewOffer(fixture);
        var other = Browser.NewOffer(fixture);
        var token = cause switch
        {
            "unknown" => new string('A', 43),
            "no secret" => "../../<b>",
            "another offer's" => other.Token,
            _ => null,
        };
        if (token is not null)
        {
            await browser.GetAsync($"/loan-offers/{key.OfferId}?token={Uri.EscapeDataString(token)}");
        }
        if (cause.StartsWith("a cookie", StringComparison.Ordinal))
        {
            browser.Cookies[$"__Host-offer-{key.OfferId:N}"] = key.Token;
        }

        foreach (var page in (string[])["", "/accept", "/decline", "/withdraw", "/document", "/information"])
        {
            var answer = await browser.GetAsync($"/loan-offers/{key.OfferId}{page}");

            answer.Status.ShouldBe(HttpStatusCode.NotFound, page);
            answer.ContentType.ShouldStartWith("text/html");
            answer.Text.ShouldContain("This link does not work");
            answer.Text.ShouldNotContain("Solar GmbH");
        }
    }

    [Fact]
    public async Task It_speaks_the_language_of_the_browser_until_another_is_chosen()
    {
        var key = Browser.NewOffer(fixture);
        using var german = new Browser(fixture) { Languages = "fr, de-AT;q=0.8, en;q=0.5" };

        var page = await german.OpenAsync(key);
        page.Language.ShouldBe("de");
        page.Text.ShouldContain("<html lang=\"de\">");
        page.Text.ShouldContain("Ihr Kreditangebot");
        page.Text.ShouldContain("18.000,00");

        var switched = await german.GetAsync($"/loan-offers/{key.OfferId}/accept?language=en");
        switched.Location.ShouldBe($"/loan-offers/{key.OfferId}/accept");
        (await german.GetAsync(switched.Location!)).Text.ShouldContain("<html lang=\"en\">");
        (await german.GetAsync("/?language=xx")).Text.ShouldContain("<html lang=\"en\">");
        (await german.GetAsync("/")).Text.ShouldContain("You have a mail with a link");
    }

    [Fact]
    public async Task What_breaks_is_told_as_a_page_and_the_API_still_answers_problems()
    {
        var key = Browser.NewOffer(fixture);
        fixture.Offers.Broken[key.OfferId] = true;

        var broken = await browser.OpenAsync(key);
        broken.Status.ShouldBe(HttpStatusCode.InternalServerError);
        broken.ContentType.ShouldStartWith("text/html");
        broken.Text.ShouldContain("Something went wrong");
        broken.Text.ShouldNotContain("test wants");
        (await browser.GetAsync("/api/v1/nothing")).ContentType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData(LinkedOfferState.Accepted, "You can withdraw until")]
    [InlineData(LinkedOfferState.Declined, "You declined this offer")]
    [InlineData(LinkedOfferState.Withdrawn, "Your withdrawal arrived")]
    public async Task An_offer_that_was_answered_says_so_and_asks_for_no_answer(LinkedOfferState state, string words)
    {
        var key = Browser.NewOffer(fixture, offer => Samples.Accepted(offer) with { State = state });

        var page = await browser.OpenAsync(key);

        page.Text.ShouldContain(words);
        page.Text.ShouldNotContain("/accept\"");
        page.Text.Contains("/withdraw\"", StringComparison.Ordinal).ShouldBe(state == LinkedOfferState.Accepted);
        (await browser.GetAsync($"/loan-offers/{key.OfferId}/accept")).Location.ShouldBe($"/loan-offers/{key.OfferId}");
    }

    [Fact]
    public async Task Who_withdrew_after_the_payout_is_told_what_to_pay_back()
    {
        var key = Browser.NewOffer(
            fixture,
            offer =>
                Samples.Accepted(offer) with
                {
                    State = LinkedOfferState.Withdrawn,
                    Repayment = new(18_000, 1.67m, new(2099, 3, 5), new(2099, 4, 20)),
                }
        );

        var text = WebUtility.HtmlDecode((await browser.OpenAsync(key)).Text);

        text.ShouldContain("Pay back €18,000.00 by 20\u00A0April\u00A02099");
        text.ShouldContain("€1.67 for each day from 5\u00A0March\u00A02099");
    }
}
