using System.Net;
using Lending.Kernel;
using Lending.Loans.Contracts;

namespace Lending.Portal.Tests;

public sealed class AnswerFormTests(PortalFixture fixture) : IDisposable
{
    private readonly Browser browser = new(fixture);

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task Code_name_and_version_go_where_the_offer_is_and_the_browser_to_a_page_that_can_be_loaded_again()
    {
        var key = Browser.NewOffer(fixture);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/accept");

        var sent = await browser.SubmitAsync(page, $"{path}/code");
        sent.Status.ShouldBe(HttpStatusCode.SeeOther);
        sent.Location.ShouldBe($"{path}/accept?sent=1");
        page = await browser.GetAsync(sent.Location!);
        page.Text.ShouldContain("A code is on its way");
        var accepted = await browser.SubmitAsync(page, $"{path}/accept", ("name", " Jürgen Groß "), ("code", "012 345"));

        accepted.Status.ShouldBe(HttpStatusCode.SeeOther);
        accepted.Location.ShouldBe(path);
        var done = fixture.Offers.Done.Where(one => one.OfferId == key.OfferId).ToList();
        done.Select(one => one.What).ShouldBe(["code", "accept"]);
        var session = browser.Cookies[$"__Host-offer-{key.OfferId:N}"].Split('.')[1];
        done[0].With.ShouldBe(session);
        var (signature, code) = ((LinkSignature, OfferCode))done[1].With!;
        signature.TypedName.ShouldBe("Jürgen Groß");
        signature.Version.ShouldBe(1);
        signature.DocumentHash.ShouldBe(new string('a', 64));
        signature.IpAddress.ShouldBe("127.0.0.1");
        code.ShouldBe(new OfferCode(session, "012345"));
    }

    [Theory]
    [InlineData("code")]
    [InlineData("accept")]
    [InlineData("decline")]
    [InlineData("withdraw")]
    public async Task A_form_that_comes_from_elsewhere_does_nothing(string form)
    {
        var key = Browser.NewOffer(fixture, form == "withdraw" ? Samples.Accepted : null);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        (string, string)[] fields = [("name", "Ada"), ("code", "123456"), ("version", "1"), ("hash", new string('a', 64))];
        using var attacker = new Browser(fixture);
        await attacker.OpenAsync(key);
        var foreign = await attacker.GetAsync($"{path}/{(form == "code" ? "accept" : form)}");

        var answers = new[]
        {
            await browser.PostAsync($"{path}/{form}", fields),
            await browser.PostAsync($"{path}/{form}", [("__RequestVerificationToken", "made up"), .. fields]),
            // A token of another browser, without the cookie that belongs to it.
            await browser.SubmitAsync(foreign, $"{path}/{form}", fields),
        };

        foreach (var answer in answers)
        {
            answer.Status.ShouldBe(HttpStatusCode.BadRequest);
            answer.ContentType.ShouldStartWith("text/html");
            answer.Text.ShouldContain("Nothing was changed");
        }
        fixture.Offers.Done.ShouldNotContain(done => done.OfferId == key.OfferId);
    }

    [Fact]
    public async Task The_cookie_of_forms_is_of_this_host_alone()
    {
        var key = Browser.NewOffer(fixture);
        await browser.OpenAsync(key);

        var page = await browser.GetAsync($"/loan-offers/{key.OfferId}/accept");

        var attributes = page.SetCookies.ShouldHaveSingleItem().Split("; ");
        attributes[0].ShouldStartWith("__Host-form=");
        attributes[1..].ShouldBe(["path=/", "secure", "samesite=lax", "httponly"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_body_that_is_no_form_and_a_query_that_comes_with_one_do_nothing()
    {
        var key = Browser.NewOffer(fixture);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/decline");

        using var json = new StringContent("{\"comment\":\"x\"}", null, "application/json");
        var asJson = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{path}/decline") { Content = json });
        var withQuery = await browser.SubmitAsync(page, $"{path}/decline?comment=x");

        asJson.Status.ShouldBe(HttpStatusCode.BadRequest);
        withQuery.Status.ShouldBe(HttpStatusCode.BadRequest);
        withQuery.ContentType.ShouldStartWith("text/html");
        fixture.Offers.Done.ShouldNotContain(done => done.OfferId == key.OfferId);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_what_was_typed_stays()
    {
        var key = Browser.NewOffer(fixture);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/accept");

        var empty = await browser.SubmitAsync(page, $"{path}/accept", ("name", "   "), ("code", ""));
        var long1 = await browser.SubmitAsync(page, $"{path}/accept", ("name", new string('x', 201)), ("code", "1"));
        var half = await browser.SubmitAsync(page, $"{path}/accept", ("name", "Ada \"Berg\""), ("code", " "));

        empty.Status.ShouldBe(HttpStatusCode.BadRequest);
        empty.Text.ShouldContain("<title>Error: ");
        empty.Text.ShouldContain("href=\"#name\"");
        empty.Text.ShouldContain("href=\"#code\"");
        empty.Text.ShouldContain("aria-describedby=\"code-hint code-wrong\"");
        empty.Text.Split("aria-invalid=\"true\"").Length.ShouldBe(3);
        long1.Status.ShouldBe(HttpStatusCode.BadRequest);
        half.Text.ShouldContain("value=\"Ada &quot;Berg&quot;\"");
        half.Text.ShouldNotContain("href=\"#name\"");
        fixture.Offers.Done.ShouldNotContain(done => done.OfferId == key.OfferId);
    }

    [Theory]
    [InlineData("code-wrong", true, "This is not the code", 400)]
    [InlineData("code-expired", true, "no code that still works", 400)]
    [InlineData("offer-version-outdated", false, "The offer was changed", 409)]
    [InlineData("disclosure-missing", false, "standard information", 409)]
    [InlineData("offer-expired", false, "valid until a moment ago", 409)]
    [InlineData("something-new", false, "name this: something-new", 409)]
    [InlineData("link-invalid", false, "This link does not work", 404)]
    public async Task What_is_refused_is_said_in_words(string code, bool isOfField, string words, int status)
    {
        var key = Browser.NewOffer(fixture);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/accept");
        fixture.Offers.Errors[key.OfferId] = isOfField
            ? Error.Validation(code, "For programs.", "code")
            : Error.Conflict(code, "For programs.");

        var answer = await browser.SubmitAsync(page, $"{path}/accept", ("name", "Ada"), ("code", "123456"));

        ((int)answer.Status).ShouldBe(status);
        answer.Text.ShouldContain(words);
        answer.Text.ShouldNotContain("For programs.");
        answer.Text.Contains("id=\"code-wrong\"", StringComparison.Ordinal).ShouldBe(isOfField);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("withdraw")]
    public async Task A_code_that_is_not_sent_is_said_on_the_page_that_asked(string then)
    {
        var key = Browser.NewOffer(fixture, then == "withdraw" ? Samples.Accepted : null);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/{then}");
        fixture.Offers.Errors[key.OfferId] = Error.Conflict("too-many-codes", "For programs.");

        var answer = await browser.SubmitAsync(page, $"{path}/code");

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.Text.ShouldContain("as many codes for this link");
        answer.Text.ShouldContain($"action=\"{path}/{then}\"");
    }

    [Fact]
    public async Task Declining_takes_a_comment_or_none()
    {
        foreach (var (typed, kept) in ((string, string?)[])[("  Too dear ", "Too dear"), ("", null)])
        {
            var key = Browser.NewOffer(fixture);
            var path = $"/loan-offers/{key.OfferId}";
            await browser.OpenAsync(key);
            var page = await browser.GetAsync($"{path}/decline");

            (await browser.SubmitAsync(page, $"{path}/decline", ("comment", new string('x', 1001)))).Status.ShouldBe(
                HttpStatusCode.BadRequest
            );
            (await browser.SubmitAsync(page, $"{path}/decline", ("comment", typed))).Location.ShouldBe(path);

            fixture.Offers.Done.Where(done => done.OfferId == key.OfferId).ShouldHaveSingleItem().With.ShouldBe(kept);
        }
    }

    [Fact]
    public async Task Withdrawing_has_a_step_to_confirm_it_and_takes_a_code()
    {
        var key = Browser.NewOffer(fixture, Samples.Accepted);
        var path = $"/loan-offers/{key.OfferId}";
        await browser.OpenAsync(key);
        var page = await browser.GetAsync($"{path}/withdraw");
        page.Text.ShouldContain("Confirm withdrawal");

        (await browser.SubmitAsync(page, $"{path}/withdraw", ("code", ""))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.SubmitAsync(page, $"{path}/withdraw", ("code", "123456"))).Location.ShouldBe(path);

        var done = fixture.Offers.Done.Where(one => one.OfferId == key.OfferId).ShouldHaveSingleItem();
        done.What.ShouldBe("withdraw");
        ((OfferCode)done.With!).Digits.ShouldBe("123456");
    }
}
