using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Dunning;

/// <summary>It is 15 June 2026. Of a loan of 1,000.00 at 6 % in twelve instalments of 86.07, five are overdue: nothing was ever paid.</summary>
public sealed class DunningTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();
    private readonly Guid customer = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task A_letter_tells_all_that_is_overdue_and_is_kept_as_it_was_written()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var state = (await Staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");
        var total = 5 * 86.07m + state.GetProperty("defaultInterest").GetDecimal();

        var letter = await WriteAsync(Staff, id);

        letter.Json.GetProperty("level").GetInt32().ShouldBe(1);
        letter["payBy"].ShouldBe("2026-06-25");
        letter.Json.GetProperty("total").GetDecimal().ShouldBe(total);
        letter.Json.GetProperty("isNotice").GetBoolean().ShouldBeFalse();
        letter.Location!.ToString().ShouldBe($"/api/v1/dunning-letters/{letter.Id}");
        var written = await Staff.GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK);
        written["title"].ShouldBe("Zahlungserinnerung");
        written["text"]!.ShouldStartWith("Guten Tag Jürgen Großmann,\n\nam 15.06.2026");
        written["text"]!.ShouldContain($"{German(total)}\u00a0€");
        var pdf = await PdfAsync(Staff, letter.Id);
        var words = PdfReader.Words(pdf);
        words.ShouldContain("Rate, fällig am 01.02.2026 86,07");
        words.ShouldContain("Rate, fällig am 01.06.2026 86,07");
        words.ShouldContain($"Summe {German(total)}");
        words.ShouldNotContain("□");
        await PayAsync(Staff, id, "2026-06-15", 100);
        (await PdfAsync(Staff, letter.Id)).ShouldBe(pdf, "what was written does not change with the account");
    }

    [Fact]
    public async Task The_hash_is_of_what_the_letter_says()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var letter = await WriteAsync(Staff, id);

        var stored = await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                var db = services.GetRequiredService<Servicing.Data.ServicingDbContext>();
                return (await db.DunningLetters.FindAsync([letter.Id], TestContext.Current.CancellationToken))!.Content.Text;
            }
        );

        letter["documentHash"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(stored))));
        stored.ShouldContain("Rosenweg");
    }

    [Fact]
    public async Task A_letter_that_is_sent_twice_is_one_and_the_next_one_has_to_wait()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var other = await fixture.DisbursedAccountAsync(organization, customer);
        var first = await WriteAsync(Staff, id);

        var again = await Staff.PostAsync($"/loan-accounts/{id}/dunning-letters", new { letterId = first.Id }, HttpStatusCode.Created);

        again.Text.ShouldBe(first.Text);
        (await TryAsync(Staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "letter-too-young");
        (await Staff.SendAsync("POST", $"/loan-accounts/{other}/dunning-letters", new { letterId = first.Id })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "letter-id-taken"
        );
        var letters = (await Staff.GetAsync($"/loan-accounts/{id}/dunning-letters", HttpStatusCode.OK)).Json.GetProperty("items");
        letters.EnumerateArray().Select(row => row.GetProperty("id").GetGuid()).ShouldBe([first.Id]);
    }

    [Fact]
    public async Task Of_two_who_write_at_once_one_writes()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TryAsync(Staff, id)));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Code == "letter-too-young");
    }

    [Fact]
    public async Task Levels_follow_each_other_until_there_is_none_left()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, customer, host);

        (await WriteAsync(StaffOf(host), id)).Json.GetProperty("level").GetInt32().ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromDays(10));
        (await TryAsync(StaffOf(host), id)).ShouldBeProblem(HttpStatusCode.Conflict, "letter-too-young");
        host.Clock.Advance(TimeSpan.FromDays(5));
        var second = await WriteAsync(StaffOf(host), id);
        second.Json.GetProperty("level").GetInt32().ShouldBe(2);
        host.Clock.Advance(TimeSpan.FromDays(15));
        var notice = await WriteAsync(StaffOf(host), id);
        host.Clock.Advance(TimeSpan.FromDays(30));

        notice.Json.GetProperty("isNotice").GetBoolean().ShouldBeTrue();
        var text = (await StaffOf(host).GetAsync($"/dunning-letters/{notice.Id}", HttpStatusCode.OK))["text"]!;
        text.ShouldContain("innerhalb von zwei Wochen nach Zugang");
        text.ShouldContain("die gesamte Restschuld (§ 498 BGB)");
        text.ShouldContain("ein Gespräch");
        (await TryAsync(StaffOf(host), id)).ShouldBeProblem(HttpStatusCode.Conflict, "no-further-level");
    }

    [Fact]
    public async Task An_organisation_that_writes_in_English_does_so_and_one_that_does_not_to_who_chose_it_on_each_level()
    {
        fixture.Languages[organization] = "en";
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, customer, host);
        (string Title, string On, string PayBy)[] levels =
        [
            ("Payment reminder", "15 June 2026", "25 June 2026"),
            ("Dunning letter 2", "30 June 2026", "10 July 2026"),
            ("Last demand before your loan is called due", "15 July 2026", "2 August 2026"),
        ];

        foreach (var (title, on, payBy) in levels)
        {
            var letter = await WriteAsync(StaffOf(host), id);
            var written = await StaffOf(host).GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK);
            var total = letter.Json.GetProperty("total").GetDecimal().ToString("0.00", CultureInfo.InvariantCulture);
            // What belongs together stays on one line.
            var text = written["text"]!.Replace('\u00a0', ' ');
            var words = PdfReader.Words(await PdfAsync(StaffOf(host), letter.Id));

            // The next ones are English because the customer chose it.
            (fixture.Languages[organization], fixture.Languages[customer]) = ("de", "en");
            written["language"].ShouldBe("en");
            written["title"].ShouldBe(title);
            text.ShouldStartWith($"Dear Jürgen Großmann,\n\nOn {on}, €{total} are overdue on your loan account {id}.");
            text.ShouldContain($"Please pay this amount by {payBy} and");
            text.ShouldContain("default interest of five percentage points above the base rate a year (sections 288 and 497 BGB)");
            text.ShouldContain("This letter costs you nothing.");
            text.ShouldContain("independent debt advice free of charge");
            words.ShouldContain(title);
            words.ShouldContain("Dear Jürgen Großmann,");
            words.ShouldContain("Instalment due on 1 February 2026 86.07");
            words.ShouldContain($"Default interest until {on}");
            words.ShouldContain($"Total {total}");
            words.ShouldNotContain("□");
            if (letter.Json.GetProperty("isNotice").GetBoolean())
            {
                text.ShouldContain("within two weeks of receiving this letter");
                text.ShouldContain("the whole of what is left of the loan (section 498 BGB)");
                text.ShouldContain($"A payment that arrives by {payBy} is in time");
                text.ShouldContain("We offer you a conversation");
            }
            host.Clock.Advance(TimeSpan.FromDays(15));
        }
    }

    [Fact]
    public async Task Under_the_new_law_forbearance_is_offered_before_the_loan_is_threatened_to_be_called_due()
    {
        var id = await fixture.DisbursedAccountAsync(
            organization,
            customer,
            acceptedAt: new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)
        );
        await NoticeAloneAsync();
        var offer = new
        {
            offerId = Unique.Id(),
            kind = "DEFERRAL",
            offeredOn = "2026-06-14",
            months = 3,
        };
        var path = $"/loan-accounts/{id}/forbearance-offers";

        (await TryAsync(Staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "forbearance-missing");
        await Staff.PostAsync(path, offer, HttpStatusCode.Created);
        await Staff.PostAsync(path, offer, HttpStatusCode.Created);
        (await WriteAsync(Staff, id)).Json.GetProperty("isNotice").GetBoolean().ShouldBeTrue();

        var offers = (await Staff.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray().ToList();
        offers.Single().GetProperty("kind").GetString().ShouldBe("DEFERRAL");
        (
            await Staff.SendAsync(
                "POST",
                path,
                new
                {
                    offer.offerId,
                    kind = "LOWER_RATE",
                    offer.offeredOn,
                }
            )
        ).ShouldBeProblem(HttpStatusCode.Conflict, "offer-id-taken");
    }

    [Fact]
    public async Task A_loan_is_not_threatened_for_less_than_the_law_asks()
    {
        await NoticeAloneAsync();
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        // One instalment is left.
        await PayAsync(Staff, id, "2026-06-01", 4 * 86.07m);

        (await TryAsync(Staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "notice-not-allowed");
    }

    [Fact]
    public async Task Who_owes_nothing_or_only_for_a_short_time_gets_no_letter()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        await LevelsAsync([
            new
            {
                afterDays = 30,
                payWithinDays = 7,
                threatensCallingDue = false,
            },
        ]);
        // All but what is overdue for a fortnight.
        await PayAsync(Staff, id, "2026-06-01", 4 * 86.07m);

        (await TryAsync(Staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "too-early");
        await PayAsync(Staff, id, "2026-06-15", 300);
        (await TryAsync(Staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-overdue");
    }

    [Fact]
    public async Task Who_has_paid_what_letters_named_is_dunned_from_the_first_level_again()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, customer, host);
        await WriteAsync(StaffOf(host), id);
        await PayAsync(StaffOf(host), id, "2026-06-15", 500);
        host.Clock.Advance(TimeSpan.FromDays(60));

        (await WriteAsync(StaffOf(host), id)).Json.GetProperty("level").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_base_rate_stops_dunning_and_is_told_until_it_is_entered()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, customer, host);
        using var listener = new MeterListener();
        var stops = 0L;
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "lending.servicing.dunning.stops")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref stops, count));
        listener.Start();
        host.Clock.Advance(new DateTimeOffset(2027, 2, 15, 10, 0, 0, TimeSpan.Zero) - host.Clock.GetUtcNow());
        var (staff, platform) = (StaffOf(host), host.ClientFor(PlatformAdministrator));

        (await TryAsync(staff, id)).ShouldBeProblem(HttpStatusCode.Conflict, "base-rate-missing");
        Interlocked.Read(ref stops).ShouldBe(1);
        await platform.PostAsync("/base-rates", Rate("2027-01-01", 1.77m), HttpStatusCode.Created);
        var letter = await WriteAsync(staff, id);
        var state = (await staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");

        state.GetProperty("baseRateMissingFrom").ValueKind.ShouldBe(JsonValueKind.Null);
        letter.Json.GetProperty("total").GetDecimal().ShouldBeGreaterThan(12 * 86);
        (await staff.GetAsync("/base-rates", HttpStatusCode.OK))["knownUntil"].ShouldBe("2027-06-30");
    }

    [Fact]
    public async Task A_letter_is_sent_by_mail_where_that_is_wanted()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);

        var letter = await Staff.PostAsync(
            $"/loan-accounts/{id}/dunning-letters",
            new { letterId = Unique.Id(), sendsMail = true },
            HttpStatusCode.Created
        );

        letter.Json.GetProperty("isMailed").GetBoolean().ShouldBeTrue();
        var mail = fixture.Host.Messages.To($"{customer:N}@example.org").Single();
        mail.Kind.ShouldBe(MessageKind.Dunning);
        mail.CustomerId.ShouldBe(customer);
        var written = await Staff.GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK);
        foreach (var paragraph in (string[])["salutation", "demand", "consequence", "help"])
        {
            written["text"]!.ShouldContain(mail.Values[paragraph]);
        }
    }

    [Fact]
    public async Task Customers_read_their_own_letters_alone_and_others_write_none()
    {
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var letter = await WriteAsync(Staff, id);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer));
        var other = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));
        var stranger = fixture.Host.ClientFor(Persons.Underwriter(Unique.Id()));

        foreach (
            var path in (string[])
                [$"/dunning-letters/{letter.Id}", $"/loan-accounts/{id}/dunning-letters", $"/loan-accounts/{id}/forbearance-offers"]
        )
        {
            await own.GetAsync(path, HttpStatusCode.OK);
            (await other.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await PdfAsync(own, letter.Id)).Length.ShouldBeGreaterThan(1_000);
        (await TryAsync(own, id)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await TryAsync(fixture.Host.ClientFor(Persons.Installer(organization)), id)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await TryAsync(stranger, id)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"levels":[]}""")]
    [InlineData("""{"levels":[null]}""")]
    [InlineData("""{"levels":[{"afterDays":0,"payWithinDays":7}]}""")]
    [InlineData("""{"levels":[{"afterDays":5}]}""")]
    [InlineData("""{"levels":[{"afterDays":5,"payWithinDays":13,"threatensCallingDue":true}]}""")]
    [InlineData("""{"levels":[{"afterDays":5,"payWithinDays":14,"threatensCallingDue":true},{"afterDays":5,"payWithinDays":7}]}""")]
    public async Task Levels_that_cannot_be_are_refused(string body)
    {
        var answer = await fixture.Host.ClientFor(Persons.Administrator(organization)).SendAsync("PUT", "/dunning-levels", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.WrongFields.ShouldContain("levels");
    }

    [Theory]
    [InlineData("-0.01")]
    [InlineData("20.01")]
    [InlineData("0.005")]
    public async Task A_tolerance_is_a_small_amount_in_cents(string closingTolerance)
    {
        var body = $$"""{"levels":[{"afterDays":5,"payWithinDays":7}],"closingTolerance":{{closingTolerance}}}""";

        (await fixture.Host.ClientFor(Persons.Administrator(organization)).SendAsync("PUT", "/dunning-levels", body)).WrongFields.ShouldBe([
            "closingTolerance",
        ]);
    }

    [Fact]
    public async Task Levels_are_an_organisations_own()
    {
        await NoticeAloneAsync();

        var set = (await Staff.GetAsync("/dunning-levels", HttpStatusCode.OK)).Json;
        set.GetProperty("levels").GetArrayLength().ShouldBe(1);
        set.GetProperty("closingTolerance").GetDecimal().ShouldBe(0);
        var other = fixture.Host.ClientFor(Persons.Underwriter(Unique.Id()));
        (await other.GetAsync("/dunning-levels", HttpStatusCode.OK)).Json.GetProperty("levels").GetArrayLength().ShouldBe(3);
        (await other.SendAsync("PUT", "/dunning-levels", new { levels = Array.Empty<object>() })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    [Fact]
    public async Task Base_rates_are_entered_one_after_the_other_by_the_platform_alone()
    {
        await using var host = await fixture.StartAsync();
        var platform = host.ClientFor(PlatformAdministrator);
        var administrator = host.ClientFor(Persons.Administrator(organization));

        (await administrator.SendAsync("POST", "/base-rates", Rate("2027-01-01", 1))).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await platform.SendAsync("POST", "/base-rates", Rate("2027-07-01", 1))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "base-rate-not-next"
        );
        foreach (
            var (body, field) in ((object, string)[])
                [(Rate("2027-01-02", 1), "from"), (Rate("2027-01-01", 1.001m), "percent"), (Rate("2027-01-01", 31), "percent")]
        )
        {
            (await platform.SendAsync("POST", "/base-rates", body)).WrongFields.ShouldBe([field]);
        }
        await platform.PostAsync("/base-rates", Rate("2027-01-01", -0.88m), HttpStatusCode.Created);
        (await platform.SendAsync("POST", "/base-rates", Rate("2027-01-01", 1))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "base-rate-not-next"
        );
        await platform.PostAsync("/base-rates", Rate("2027-07-01", 1.27m), HttpStatusCode.Created);

        var rates = (await administrator.GetAsync("/base-rates", HttpStatusCode.OK)).Json;
        rates.GetProperty("knownUntil").GetString().ShouldBe("2027-12-31");
        var newest = rates.GetProperty("rates")[0];
        newest.GetProperty("from").GetString().ShouldBe("2027-07-01");
        newest.GetProperty("percent").GetDecimal().ShouldBe(1.27m);
        newest.GetProperty("source").GetString().ShouldBe("Deutsche Bundesbank");
        rates.GetProperty("rates")[1].GetProperty("percent").GetDecimal().ShouldBe(-0.88m);
    }

    private AccessTokenSubject PlatformAdministrator =>
        Persons.Administrator(organization) with
        {
            Permissions = [Caller.WholeOrganizationPermission, ServicingPermission.BaseRates],
        };

    // A token lasts for minutes: after the clock was moved, another one is needed.
    private HttpClient StaffOf(ModuleHost host) => host.ClientFor(Persons.Underwriter(organization));

    private static object Rate(string from, decimal percent) =>
        new
        {
            from,
            percent,
            source = "Deutsche Bundesbank",
        };

    private Task<Answer> NoticeAloneAsync() =>
        LevelsAsync([
            new
            {
                afterDays = 5,
                payWithinDays = 18,
                threatensCallingDue = true,
            },
        ]);

    private Task<Answer> LevelsAsync(IReadOnlyList<object> levels) =>
        fixture
            .Host.ClientFor(Persons.Administrator(organization))
            .ExpectAsync("PUT", "/dunning-levels", new { levels }, HttpStatusCode.OK);

    private static Task<Answer> WriteAsync(HttpClient client, Guid id) =>
        client.PostAsync($"/loan-accounts/{id}/dunning-letters", new { letterId = Unique.Id() }, HttpStatusCode.Created);

    private static Task<Answer> TryAsync(HttpClient client, Guid id) =>
        client.SendAsync("POST", $"/loan-accounts/{id}/dunning-letters", new { letterId = Unique.Id() });

    private static Task<Answer> PayAsync(HttpClient client, Guid id, string on, decimal amount) =>
        client.PostAsync(
            $"/loan-accounts/{id}/payments",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = on,
                amount,
            },
            HttpStatusCode.OK
        );

    private static async Task<byte[]> PdfAsync(HttpClient client, Guid letterId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/dunning-letters/{letterId}");
        request.Headers.Accept.ParseAdd("application/pdf");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private static string German(decimal amount) =>
        amount.ToString("N2", new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });
}
