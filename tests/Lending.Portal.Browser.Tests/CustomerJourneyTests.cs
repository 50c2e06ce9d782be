using System.Net;
using Lending.Testing;
using Microsoft.Playwright;

namespace Lending.Portal.Browser.Tests;

/// <summary>From the mail that asks for a document to the review of a decision, in a real browser: without scripts, and looked at with them, as axe is one.</summary>
public sealed class CustomerJourneyTests(BrowserFixture fixture)
{
    private static readonly Dictionary<string, (string Refused, string Arrived, string WouldPass, string Demanded)> Words = new(
        StringComparer.Ordinal
    )
    {
        ["en-GB"] = ("something else than its name says", "Your file has arrived.", "instalment of up to", "a person looks at the refusal"),
        ["de-DE"] = ("etwas anderes, als ihr Name sagt", "Ihre Datei ist angekommen.", "eine Rate bis", "ein Mensch die Ablehnung prüft"),
    };

    [Theory]
    [InlineData("en-GB", false)]
    [InlineData("de-DE", false)]
    [InlineData("de-DE", true)]
    public async Task A_file_is_sent_and_a_decision_is_read_and_contested_also_without_scripts(string locale, bool hasScripts)
    {
        var (refused, arrived, wouldPass, demanded) = Words[locale];
        var customer = await OfferByMail.NewAsync(fixture);
        await AskForPayslipAsync(customer);
        var application = await RefusedAsync(customer);
        await using var visit = await Visit.StartAsync(fixture, locale, hasScripts);
        var page = visit.Page;

        await page.GotoAsync(await customer.LinkOfMailAsync("/customer-links/"));
        page.Url.ShouldNotContain("token");
        await LookAsync("customer-code");
        await page.Locator("form[action$='/code'] button").ClickAsync();
        await page.Locator("#code").FillAsync(await customer.CodeAsync());
        await page.Locator("form[action$='/open'] button").ClickAsync();
        await LookAsync("customer");
        await page.Locator("a[href*='/requests/']").ClickAsync();
        await page.Locator("#file").SetInputFilesAsync(Payslip("payslip.jpg"));
        await page.Locator("form[enctype] button").ClickAsync();
        (await page.Locator("#file-wrong").InnerTextAsync()).ShouldContain(refused);
        await LookAsync("customer-request-wrong");
        await page.Locator("#file").SetInputFilesAsync(Payslip("payslip.pdf"));
        await page.Locator("form[enctype] button").ClickAsync();
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldBe(arrived);
        await LookAsync("customer-request-sent");

        await page.Locator(".actions a").ClickAsync();
        await page.Locator("a[href*='/applications/']").ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain(wouldPass);
        await LookAsync("customer-decision");
        await page.Locator("a[href$='/review']").ClickAsync();
        await LookAsync("customer-review");
        await page.Locator("#comment").FillAsync("My other loan is repaid in March.");
        await page.Locator("form[action$='/review'] button").ClickAsync();
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldContain(demanded);

        (await customer.Installer.GetAsync($"/applications/{application}", HttpStatusCode.OK))["application.status"]
            .ShouldBe("REVIEW_REQUESTED");
        var documents = await customer.Installer.GetAsync($"/documents?customerId={customer.CustomerId}", HttpStatusCode.OK);
        documents.Json.GetProperty("items").EnumerateArray().Single().GetProperty("fileName").GetString().ShouldBe("payslip.pdf");
        visit.Obstacles.ShouldBeEmpty();
        // A refused form is one.
        visit.Complaints.ShouldAllBe(complaint => complaint.Contains("400 (Bad Request)"));

        Task LookAsync(string name) => hasScripts ? visit.LookAsync(name) : Task.CompletedTask;
    }

    [Fact]
    public async Task With_the_keyboard_alone_a_file_is_sent_and_a_decision_is_contested()
    {
        var customer = await OfferByMail.NewAsync(fixture);
        await AskForPayslipAsync(customer);
        var application = await RefusedAsync(customer);
        await using var visit = await Visit.StartAsync(fixture, "en-GB");
        var page = visit.Page;

        var link = await customer.LinkOfMailAsync("/customer-links/");
        var own = new Uri(link).GetLeftPart(UriPartial.Path);
        await page.GotoAsync(link);
        await GoAsync("form[action$='/code'] button", $"{own}?sent=1");
        await visit.TabToAsync("#code");
        await page.Keyboard.TypeAsync(await customer.CodeAsync());
        await GoAsync("form[action$='/open'] button", own);
        await GoAsync("a[href*='/requests/']", "**/requests/*");
        await visit.TabToAsync("#file");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(Payslip("payslip.pdf"));
        await GoAsync("form[enctype] button", "**/requests/*sent=1");
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldBe(Words["en-GB"].Arrived);

        await GoAsync(".actions a", own);
        await GoAsync("a[href*='/applications/']", "**/applications/*");
        await GoAsync("a[href$='/review']", "**/review");
        await visit.TabToAsync("#comment");
        await page.Keyboard.TypeAsync("My other loan is repaid in March.");
        await GoAsync("form[action$='/review'] button", $"{own}/applications/{application}");
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldContain(Words["en-GB"].Demanded);

        (await customer.Installer.GetAsync($"/applications/{application}", HttpStatusCode.OK))["application.status"]
            .ShouldBe("REVIEW_REQUESTED");
        visit.Complaints.ShouldBeEmpty();

        async Task GoAsync(string selector, string address)
        {
            await visit.TabToAsync(selector);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(address);
        }
    }

    private static Task<Answer> AskForPayslipAsync(OfferByMail customer)
    {
        var asked = new
        {
            customerId = customer.CustomerId,
            kind = "PAYSLIP",
            note = "October",
        };
        return customer.Installer.PostAsync("/document-requests", asked, HttpStatusCode.Created);
    }

    /// <summary>The application of somebody whose income leaves too little.</summary>
    private static async Task<Guid> RefusedAsync(OfferByMail customer)
    {
        var draft = await customer.Installer.PostAsync("/applications", new { customerId = customer.CustomerId }, HttpStatusCode.Created);
        await customer.Installer.ExpectAsync("PATCH", $"/applications/{draft.Id}", SampleBodies.Household(), HttpStatusCode.OK);
        await customer.Installer.PostAsync($"/applications/{draft.Id}/submit", null, HttpStatusCode.OK);
        // Submitting has it decided on, sooner or later; who asks for it waits for that.
        await customer.Installer.SendAsync("POST", $"/applications/{draft.Id}/assess");
        await customer.MailAsync(text =>
            text.Contains("70.00 EUR", StringComparison.Ordinal) || text.Contains("70,00 EUR", StringComparison.Ordinal)
        );
        return draft.Id;
    }

    private static FilePayload Payslip(string name) =>
        new()
        {
            Name = name,
            // Browsers go by the name.
            MimeType = name.EndsWith("pdf", StringComparison.Ordinal) ? "application/pdf" : "image/jpeg",
            Buffer = PdfFile.Of("October"),
        };
}
