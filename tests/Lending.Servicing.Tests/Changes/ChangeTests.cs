using System.Net;
using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Servicing.Tests.Changes;

/// <summary>A loan of 1,000.00 at 6 % in twelve instalments of 86.07 from 1 February 2026 on; nothing is paid, and today is 15 June 2026.</summary>
public sealed class ChangeTests(ServicingFixture fixture)
{
    private static readonly object _consent = new { reference = "archive/2026/0815", sha256 = new string('a', 64) };

    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Theory]
    [InlineData("DEFERRAL", "2026-07-01", 2, null, "2027-03-01", 12)]
    [InlineData("INTEREST_ONLY", "2026-07-01", 2, null, "2027-03-01", 14)]
    [InlineData("MORE_INSTALMENTS", "2026-07-01", 3, null, "2027-04-01", 15)]
    [InlineData("RATE_REDUCTION", null, null, 3, "2027-01-01", 12)]
    [InlineData("RE_AGE", "2026-07-15", 6, null, "2026-12-15", 11)]
    [InlineData("RE_AMORTISE", null, null, null, "2027-01-01", 12)]
    public async Task A_reschedule_makes_a_new_version_with_its_reason_and_consent(
        string kind,
        string? fromDueOn,
        int? count,
        int? rate,
        string lastDueOn,
        int instalments
    )
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answer = await Staff.PostAsync(
            $"/loan-accounts/{id}/reschedules",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-15",
                kind,
                fromDueOn,
                count,
                annualRatePercent = rate,
                reason = "HARDSHIP",
                consent = _consent,
            },
            HttpStatusCode.OK
        );

        var schedule = answer.Json.GetProperty("state").GetProperty("schedule");
        schedule[schedule.GetArrayLength() - 1].GetProperty("dueOn").GetString().ShouldBe(lastDueOn);
        schedule.GetArrayLength().ShouldBe(instalments);
        schedule.EnumerateArray().Sum(row => row.GetProperty("principal").GetDecimal()).ShouldBe(1_000);
        var versions = (await Staff.GetAsync($"/loan-accounts/{id}/schedules", HttpStatusCode.OK)).Json.GetProperty("versions");
        versions.GetArrayLength().ShouldBe(2);
        versions[0].GetProperty("instalments").GetArrayLength().ShouldBe(12);
        versions[0].GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
        versions[1].GetProperty("reason").GetString().ShouldBe("hardship");
        versions[1].GetProperty("consent").GetProperty("reference").GetString().ShouldBe("archive/2026/0815");
    }

    [Fact]
    public async Task The_rate_can_only_be_lowered_and_that_alone_needs_no_consent()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await Staff.PostAsync($"/loan-accounts/{id}/reschedules", Rate(3), HttpStatusCode.OK);

        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/reschedules", Rate(3))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "rate-not-lower"
        );
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/reschedules", Rate(5))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "rate-not-lower"
        );
        var deferral = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-06-15",
            kind = "DEFERRAL",
            fromDueOn = "2026-07-01",
            count = 1,
            reason = "HARDSHIP",
        };
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/reschedules", deferral)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        static object Rate(int percent) =>
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-15",
                kind = "RATE_REDUCTION",
                annualRatePercent = percent,
                reason = "LENDER_OFFER",
            };
    }

    [Theory]
    [InlineData("""{"kind":"DEFERRAL","count":1,"reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"DEFERRAL","fromDueOn":"2026-07-01","reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"DEFERRAL","fromDueOn":"2026-07-01","count":0,"reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"DEFERRAL","fromDueOn":"2026-06-15","count":1,"reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"DEFERRAL","fromDueOn":"2026-07-01","count":1}""")]
    [InlineData("""{"kind":"DEFERRAL","fromDueOn":"2026-07-01","count":1,"annualRatePercent":1,"reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"RE_AMORTISE","count":1,"reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"RATE_REDUCTION","reason":"HARDSHIP"}""")]
    [InlineData("""{"kind":"RATE_REDUCTION","annualRatePercent":-1,"reason":"HARDSHIP"}""")]
    public async Task A_reschedule_that_does_not_say_what_it_means_is_refused(string body)
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var members = JsonSerializer.Deserialize<Dictionary<string, object?>>(body)!;
        members["eventId"] = Unique.Id();
        members["effectiveOn"] = "2026-06-15";
        members["consent"] = _consent;

        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/reschedules", members)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Fact]
    public async Task A_loan_is_called_due_after_a_notice_and_two_weeks_and_not_before()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await ShouldBeRefusedAsync(id, "calling-due", Step("2026-06-15"), "notice-missing");
        // Two of 86.07 in a row are enough: 10 % of 1,000.00. The second was due on a Sunday.
        await ShouldBeRefusedAsync(id, "calling-due-notices", Notice("2026-03-02"), "arrears-too-small");
        await Staff.PostAsync($"/loan-accounts/{id}/calling-due-notices", Notice("2026-03-03"), HttpStatusCode.OK);
        await ShouldBeRefusedAsync(id, "calling-due", Step("2026-03-17"), "notice-running");
        var arrears = (await Staff.GetAsync($"/loan-accounts/{id}/arrears?asOf=2026-03-18", HttpStatusCode.OK)).Json;

        var answer = await Staff.PostAsync($"/loan-accounts/{id}/calling-due", Step("2026-03-18"), HttpStatusCode.OK);

        arrears.GetProperty("consecutiveInstalments").GetInt32().ShouldBe(2);
        arrears.GetProperty("daysPastDue").GetInt32().ShouldBe(45);
        arrears.GetProperty("bucket").GetString().ShouldBe("31-60");
        arrears.GetProperty("overdue").GetDecimal().ShouldBe(172.14m);
        arrears.GetProperty("noticeServedOn").GetString().ShouldBe("2026-03-03");
        arrears.GetProperty("callableFrom").GetString().ShouldBe("2026-03-18");
        arrears.GetProperty("allowsCallingDue").GetBoolean().ShouldBeTrue();
        var state = answer.Json.GetProperty("state");
        state.GetProperty("status").GetString().ShouldBe("CALLED_DUE");
        state.GetProperty("schedule").EnumerateArray().ShouldAllBe(row => row.GetProperty("isDue").GetBoolean());
        (await fixture.ToldAsync(id)).ShouldContain(happened => happened.Type == "LoanCalledDue");
    }

    [Fact]
    public async Task Under_the_new_law_forbearance_is_offered_before_the_notice_and_once_for_what_it_asks_for()
    {
        var id = await fixture.DisbursedAccountAsync(organization, acceptedAt: new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await ShouldBeRefusedAsync(id, "calling-due-notices", Notice("2026-03-03"), "forbearance-missing");
        // Before anything was overdue, and after the notice: neither is an offer that comes before it.
        await OfferAsync("2026-01-31");
        await OfferAsync("2026-03-04");
        await ShouldBeRefusedAsync(id, "calling-due-notices", Notice("2026-03-03"), "forbearance-missing");
        await OfferAsync("2026-02-20");
        await Staff.PostAsync($"/loan-accounts/{id}/calling-due-notices", Notice("2026-03-03"), HttpStatusCode.OK);
        // The instalment of before the offer is paid then; that of after it is not.
        await Staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-03-10", 100), HttpStatusCode.OK);

        await Staff.PostAsync($"/loan-accounts/{id}/calling-due", Step("2026-03-18"), HttpStatusCode.OK);

        Task OfferAsync(string on) =>
            Staff.PostAsync(
                $"/loan-accounts/{id}/forbearance-offers",
                new
                {
                    offerId = Unique.Id(),
                    kind = "DEFERRAL",
                    offeredOn = on,
                },
                HttpStatusCode.Created
            );
    }

    [Fact]
    public async Task A_notice_of_before_forbearance_was_asked_for_does_not_let_a_loan_be_called_due()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await Staff.PostAsync($"/loan-accounts/{id}/calling-due-notices", Notice("2026-03-03"), HttpStatusCode.OK);
        await fixture.ScalarAsync($"UPDATE servicing.loan_accounts SET regulatory_regime = 'CCD2' WHERE id = '{id}'");

        await ShouldBeRefusedAsync(id, "calling-due", Step("2026-03-18"), "forbearance-missing");
    }

    [Fact]
    public async Task Who_pays_what_the_notice_asked_for_is_not_called_due_and_who_pays_a_part_is()
    {
        Guid[] ids = [await fixture.DisbursedAccountAsync(organization), await fixture.DisbursedAccountAsync(organization)];
        foreach (var (id, paid) in ids.Zip([174m, 172m]))
        {
            await Staff.PostAsync($"/loan-accounts/{id}/calling-due-notices", Notice("2026-03-03"), HttpStatusCode.OK);
            await Staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-03-10", paid), HttpStatusCode.OK);
        }

        await ShouldBeRefusedAsync(ids[0], "calling-due", Step("2026-03-18"), "arrears-paid");
        await Staff.PostAsync($"/loan-accounts/{ids[1]}/calling-due", Step("2026-03-18"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_talk_is_offered_by_the_notice()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        object[] bodies =
        [
            new { eventId = Unique.Id(), effectiveOn = "2026-03-02" },
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-03-02",
                talkOfferedOn = "2026-03-03",
            },
        ];
        foreach (var body in bodies)
        {
            (await Staff.SendAsync("POST", $"/loan-accounts/{id}/calling-due-notices", body)).ShouldBeProblem(
                HttpStatusCode.BadRequest,
                "validation-failed"
            );
        }
    }

    [Fact]
    public async Task After_a_withdrawal_principal_and_interest_for_each_day_are_owed()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answer = await Staff.PostAsync($"/loan-accounts/{id}/withdrawal", Step("2026-01-10"), HttpStatusCode.OK);

        answer.Json.GetProperty("state").GetProperty("status").GetString().ShouldBe("WITHDRAWN");
        var then = await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-01-10", HttpStatusCode.OK);
        var row = then.Json.GetProperty("state").GetProperty("schedule")[0];
        row.GetProperty("dueOn").GetString().ShouldBe("2026-02-09");
        row.GetProperty("principal").GetDecimal().ShouldBe(1_000);
        then.Json.GetProperty("state").GetProperty("interestAccrued").GetDecimal().ShouldBe(1.45m, "9 of 31 days of 5.00");
        await ShouldBeRefusedAsync(id, "withdrawal", Step("2026-01-11"), "not-to-withdraw-from");
    }

    [Fact]
    public async Task A_withdrawal_that_Loans_tells_of_is_recorded_once_and_before_a_payout_not_at_all()
    {
        var paidOut = fixture.Accepted(Unique.Id(), new DateOnly(2026, 1, 1));
        var waiting = fixture.Accepted(Unique.Id());
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferDisbursed { OfferId = paidOut.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        var message = Unique.Id();
        foreach (var (offer, id) in new[] { (paidOut, message), (paidOut, message), (waiting, Unique.Id()) })
        {
            await ServicingFixture.TellAsync(
                fixture.Host,
                new LoanOfferWithdrawn
                {
                    OfferId = offer.OfferId,
                    OrganizationId = organization,
                    At = new DateTimeOffset(2026, 1, 9, 23, 30, 0, TimeSpan.Zero),
                },
                id
            );
        }

        var of = await Staff.GetAsync($"/loan-accounts/{await fixture.AccountOfAsync(paidOut.OfferId)}", HttpStatusCode.OK);
        of.Json.GetProperty("state").GetProperty("status").GetString().ShouldBe("WITHDRAWN");
        of.Json.GetProperty("state").GetProperty("scheduleVersions")[1].GetProperty("effectiveOn").GetString().ShouldBe("2026-01-10");
        var other = await Staff.GetAsync($"/loan-accounts/{await fixture.AccountOfAsync(waiting.OfferId)}", HttpStatusCode.OK);
        other.Json.GetProperty("state").GetProperty("status").GetString().ShouldBe("AWAITING_DISBURSEMENT");
    }

    [Fact]
    public async Task What_is_written_off_is_a_loss_once_and_what_comes_later_is_a_recovery()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        await Staff.PostAsync($"/loan-accounts/{id}/write-off", Step("2026-06-14"), HttpStatusCode.OK);
        await ShouldBeRefusedAsync(id, "write-off", Step("2026-06-15"), "already-written-off");
        await Staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-15", 50), HttpStatusCode.OK);

        var balances = await BalancesAsync(id);
        balances.ShouldNotContainKey("PRINCIPAL");
        balances["LOSS"].ShouldBeGreaterThan(1_000);
        balances["RECOVERIES"].ShouldBe(-50);
        balances.Values.Sum().ShouldBe(0);
        (await BalancesAsync(id, "?asOf=2026-06-13"))["PRINCIPAL"].ShouldBe(1_000);
    }

    [Fact]
    public async Task A_waiver_goodwill_and_a_refund_stand_where_they_belong()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await ShouldBeRefusedAsync(id, "waivers", Money("2026-06-15", 5_000), "waiver-exceeds-debt");
        await ShouldBeRefusedAsync(id, "credit-refunds", Money("2026-06-15", 1), "credit-exceeded");

        await Staff.PostAsync($"/loan-accounts/{id}/waivers", Money("2026-06-15", 10), HttpStatusCode.OK);
        await Staff.PostAsync($"/loan-accounts/{id}/goodwill-payments", Money("2026-06-15", 20), HttpStatusCode.OK);
        await Staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-15", 500), HttpStatusCode.OK);
        var credit = -(await BalancesAsync(id))["BORROWER_CREDIT"];
        await Staff.PostAsync($"/loan-accounts/{id}/credit-refunds", Money("2026-06-15", credit), HttpStatusCode.OK);

        var balances = await BalancesAsync(id);
        (balances["LOSS"], balances["GOODWILL"]).ShouldBe((10, 20));
        balances["CLEARING_OUT"].ShouldBe(-1_000 - credit);
        balances.ShouldNotContainKey("BORROWER_CREDIT");
        balances.Values.Sum().ShouldBe(0);
    }

    [Fact]
    public async Task Balances_and_arrears_of_what_was_known_at_a_time_stay_as_they_were()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var known = Uri.EscapeDataString(fixture.Host.Clock.GetUtcNow().ToString("O"));
        string[] paths = [$"/loan-accounts/{id}/balances?asOf=2026-06-15", $"/loan-accounts/{id}/arrears?asOf=2026-06-15"];
        var before = await Task.WhenAll(paths.Select(path => Staff.GetAsync(path, HttpStatusCode.OK)));
        await Task.Delay(20, TestContext.Current.CancellationToken);

        await Staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-15", 300), HttpStatusCode.OK);

        foreach (var (path, then) in paths.Zip(before))
        {
            (await Staff.GetAsync($"{path}&knownAt={known}", HttpStatusCode.OK)).Text.ShouldBe(then.Text);
            (await Staff.GetAsync(path, HttpStatusCode.OK)).Text.ShouldNotBe(then.Text);
            (await Staff.SendAsync("GET", $"{path}&knownAt=2099-01-01T00:00:00Z")).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("reschedules")]
    [InlineData("withdrawal")]
    [InlineData("calling-due-notices")]
    [InlineData("calling-due")]
    [InlineData("write-off")]
    [InlineData("waivers")]
    [InlineData("goodwill-payments")]
    [InlineData("credit-refunds")]
    public async Task Another_organisation_changes_nothing_and_a_day_of_the_future_is_refused(string path)
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        (await stranger.SendAsync("POST", $"/loan-accounts/{id}/{path}", Everything("2026-06-15"))).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/{path}", Everything("2026-06-16"))).Text.ShouldContain("in-future");
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/{path}", new { })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        // Each request takes what it knows of it.
        object Everything(string on) =>
            path switch
            {
                "reschedules" => new
                {
                    eventId = Unique.Id(),
                    effectiveOn = on,
                    kind = "RATE_REDUCTION",
                    annualRatePercent = 1,
                    reason = "LENDER_OFFER",
                },
                "calling-due-notices" => Notice(on),
                "waivers" or "goodwill-payments" or "credit-refunds" => Money(on, 1),
                _ => Step(on),
            };
    }

    private async Task<Dictionary<string, decimal>> BalancesAsync(Guid id, string query = "") =>
        (await Staff.GetAsync($"/loan-accounts/{id}/balances{query}", HttpStatusCode.OK))
            .Json.GetProperty("lines")
            .EnumerateArray()
            .ToDictionary(line => line.GetProperty("account").GetString()!, line => line.GetProperty("amount").GetDecimal());

    private async Task ShouldBeRefusedAsync(Guid id, string path, object body, string code) =>
        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/{path}", body)).ShouldBeProblem(HttpStatusCode.Conflict, code);

    private static object Step(string on) => new { eventId = Unique.Id(), effectiveOn = on };

    private static object Notice(string on) =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = on,
            talkOfferedOn = on,
        };

    private static object Money(string on, decimal amount) =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = on,
            amount,
        };
}
