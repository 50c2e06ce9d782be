using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Lending.Loans.Data;
using Lending.Loans.Documents;
using Lending.Loans.Tests.Offers;
using Lending.Loans.Tests.Products;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Tests.Documents;

public sealed class GetDocumentTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task Staff_and_the_customer_get_the_same_file_with_the_offers_figures()
    {
        var offer = await office.OfferAsync();

        var (response, pdf) = await DocumentAsync(office.Installer, offer);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        response.Content.Headers.ContentLength.ShouldBe(pdf.Length);
        response.Content.Headers.ContentLanguage.ShouldBe(["en"]);
        response.Content.Headers.ContentDisposition!.ToString().ShouldBe($"inline; filename=\"loan-offer-{offer["id"]}-v1-en.pdf\"");
        response.Headers.Vary.ShouldBe(["Accept-Language"]);
        response.Headers.ETag!.Tag.ShouldBe($"\"{offer["documentHash"]}-en\"");

        var words = PdfReader.Words(pdf);
        words.ShouldContain(offer["id"]!);
        words.ShouldContain("Solar GmbH");
        words.ShouldContain(office.Customer.FullName);
        words.ShouldContain(office.Customer.Email);
        words.ShouldContain("Sonnenallee 12 12045 Berlin DE");
        words.ShouldContain($"SHA-256 {offer["documentHash"]}");
        words.ShouldContain(Printed(offer["loanAmount"]));
        words.ShouldContain(Printed(offer["monthlyPayment"]));
        words.ShouldContain(Printed(offer["totalInterest"]));

        (await DocumentAsync(office.CustomerClient, offer)).Pdf.ShouldBe(pdf);
    }

    [Fact]
    public async Task An_offer_with_a_product_is_printed_with_its_name_fees_Aprc_method_and_validity()
    {
        var product = await office.ProductAsync(
            Catalogue
                .Solar()
                .With("method", "declining-balance")
                .With("interestOnlyMonths", 3)
                .With("rateSteps", JsonNode.Parse("""[{ "fromInstalment": 13, "annualRatePercent": 6.5 }]"""))
                .With(
                    "fees",
                    JsonNode.Parse("""{ "upfront": { "percent": 1 }, "financed": { "amount": 300 }, "monthly": { "amount": 1.5 } }""")
                )
                .With("dealerFeePercent", 2)
        );
        var terms = office.Terms(loanAmount: 12_000, termMonths: 48).With("productId", product.Id).With("payoutDate", "2027-01-11");
        terms.Remove("annualRatePercent");
        var offer = await office.OfferAsync(terms);

        var (response, pdf) = await DocumentAsync(office.CustomerClient, offer);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = PdfReader.Words(pdf);
        words.ShouldContain($"Product {product["name"]}");
        words.ShouldContain("Interest on the declining balance");
        words.ShouldContain("from instalment 13: 6.50%");
        words.ShouldContain("Fee added to the principal €300.00");
        words.ShouldContain($"Monthly fees {offer["termMonths"]} × €1.50");
        // pdftotext reads the two fees' names first, then their amounts.
        words.ShouldContain($"Dealer fee, contained in the principal {Printed(72m)} {Printed(offer["fees.dealer"])}");
        words.ShouldContain("Fee paid at the start €120.00");
        words.ShouldContain($"Principal to be repaid {Printed(offer["amountOwed"])}");
        words.ShouldContain("Total amount of credit €11,760.00");
        words.ShouldContain($"Total amount payable {Printed(offer["totalPayable"])}");
        var aprc = decimal.Round(offer.Json.GetProperty("aprcPercent").GetDecimal(), 1, MidpointRounding.AwayFromZero);
        words.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Annual percentage rate of charge (APRC) {aprc:0.0}%"));
        words.ShouldContain("the credit is paid out on 11 January 2027");
        // 14 days, not the 30 of offers without a product.
        words.ShouldContain("until the end of the 14th day");

        var german = PdfReader.Words((await DocumentAsync(office.CustomerClient, offer, language: "de")).Pdf);
        german.ShouldContain($"Produkt {product["name"]}");
        german.ShouldContain("Gebühr zu Beginn 120,00 €");
        german.ShouldContain("Mitfinanzierte Gebühr 300,00 €");
        german.ShouldContain($"Monatliche Gebühren {offer["termMonths"]} × 1,50 €");
        german.ShouldContain("Zu tilgender Betrag 12.300,00 €");
        german.ShouldContain("Nettodarlehensbetrag 11.760,00 €");
        german.ShouldContain($"Effektiver Jahreszins {aprc.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ',')} %");
    }

    [Fact]
    public async Task An_offer_that_was_made_before_the_Aprc_was_computed_is_printed_without_one()
    {
        var offer = await office.OfferAsync();
        await office.BehindTheApiAsync<LoansDbContext, int>(db =>
            db.Database.ExecuteSqlAsync($"UPDATE loans.offers SET aprc_percent = NULL WHERE id = {offer.Id}")
        );

        var (response, pdf) = await DocumentAsync(office.CustomerClient, offer);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = PdfReader.Words(pdf);
        words.ShouldContain("Annual percentage rate of charge (APRC) not computed");
        words.ShouldContain($"Total amount payable {Printed(offer["totalPayable"])}");
    }

    [Fact]
    public async Task The_reader_chooses_the_language()
    {
        var offer = await office.OfferAsync();

        var (response, pdf) = await DocumentAsync(office.CustomerClient, offer, language: "fr, de-AT;q=0.9, en;q=0.8");

        response.Content.Headers.ContentLanguage.ShouldBe(["de"]);
        response.Headers.ETag!.Tag.ShouldBe($"\"{offer["documentHash"]}-de\"");
        PdfReader.Words(pdf).ShouldContain("Darlehensangebot");
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de", "de")]
    [InlineData("DE-ch", "de")]
    [InlineData("den", "en")]
    [InlineData("*", "en")]
    [InlineData("fr", "en")]
    [InlineData("de;q=0", "en")]
    [InlineData("en;q=0.5, de;q=0.7", "de")]
    [InlineData("de;q=0.5, *;q=0.7", "en")]
    [InlineData("pl, de", "de")]
    [InlineData(";;q=1,,", "en")]
    public void The_best_liked_language_that_there_is_wins(string? acceptLanguage, string language) =>
        Wording.For(acceptLanguage).Language.ShouldBe(language);

    [Fact]
    public async Task What_the_client_has_is_not_sent_again()
    {
        var offer = await office.OfferAsync();
        var (first, _) = await DocumentAsync(office.Installer, offer);

        var (again, nothing) = await DocumentAsync(office.Installer, offer, ifNoneMatch: first.Headers.ETag);
        var (german, pdf) = await DocumentAsync(office.Installer, offer, language: "de", ifNoneMatch: first.Headers.ETag);

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        again.Headers.Vary.ShouldBe(["Accept-Language"]);
        nothing.ShouldBeEmpty();
        german.StatusCode.ShouldBe(HttpStatusCode.OK);
        pdf.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_earlier_version_keeps_its_bytes()
    {
        var offer = await office.OfferAsync();
        var (_, seen) = await DocumentAsync(office.CustomerClient, offer);
        var changed = await office.Installer.ExpectAsync("PATCH", PathOf(offer), """{"termMonths":20}""", HttpStatusCode.OK);

        // Reading the document is seeing the offer: so the change made a version of its own.
        changed["version"].ShouldBe("2");
        var (first, earlier) = await DocumentAsync(office.CustomerClient, offer, "?version=1");
        var (_, present) = await DocumentAsync(office.CustomerClient, offer);
        var (_, second) = await DocumentAsync(office.CustomerClient, offer, "?version=2");

        earlier.ShouldBe(seen);
        first.Headers.ETag!.Tag.ShouldBe($"\"{offer["documentHash"]}-en\"");
        present.ShouldBe(second);
        PdfReader.Words(present).ShouldContain($"SHA-256 {changed["documentHash"]}");
        PdfReader.Words(present).ShouldContain("20 months");
    }

    [Fact]
    public async Task Approval_and_acceptance_change_nothing_in_the_document()
    {
        var offer = await office.OfferAsync();
        var (_, before) = await DocumentAsync(office.Installer, offer);

        await office.Installer.ExpectAsync("POST", $"{PathOf(offer)}/approve", Steps.Decision(offer), HttpStatusCode.OK);

        (await DocumentAsync(office.Installer, offer)).Pdf.ShouldBe(before);
    }

    [Fact]
    public async Task Others_and_unknown_versions_get_nothing()
    {
        var offer = await office.OfferAsync();

        (await DocumentAsync(new Office(fixture).Installer, offer)).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await DocumentAsync(office.ClientOf(office.AddCustomer().Id), offer)).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await DocumentAsync(office.Anonymous, offer)).Response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var version in (string[])["0", "-1", "2", "2147483647"])
        {
            (await office.Installer.SendAsync("GET", $"{PathOf(offer)}/document?version={version}")).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
        (await office.Installer.SendAsync("GET", $"{PathOf(offer)}/document?version=first")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string PathOf(Answer offer) => $"/loan-offers/{offer["id"]}";

    private static string Printed(string? amount) => Printed(decimal.Parse(amount!, CultureInfo.InvariantCulture));

    private static string Printed(decimal amount) => amount.ToString("'€'#,##0.00", CultureInfo.InvariantCulture);

    private static async Task<(HttpResponseMessage Response, byte[] Pdf)> DocumentAsync(
        HttpClient client,
        Answer offer,
        string query = "",
        string? language = null,
        EntityTagHeaderValue? ifNoneMatch = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{PathOf(offer)}/document{query}");
        if (language is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }
        if (ifNoneMatch is not null)
        {
            request.Headers.IfNoneMatch.Add(ifNoneMatch);
        }
        var response = await client.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }
}
