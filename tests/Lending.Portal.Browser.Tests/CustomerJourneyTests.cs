using System.Globalization;
using System.Net;
using System.Text;
using Lending.Testing;
using Microsoft.Playwright;

namespace Lending.Portal.Browser.Tests;

/// <summary>From the mail that asks for a document to the review of a decision, in a real browser: without scripts, and looked at with them, as axe is one.</summary>
public sealed class CustomerJourneyTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData(
        "en-GB",
        false,
        "something else than its name says",
        "Your file has arrived.",
        "instalment of up to",
        "a person looks at the refusal"
    )]
    [InlineData(
        "de-DE",
        true,
        "etwas anderes, als ihr Name sagt",
        "Ihre Datei ist angekommen.",
        "eine Rate bis",
        "ein Mensch die Ablehnung prüft"
    )]
    public async Task A_file_is_sent_and_a_decision_is_read_and_contested_also_without_scripts(
        string locale,
        bool hasScripts,
        string refused,
        string arrived,
        string wouldPass,
        string demanded
    )
    {
        var customer = await OfferByMail.NewAsync(fixture);
        var asked = new
        {
            customerId = customer.CustomerId,
            kind = "PAYSLIP",
            note = "October",
        };
        await customer.Installer.PostAsync("/document-requests", asked, HttpStatusCode.Created);
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

    /// <summary>The application of somebody whose income leaves too little.</summary>
    private static async Task<Guid> RefusedAsync(OfferByMail customer)
    {
        var draft = await customer.Installer.PostAsync("/applications", new { customerId = customer.CustomerId }, HttpStatusCode.Created);
        var details = new
        {
            loanAmount = 20_000,
            annualRatePercent = 6.9,
            termMonths = 120,
            adults = 1,
            cars = 1,
            housing = new { amount = 700 },
            existingInstalments = new { amount = 180 },
            first = new
            {
                employment = "PERMANENT",
                employmentMonths = 36,
                netIncome = new
                {
                    amount = 2_100,
                    source = "PAYSLIP",
                    evidence = "october.pdf",
                },
            },
        };
        await customer.Installer.ExpectAsync("PATCH", $"/applications/{draft.Id}", details, HttpStatusCode.OK);
        await customer.Installer.PostAsync($"/applications/{draft.Id}/submit", null, HttpStatusCode.OK);
        // Submitting has it decided on, sooner or later; who asks for it waits for that.
        await customer.Installer.SendAsync("POST", $"/applications/{draft.Id}/assess");
        await customer.MailAsync(text =>
            text.Contains("70.00 EUR", StringComparison.Ordinal) || text.Contains("70,00 EUR", StringComparison.Ordinal)
        );
        return draft.Id;
    }

    // The smallest thing that is a PDF file.
    private static FilePayload Payslip(string name)
    {
        StringBuilder text = new("%PDF-1.4\n");
        List<int> starts = [];
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ];
        foreach (var (index, one) in objects.Index())
        {
            starts.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{one}\nendobj\n");
        }
        var table = text.Length;
        text.Append("xref\n0 4\n0000000000 65535 f \n");
        starts.ForEach(start => text.Append(CultureInfo.InvariantCulture, $"{start:D10} 00000 n \n"));
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return new FilePayload
        {
            Name = name,
            // Browsers go by the name.
            MimeType = name.EndsWith("pdf", StringComparison.Ordinal) ? "application/pdf" : "image/jpeg",
            Buffer = Encoding.ASCII.GetBytes(text.ToString()),
        };
    }
}
