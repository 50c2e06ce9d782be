using System.Globalization;
using System.Net;
using System.Text;
using Lending.Testing;

namespace Lending.Servicing.Tests.LedgerExports;

/// <summary>What leaves the journal in files is what stands in it, to the cent.</summary>
public sealed class LedgerExportTests(ServicingFixture fixture)
{
    private const string Year = "from=2026-01-01&to=2026-06-15";

    private readonly Guid organization = Unique.Id();

    private HttpClient Administrator => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task A_file_for_Datev_books_on_each_account_what_the_journal_says()
    {
        await LiveAsync();
        await SetAsync(new { consultantNumber = 29098, clientNumber = 55003 });

        var file = await DatevAsync(Year);

        var lines = file.Split("\r\n");
        lines[^1].ShouldBe("", "each line ends with CR LF");
        file.Replace("\r\n", "").ShouldNotContain('\n');
        var header = lines[0].Split(';');
        header.Length.ShouldBe(31);
        string.Join(';', header[..5]).ShouldBe("\"EXTF\";700;21;\"Buchungsstapel\";9");
        string.Join(';', header[10..16]).ShouldBe("29098;55003;20260101;4;20260101;20260615");
        header[21].ShouldBe("\"EUR\"");
        var columns = lines[1].Split(';');
        columns.Length.ShouldBe(120);
        columns[7].ShouldBe("Gegenkonto (ohne BU-Schlüssel)");
        var rows = lines[2..^1].Select(line => line.Split(';')).ToList();
        rows.ShouldAllBe(row => row.Length == 120 && row[1] == "\"S\"" && row[0].Contains(','));
        rows.Select(row => row[13]).ShouldContain("\"Zahlung\"");
        rows.First(row => row[13] == "\"Auszahlung\"")[9].ShouldBe("0101");
        var booked = new Dictionary<string, decimal>();
        foreach (var row in rows)
        {
            var amount = decimal.Parse(row[0], CultureInfo.GetCultureInfo("de-DE"));
            amount.ShouldBeGreaterThan(0);
            booked[row[6]] = booked.GetValueOrDefault(row[6]) + amount;
            booked[row[7]] = booked.GetValueOrDefault(row[7]) - amount;
        }
        var numbers = await NumbersAsync();
        booked
            .Where(pair => pair.Value != 0)
            .OrderBy(pair => pair.Key)
            .ShouldBe(
                (await JournalAsync())
                    .Where(pair => pair.Value != 0)
                    .Select(pair => KeyValuePair.Create(numbers[pair.Key], pair.Value))
                    .OrderBy(pair => pair.Key)
            );
    }

    [Fact]
    public async Task A_file_for_Datev_is_in_Windows_1252()
    {
        await LiveAsync();
        await SetAsync(new { consultantNumber = 1001, clientNumber = 1 });

        var bytes = await Administrator.GetByteArrayAsync($"/api/v1/ledger-exports/datev?{Year}", TestContext.Current.CancellationToken);

        bytes[0].ShouldBe((byte)'"', "no byte order mark");
        bytes.AsSpan().IndexOf("BU-Schl\u00FCssel"u8).ShouldBe(-1, "not in UTF-8");
        byte[] expected = [.. "BU-Schl"u8, 0xFC, .. "ssel"u8];
        bytes.AsSpan().IndexOf(expected).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Csv_has_a_line_for_each_line_of_an_entry()
    {
        await LiveAsync();

        var rows = await CsvAsync(Year);

        rows.GroupBy(row => row["account"])
            .ToDictionary(group => group.Key, group => group.Sum(Amount))
            .Where(pair => pair.Value != 0)
            .OrderBy(pair => pair.Key)
            .ShouldBe((await JournalAsync()).Where(pair => pair.Value != 0).OrderBy(pair => pair.Key));
        rows.GroupBy(row => row["entryId"]).ShouldAllBe(entry => entry.Sum(Amount) == 0);
        rows.First(row => row["cause"] == "payment" && row["account"] == "Principal")["number"].ShouldBe("1550");
        rows.ShouldAllBe(row => row["currency"] == "EUR");
    }

    [Fact]
    public async Task Csv_runs_no_formula_and_goes_over_pages()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await fixture.ScalarAsync(
            $"""
            WITH posted AS (
                INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, posted_with, created_at)
                SELECT gen_random_uuid(), organization_id, loan_account_id, '=1+1', '2026-03-01', id, recorded_at
                FROM servicing.loan_events, generate_series(1, 2100) WHERE loan_account_id = '{id}'
                RETURNING id, organization_id
            )
            INSERT INTO servicing.journal_lines (journal_entry_id, account, organization_id, amount)
            SELECT id, account, organization_id, amount FROM posted, (VALUES ('Principal', 1.00), ('ClearingOut', -1.00)) AS lines (account, amount)
            """
        );

        var answer = await Administrator.GetAsync("/ledger-exports/csv?from=2026-03-01&to=2026-03-01", HttpStatusCode.OK);

        answer.ContentType.ShouldBe("text/csv");
        answer.Text.ShouldContain("'=1+1");
        answer.Text.ShouldNotContain(",=1+1");
        // Interest that was due on the day stands there, too.
        var rows = Parse(answer.Text).Where(row => row["key"].Contains("=1+1")).ToList();
        rows.Count.ShouldBe(4_200);
        rows.Select(row => row["entryId"]).Distinct().Count().ShouldBe(2_100);
        rows.Sum(Amount).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_posted_since_an_export_is_exactly_what_that_one_lacks()
    {
        var id = await LiveAsync();
        var known = Uri.EscapeDataString(fixture.Host.Clock.GetUtcNow().ToString("O"));
        var first = await CsvAsync($"{Year}&knownAt={known}");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await PayAsync(id, "2026-03-01", 10);

        var rest = await CsvAsync($"{Year}&knownSince={known}");
        var all = await CsvAsync(Year);

        (await CsvAsync($"{Year}&knownAt={known}")).Select(Line).ShouldBe(first.Select(Line), "what was known is answered for ever");
        rest.ShouldNotBeEmpty();
        first.Concat(rest).Select(Line).Order().ShouldBe(all.Select(Line).Order());

        static string Line(Dictionary<string, string> row) => string.Join(',', row.Values);
    }

    [Theory]
    [InlineData("2025-12-31")]
    [InlineData("2026-01-01")]
    [InlineData("2026-02-28")]
    [InlineData("2026-06-15")]
    public async Task A_trial_balance_is_zero_on_each_day(string day)
    {
        await LiveAsync();
        await fixture.DisbursedAccountAsync(organization);

        var balance = (await Administrator.GetAsync($"/trial-balance?asOf={day}", HttpStatusCode.OK)).Json;

        var currencies = balance.GetProperty("currencies").EnumerateArray().ToList();
        currencies.Count.ShouldBe(day == "2025-12-31" ? 0 : 1);
        foreach (var currency in currencies)
        {
            currency.GetProperty("balance").GetRawText().ShouldBe("0.00");
            currency.GetProperty("debit").GetDecimal().ShouldBe(currency.GetProperty("credit").GetDecimal());
            currency.GetProperty("debit").GetDecimal().ShouldBeGreaterThanOrEqualTo(2_000);
            var expected = (await JournalAsync(day)).OrderBy(pair => pair.Key).ToList();
            currency
                .GetProperty("accounts")
                .EnumerateArray()
                .Select(row =>
                    KeyValuePair.Create(Pascal(row.GetProperty("account").GetString()!), row.GetProperty("balance").GetDecimal())
                )
                .OrderBy(pair => pair.Key)
                .ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_trial_balance_of_what_was_known_never_changes()
    {
        var id = await LiveAsync();
        var known = Uri.EscapeDataString(fixture.Host.Clock.GetUtcNow().ToString("O"));
        var before = await Administrator.GetAsync($"/trial-balance?asOf=2026-06-15&knownAt={known}", HttpStatusCode.OK);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await PayAsync(id, "2026-02-02", 10);

        var then = await Administrator.GetAsync($"/trial-balance?asOf=2026-06-15&knownAt={known}", HttpStatusCode.OK);

        then.Text.ShouldBe(before.Text);
        (await Administrator.GetAsync("/trial-balance?asOf=2026-06-15", HttpStatusCode.OK)).Text.ShouldNotBe(before.Text);
    }

    [Fact]
    public async Task Accounts_have_the_numbers_that_were_set()
    {
        var usual = await NumbersAsync();
        usual["Principal"].ShouldBe("1550");

        var set = await SetAsync(
            new
            {
                consultantNumber = 29098,
                clientNumber = 55003,
                fiscalYearStartMonth = 4,
                accounts = new[] { new { account = "PRINCIPAL", number = "1501" } },
            }
        );

        set.Json.GetProperty("fiscalYearStartMonth").GetInt32().ShouldBe(4);
        (await NumbersAsync())["Principal"].ShouldBe("1501");
        (await NumbersAsync())["InterestDue"].ShouldBe(usual["InterestDue"]);
        await LiveAsync();
        (await DatevAsync("from=2026-01-01&to=2026-03-31")).ShouldContain(";1501;");
        (await Administrator.SendAsync("GET", $"/ledger-exports/datev?{Year}")).WrongFields.ShouldBe(["to"], "April begins another year");
    }

    [Theory]
    [InlineData("""{"clientNumber":1}""", "consultantNumber")]
    [InlineData("""{"consultantNumber":1000,"clientNumber":1}""", "consultantNumber")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":0}""", "clientNumber")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"fiscalYearStartMonth":13}""", "fiscalYearStartMonth")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"accountLength":5}""", "accounts")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"accounts":[{"account":"LOSS","number":"24"}]}""", "accounts")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"accounts":[{"account":"LOSS","number":"1550"}]}""", "accounts")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"accounts":[{"account":"LOSS","number":"=1+1"}]}""", "accounts")]
    [InlineData("""{"consultantNumber":1001,"clientNumber":1,"accounts":[null]}""", "accounts")]
    public async Task Settings_that_cannot_be_are_refused(string body, string field)
    {
        var answer = await Administrator.SendAsync("PUT", "/ledger-exports/settings", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.WrongFields.ShouldContain(field);
    }

    [Fact]
    public async Task Without_the_tax_advisers_number_there_is_no_file_for_Datev()
    {
        (await Administrator.SendAsync("GET", $"/ledger-exports/datev?{Year}")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "ledger-settings-missing"
        );
    }

    [Theory]
    [InlineData("to=2026-01-31", "from")]
    [InlineData("from=2026-01-31&to=2026-01-01", "to")]
    [InlineData("from=2026-01-01&to=2027-01-02", "to")]
    [InlineData("from=2026-01-01&to=2026-01-31&knownAt=2099-01-01T00:00:00Z", "knownAt")]
    public async Task Periods_that_cannot_be_are_refused(string query, string field)
    {
        foreach (var format in (string[])["csv", "datev"])
        {
            var answer = await Administrator.SendAsync("GET", $"/ledger-exports/{format}?{query}");

            answer.Status.ShouldBe(HttpStatusCode.BadRequest);
            answer.WrongFields.ShouldBe([field]);
        }
    }

    [Theory]
    [InlineData("KWD")]
    [InlineData("XYZ")]
    public async Task Datev_takes_currencies_with_cents_alone(string currency)
    {
        (await Administrator.SendAsync("GET", $"/ledger-exports/datev?{Year}&currency={currency}")).WrongFields.ShouldBe(["currency"]);
    }

    [Fact]
    public async Task Administrators_alone_read_the_ledger_and_only_that_of_their_organisation()
    {
        await LiveAsync();
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));
        foreach (
            var person in (AccessTokenSubject[])
                [Persons.Installer(organization), Persons.Underwriter(organization), Persons.Customer(organization, Unique.Id())]
        )
        {
            var client = fixture.Host.ClientFor(person);
            foreach (
                var path in (string[])
                    ["/trial-balance", $"/ledger-exports/csv?{Year}", $"/ledger-exports/datev?{Year}", "/ledger-exports/settings"]
            )
            {
                (await client.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            }
        }

        Parse((await stranger.GetAsync($"/ledger-exports/csv?{Year}", HttpStatusCode.OK)).Text).ShouldBeEmpty();
        (await stranger.GetAsync("/trial-balance", HttpStatusCode.OK)).Json.GetProperty("currencies").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void The_page_for_the_accountant_lists_the_usual_numbers()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "servicing.md"));
        foreach (var (account, number) in Servicing.LedgerExports.ChartNumbers.Usual)
        {
            page.ShouldContain($"| {account} | {number} |");
        }

        static string Root()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Lending.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }
            return folder;
        }
    }

    // A payout, a payment in time, one that is late and comes back, a fee: entries of two, three and more lines.
    private async Task<Guid> LiveAsync()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(id, "2026-02-01", 86.07m);
        var late = await PayAsync(id, "2026-03-20", 500);
        await Administrator.PostAsync(
            $"/loan-events/{late}/returns",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-25",
                amount = 500,
            },
            HttpStatusCode.OK
        );
        await Administrator.PostAsync(
            $"/loan-accounts/{id}/charges",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-25",
                amount = 3.5,
                kind = "FEE",
            },
            HttpStatusCode.OK
        );
        await PayAsync(id, "2026-05-05", 300);
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
        await Administrator.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        return payment.eventId;
    }

    private Task<Answer> SetAsync(object settings) =>
        Administrator.ExpectAsync("PUT", "/ledger-exports/settings", settings, HttpStatusCode.OK);

    private async Task<string> DatevAsync(string query) =>
        CodePagesEncodingProvider
            .Instance.GetEncoding(1252)!
            .GetString(
                await Administrator.GetByteArrayAsync($"/api/v1/ledger-exports/datev?{query}", TestContext.Current.CancellationToken)
            );

    private async Task<List<Dictionary<string, string>>> CsvAsync(string query) =>
        Parse((await Administrator.GetAsync($"/ledger-exports/csv?{query}", HttpStatusCode.OK)).Text);

    private static List<Dictionary<string, string>> Parse(string csv)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static decimal Amount(Dictionary<string, string> row) => Of(row["debit"]) - Of(row["credit"]);

    private static decimal Of(string amount) => amount.Length == 0 ? 0 : decimal.Parse(amount, CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, string>> NumbersAsync() =>
        (await Administrator.GetAsync("/ledger-exports/settings", HttpStatusCode.OK))
            .Json.GetProperty("accounts")
            .EnumerateArray()
            .ToDictionary(row => Pascal(row.GetProperty("account").GetString()!), row => row.GetProperty("number").GetString()!);

    // As the database has it, past the module.
    private async Task<Dictionary<string, decimal>> JournalAsync(string until = "2026-06-15")
    {
        await using var command = fixture.Host.Database.CreateCommand(
            $"""
            SELECT account, sum(amount) FROM servicing.journal_lines JOIN servicing.journal_entries ON id = journal_entry_id
            WHERE servicing.journal_entries.organization_id = '{organization}' AND effective_on <= '{until}' GROUP BY account
            """
        );
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var sums = new Dictionary<string, decimal>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            sums[reader.GetString(0)] = reader.GetDecimal(1);
        }
        return sums;
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => word[0] + word[1..].ToLowerInvariant()));
}
