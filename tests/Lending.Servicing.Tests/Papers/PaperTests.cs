using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Servicing.Tests.Papers;

/// <summary>Statements and plans, as JSON and on paper. The loan is of 1,000.00 at 6 % in twelve instalments, paid out on 1 January 2026.</summary>
public sealed class PaperTests(ServicingFixture fixture)
{
    private static readonly string[] Papers = ["statement?from=2026-01-01&to=2026-06-15", "interest-statement?year=2026", "repayment-plan"];

    private readonly Guid organization = Unique.Id();
    private readonly Guid customer = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task A_statement_on_paper_says_what_its_json_says()
    {
        var id = await LiveAsync();
        var path = $"/loan-accounts/{id}/{Papers[0]}";
        var statement = (await Staff.GetAsync(path, HttpStatusCode.OK)).Json;

        var (german, pdf) = await PdfAsync(Staff, path, "de-AT, en;q=0.5");
        var (english, other) = await PdfAsync(Staff, path, "en");

        german.Content.Headers.ContentLanguage.ShouldBe(["de"]);
        german.Content.Headers.ContentDisposition!.FileName.ShouldBe($"statement-{id}-de.pdf");
        english.Content.Headers.ContentLanguage.ShouldBe(["en"]);
        var words = PdfReader.Words(pdf);
        words.ShouldContain("Kontoauszug");
        words.ShouldContain("01.01.2026 bis 15.06.2026");
        words.ShouldContain("Sonnendach Finanz GmbH");
        words.ShouldContain("Jürgen Großmann");
        words.ShouldContain("Rücklastschrift");
        words.ShouldNotContain("□");
        PdfReader.Words(other).ShouldContain("1 January 2026 to 15 June 2026");
        foreach (var line in statement.GetProperty("lines").EnumerateArray())
        {
            words.ShouldContain(German(Math.Abs(line.GetProperty("amount").GetDecimal())));
            words.ShouldContain(German(line.GetProperty("balance").GetDecimal()));
        }
        words.ShouldContain(German(statement.GetProperty("closing").GetDecimal()) + " €");
    }

    [Theory]
    [InlineData(0, "Account statement", "1 January 2026 to 15 June 2026")]
    [InlineData(1, "Interest statement 2026", "1 January 2026 to 15 June 2026")]
    [InlineData(2, "Repayment plan", "As of 15 June 2026.")]
    public async Task Each_paper_is_written_in_English_for_who_reads_that(int paper, string title, string date)
    {
        var id = await LiveAsync();

        var (response, pdf) = await PdfAsync(Staff, $"/loan-accounts/{id}/{Papers[paper]}", "en");

        response.Content.Headers.ContentLanguage.ShouldBe(["en"]);
        var words = PdfReader.Words(pdf);
        words.ShouldContain(title);
        words.ShouldContain(date);
        words.ShouldNotContain("□");
    }

    [Fact]
    public async Task A_statement_of_a_long_period_goes_over_pages_and_one_of_nothing_says_so()
    {
        var id = await LiveAsync();
        for (var number = 0; number < 60; number++)
        {
            await PayAsync(id, "2026-05-20", 0.01m);
        }

        var (_, pdf) = await PdfAsync(Staff, $"/loan-accounts/{id}/statement?from=2026-05-20&to=2026-05-20", "en");
        var (_, empty) = await PdfAsync(Staff, $"/loan-accounts/{id}/statement?from=2025-12-01&to=2025-12-31", "en");

        var pages = PdfReader.Pages(pdf);
        pages.Count.ShouldBeGreaterThan(1);
        pages[1].ShouldContain($"Page 2 of {pages.Count}");
        pages[1].ShouldContain("You owe less", customMessage: "the header of the table stands on each page");
        PdfReader.Words(empty).ShouldContain("Nothing was booked in this period.");
    }

    [Fact]
    public async Task The_address_stands_where_a_window_envelope_shows_it()
    {
        var id = await LiveAsync();

        var (_, pdf) = await PdfAsync(Staff, $"/loan-accounts/{id}/repayment-plan", "de");

        // DIN 5008, form B: 20 to 105 mm from the left, 45 to 90 mm from the top.
        const double Millimetre = 72 / 25.4;
        foreach (var text in (string[])["Großmann", "Rosenweg", "München"])
        {
            var word = PdfReader.Places(pdf).Single(word => word.Text == text);
            word.Page.ShouldBe(1);
            word.Left.ShouldBeGreaterThan(19 * Millimetre);
            word.Right.ShouldBeLessThan(105 * Millimetre);
            word.Top.ShouldBeGreaterThan(45 * Millimetre);
            word.Bottom.ShouldBeLessThan(90 * Millimetre);
        }
    }

    [Fact]
    public async Task A_year_of_interest_adds_up()
    {
        var id = await LiveAsync();
        var path = $"/loan-accounts/{id}/{Papers[1]}";

        var year = (await Staff.GetAsync(path, HttpStatusCode.OK)).Json;
        var (_, pdf) = await PdfAsync(Staff, path, "de");

        var rows = year.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("kind").GetString()!);
        rows.Keys.ShouldBe(["PRINCIPAL", "INTEREST", "DEFAULT_INTEREST", "CHARGES"]);
        foreach (var row in rows.Values)
        {
            (Of(row, "opening") + Of(row, "charged") - Of(row, "paid") - Of(row, "givenUp")).ShouldBe(Of(row, "closing"));
        }
        Of(rows["PRINCIPAL"], "charged").ShouldBe(1_000);
        Of(rows["CHARGES"], "charged").ShouldBe(3.50m);
        Of(rows["INTEREST"], "paid").ShouldBeGreaterThan(5);
        year.GetProperty("to").GetString().ShouldBe("2026-06-15", "this year tells until today");
        var state = (await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-06-15", HttpStatusCode.OK)).Json.GetProperty("state");
        Of(rows["PRINCIPAL"], "closing").ShouldBe(state.GetProperty("principalOutstanding").GetDecimal());
        Of(rows["INTEREST"], "closing").ShouldBe(state.GetProperty("interestDue").GetDecimal());
        // It is booked at the end of a month, or when it is paid.
        var atMonthEnd = (await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-05-31", HttpStatusCode.OK)).Json.GetProperty("state");
        Of(rows["DEFAULT_INTEREST"], "closing").ShouldBe(atMonthEnd.GetProperty("defaultInterest").GetDecimal());
        Of(year, "interestPaid").ShouldBe(Of(rows["INTEREST"], "paid") + Of(rows["DEFAULT_INTEREST"], "paid"));
        var words = PdfReader.Words(pdf);
        words.ShouldContain("Zinsbescheinigung 2026");
        words.ShouldContain(German(Of(year, "interestPaid")) + " €");
        (await Staff.SendAsync("GET", $"/loan-accounts/{id}/interest-statement?year=2027")).WrongFields.ShouldBe(["year"]);
        var before = (await Staff.GetAsync($"/loan-accounts/{id}/interest-statement", HttpStatusCode.OK)).Json;
        before.GetProperty("year").GetInt32().ShouldBe(2025);
        before.GetProperty("interestPaid").GetDecimal().ShouldBe(0);
    }

    [Fact]
    public async Task The_years_that_have_statements_are_listed_from_the_first_payout_on()
    {
        var offer = fixture.Accepted(customer, new DateOnly(2025, 12, 22));
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        var path = $"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId)}/statements";
        (await YearsAsync()).ShouldBeEmpty();
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        (await YearsAsync()).ShouldBe([(2026, "2026-01-01", "2026-06-15", false), (2025, "2025-01-01", "2025-12-31", true)]);
        var stranger = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));
        (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

        async Task<List<(int, string?, string?, bool)>> YearsAsync() =>
            [
                .. (await fixture.Host.ClientFor(Persons.Customer(organization, customer)).GetAsync(path, HttpStatusCode.OK))
                    .Json.GetProperty("years")
                    .EnumerateArray()
                    .Select(year =>
                        (
                            year.GetProperty("year").GetInt32(),
                            year.GetProperty("from").GetString(),
                            year.GetProperty("to").GetString(),
                            year.GetProperty("isOver").GetBoolean()
                        )
                    ),
            ];
    }

    [Fact]
    public async Task A_plan_splits_each_instalment()
    {
        var id = await LiveAsync();
        var path = $"/loan-accounts/{id}/{Papers[2]}";

        var plan = (await Staff.GetAsync(path, HttpStatusCode.OK)).Json;
        var (_, pdf) = await PdfAsync(Staff, path, "de");

        var rows = plan.GetProperty("instalments").EnumerateArray().ToList();
        rows.Count.ShouldBe(12);
        rows.ShouldAllBe(row => Of(row, "principal") + Of(row, "interest") + Of(row, "otherCosts") == Of(row, "amount"));
        rows.Sum(row => Of(row, "principal")).ShouldBe(1_000);
        Of(rows[^1], "principalAfter").ShouldBe(0);
        Of(rows[0], "paid").ShouldBe(86.07m);
        var words = PdfReader.Words(pdf);
        words.ShouldContain("Tilgungsplan");
        words.ShouldContain("§ 492 Abs. 3 BGB");
        words.ShouldContain("6,00 %");
        foreach (var row in rows)
        {
            words.ShouldContain(
                DateOnly
                    .Parse(row.GetProperty("dueOn").GetString()!, CultureInfo.InvariantCulture)
                    .ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)
            );
            words.ShouldContain(German(Of(row, "principalAfter")));
        }
    }

    [Fact]
    public async Task Customers_get_their_own_papers_alone()
    {
        var id = await LiveAsync();
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer));
        var other = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        foreach (var paper in Papers)
        {
            var path = $"/loan-accounts/{id}/{paper}";
            await own.GetAsync(path, HttpStatusCode.OK);
            PdfReader.Words((await PdfAsync(own, path, "de")).Pdf).ShouldContain("Jürgen Großmann");
            (await other.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task Papers_of_somebody_who_was_erased_name_nobody()
    {
        var id = await LiveAsync();
        fixture.Erased[customer] = true;

        var (_, pdf) = await PdfAsync(Staff, $"/loan-accounts/{id}/{Papers[0]}", "de");

        PdfReader.Words(pdf).ShouldNotContain("Großmann");
        PdfReader.Words(pdf).ShouldContain($"{id}");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("application/pdf;q=0.1, application/json")]
    [InlineData("application/pdf;q=0")]
    public async Task Who_does_not_like_pdf_best_gets_json(string accept)
    {
        var id = await LiveAsync();

        using var response = await SendAsync(Staff, $"/loan-accounts/{id}/repayment-plan", accept, "en");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    // A payment in time, one that comes back, a fee, and one that is late.
    private async Task<Guid> LiveAsync()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        await PayAsync(id, "2026-02-01", 86.07m);
        var returned = await PayAsync(id, "2026-03-01", 86.07m);
        await Staff.PostAsync(
            $"/loan-events/{returned}/returns",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-06",
                amount = 86.07,
            },
            HttpStatusCode.OK
        );
        await Staff.PostAsync(
            $"/loan-accounts/{id}/charges",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-06",
                amount = 3.5,
                kind = "FEE",
            },
            HttpStatusCode.OK
        );
        await PayAsync(id, "2026-04-20", 260);
        return id;
    }

    private async Task<Guid> PayAsync(Guid id, string on, decimal amount)
    {
        var payment = new
        {
            eventId = Unique.Id(),
            effectiveOn = on,
            amount,
        };
        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        return payment.eventId;
    }

    private static async Task<(HttpResponseMessage Response, byte[] Pdf)> PdfAsync(HttpClient client, string path, string language)
    {
        var response = await SendAsync(client, path, "application/pdf", language);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        return (response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string accept, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}");
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static decimal Of(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static string German(decimal amount) =>
        amount.ToString("N2", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });
}
