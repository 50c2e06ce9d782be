using Microsoft.Playwright;

namespace Lending.Portal.Browser.Tests;

/// <summary>From the mail to the receipt in a real browser: without scripts, with the keyboard alone, on a narrow screen, for everybody.</summary>
public sealed class JourneyTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData("en-GB", "Accept the offer", "Send the code", "Accept, binding", "You accepted this offer")]
    [InlineData("de-DE", "Angebot annehmen", "Code senden", "Verbindlich annehmen", "Sie haben dieses Angebot")]
    public async Task Without_scripts_it_is_accepted_and_withdrawn_from(
        string locale,
        string answer,
        string send,
        string accept,
        string words
    )
    {
        var offer = await OfferByMail.NewAsync(fixture);
        await using var visit = await Visit.StartAsync(fixture, locale, hasScripts: false);
        var page = visit.Page;

        await page.GotoAsync(offer.Link);
        page.Url.ShouldNotContain("token");
        await page.GetByRole(AriaRole.Link, new() { Name = answer }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = send }).ClickAsync();
        await page.Locator("#name").FillAsync("Jürgen Groß");
        await page.Locator("#code").FillAsync(await offer.CodeAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = accept }).ClickAsync();

        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldContain(words);
        (await offer.StatusAsync()).ShouldBe("ACCEPTED");

        // The same link, another day, in another browser.
        await using var later = await Visit.StartAsync(fixture, locale, hasScripts: false);
        page = later.Page;
        await page.GotoAsync(offer.Link);
        await page.Locator("a[href$='/withdraw']").ClickAsync();
        await page.Locator("form[action$='/code'] button").ClickAsync();
        await page.Locator("#code").FillAsync(await offer.CodeAsync(numberOfMail: 2));
        await page.Locator("form[action$='/withdraw'] button").ClickAsync();

        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldNotBeEmpty();
        (await offer.StatusAsync()).ShouldBe("WITHDRAWN");
        await offer.MailAsync(text => text.Contains(offer.Id.ToString(), StringComparison.Ordinal) && Receipt(text));
        visit.Complaints.ShouldBeEmpty();
        later.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public async Task With_the_keyboard_alone_it_is_accepted_and_withdrawn_from(string locale)
    {
        var offer = await OfferByMail.NewAsync(fixture);
        await using var visit = await Visit.StartAsync(fixture, locale);
        var page = visit.Page;
        await page.GotoAsync(offer.Link);

        await visit.TabToAsync("a.skip");
        await visit.TabToAsync("summary");
        await page.Keyboard.PressAsync("Enter");
        (await page.Locator("details").GetAttributeAsync("open")).ShouldNotBeNull();
        await visit.TabToAsync("a[href$='/accept']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/accept");
        await visit.TabToAsync("form[action$='/code'] button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/accept?sent=1");
        await visit.TabToAsync("#name");
        await page.Keyboard.TypeAsync("Jürgen Groß");
        await visit.TabToAsync("#code");
        await page.Keyboard.TypeAsync(await offer.CodeAsync());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/loan-offers/{offer.Id}");

        (await offer.StatusAsync()).ShouldBe("ACCEPTED");

        await visit.TabToAsync("a[href$='/withdraw']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/withdraw");
        await visit.TabToAsync("form[action$='/code'] button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/withdraw?sent=1");
        await visit.TabToAsync("#code");
        await page.Keyboard.TypeAsync(await offer.CodeAsync(numberOfMail: 2));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/loan-offers/{offer.Id}");

        (await offer.StatusAsync()).ShouldBe("WITHDRAWN");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_keyboard_alone_it_is_declined()
    {
        var offer = await OfferByMail.NewAsync(fixture);
        await using var visit = await Visit.StartAsync(fixture, "de-DE");
        var page = visit.Page;
        await page.GotoAsync(offer.Link);

        await visit.TabToAsync("a[href$='/decline']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/decline");
        await visit.TabToAsync("form[action$='/decline'] button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/loan-offers/{offer.Id}");

        (await offer.StatusAsync()).ShouldBe("DECLINED");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_code_works_in_the_browser_that_asked_for_it_and_in_no_other()
    {
        var offer = await OfferByMail.NewAsync(fixture);
        await using var customer = await Visit.StartAsync(fixture, "en-GB");
        await customer.Page.GotoAsync(offer.Link);
        await customer.Page.GotoAsync(new Uri(fixture.Address, $"/loan-offers/{offer.Id}/accept").AbsoluteUri);
        await customer.Page.Locator("form[action$='/code'] button").ClickAsync();
        var code = await offer.CodeAsync();

        // Somebody who was forwarded the link, and was told the code.
        await using var other = await Visit.StartAsync(fixture, "en-GB");
        await other.Page.GotoAsync(offer.Link);
        await other.Page.GotoAsync(new Uri(fixture.Address, $"/loan-offers/{offer.Id}/accept").AbsoluteUri);
        await other.Page.Locator("#name").FillAsync("Somebody Else");
        await other.Page.Locator("#code").FillAsync(code);
        await other.Page.Locator("form[action$='/accept'] button").ClickAsync();

        (await other.Page.Locator("#code-wrong").InnerTextAsync()).ShouldContain("not the code");
        (await offer.StatusAsync()).ShouldBe("APPROVED");
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de-DE")]
    public async Task No_page_keeps_anybody_out_and_none_is_wider_than_a_small_screen(string locale)
    {
        var offer = await OfferByMail.NewAsync(fixture);
        await using var visit = await Visit.StartAsync(fixture, locale);
        var page = visit.Page;
        string Path(string below) => new Uri(fixture.Address, $"/loan-offers/{offer.Id}{below}").AbsoluteUri;

        await page.GotoAsync(fixture.Address.AbsoluteUri);
        await visit.LookAsync("home");
        await page.GotoAsync(Path(""));
        await visit.LookAsync("trouble");
        await page.GotoAsync(offer.Link);
        await visit.LookAsync("offer");
        await page.Locator("summary").ClickAsync();
        await visit.LookAsync("offer-table");
        await page.GotoAsync(Path("/information"));
        await visit.LookAsync("information");
        await page.GotoAsync(Path("/decline"));
        await visit.LookAsync("decline");
        await page.GotoAsync(Path("/accept"));
        await visit.LookAsync("accept");
        await page.Locator("form[action$='/accept'] button").ClickAsync();
        await visit.LookAsync("accept-wrong");
        await page.Locator("form[action$='/code'] button").ClickAsync();
        await visit.LookAsync("accept-sent");
        await page.Locator("#name").FillAsync("Jürgen Groß");
        await page.Locator("#code").FillAsync(await offer.CodeAsync());
        await page.Locator("form[action$='/accept'] button").ClickAsync();
        await visit.LookAsync("accepted");
        await page.Locator("a[href$='/withdraw']").ClickAsync();
        await visit.LookAsync("withdraw");
        await page.Locator("form[action$='/code'] button").ClickAsync();
        await page.Locator("#code").FillAsync(await offer.CodeAsync(numberOfMail: 2));
        await page.Locator("form[action$='/withdraw'] button").ClickAsync();
        await visit.LookAsync("withdrawn");

        var declined = await OfferByMail.NewAsync(fixture);
        await page.GotoAsync(declined.Link);
        await page.Locator("a[href$='/decline']").ClickAsync();
        await page.Locator("form[action$='/decline'] button").ClickAsync();
        await visit.LookAsync("declined");
        (await declined.StatusAsync()).ShouldBe("DECLINED");
        visit.Obstacles.ShouldBeEmpty();
        // What browsers complain about: a style that the policy forbids, a file that is not there. A refused form is one, too.
        visit.Complaints.ShouldAllBe(complaint => complaint.Contains("400 (Bad Request)") || complaint.Contains("404 (Not Found)"));
    }

    private static bool Receipt(string text) =>
        text.Contains("Your withdrawal arrived at", StringComparison.Ordinal)
        || text.Contains("Ihr Widerruf ist eingegangen", StringComparison.Ordinal);
}
