using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>A loan of 1,000.00 at 6 % in twelve instalments of 86.07, paid out on 1 January 2026.</summary>
public sealed class LoanAccountTests(ServicingFixture fixture)
{
    private const decimal Instalment = 86.07m;

    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task An_instalment_in_time_pays_interest_and_principal()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answer = await PayAsync(id, "2026-02-01", Instalment);

        var spread = State(answer).GetProperty("allocations")[0];
        spread.GetProperty("interest").GetDecimal().ShouldBe(5.00m);
        spread.GetProperty("principal").GetDecimal().ShouldBe(81.07m);
        State(answer).GetProperty("principalOutstanding").GetDecimal().ShouldBe(918.93m);
        State(answer).GetProperty("schedule")[0].GetProperty("open").GetDecimal().ShouldBe(0);
    }

    [Fact]
    public async Task A_payment_that_is_sent_twice_is_recorded_once_and_another_one_needs_another_id()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Payment("2026-02-01", Instalment);

        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        var again = await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        var other = await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", payment with { Amount = 1 });

        State(again).GetProperty("principalOutstanding").GetDecimal().ShouldBe(918.93m);
        other.ShouldBeProblem(HttpStatusCode.Conflict, "event-id-taken");
    }

    [Fact]
    public async Task A_payment_of_the_past_changes_what_later_ones_paid_and_only_the_difference_is_posted()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(id, "2026-03-03", Instalment);
        var before = await EntriesAsync(id);

        await PayAsync(id, "2026-02-01", Instalment);

        var after = await EntriesAsync(id);
        after
            .Select(entry => entry.GetProperty("id").GetGuid())
            .Intersect(before.Select(entry => entry.GetProperty("id").GetGuid()))
            .Count()
            .ShouldBe(before.Count, "nothing that was posted is changed or gone");
        after.ShouldAllBe(entry => entry.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal()) == 0);
        var state = State(await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-03-03", HttpStatusCode.OK));
        state.GetProperty("schedule")[0].GetProperty("paidLate").GetDecimal().ShouldBe(0);
        state.GetProperty("defaultInterest").GetDecimal().ShouldBe(0.01m, "only the second instalment was a day late, due on a Sunday");
    }

    [Fact]
    public async Task What_was_known_at_a_time_is_answered_for_ever()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var known = fixture.Host.Clock.GetUtcNow();
        var before = await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-03-01", HttpStatusCode.OK);
        await Task.Delay(20);

        await PayAsync(id, "2026-02-01", Instalment);

        var then = await Staff.GetAsync(
            $"/loan-accounts/{id}?asOf=2026-03-01&knownAt={Uri.EscapeDataString(known.ToString("O"))}",
            HttpStatusCode.OK
        );
        then.Text.ShouldBe(before.Text);
        (await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-03-01", HttpStatusCode.OK)).Text.ShouldNotBe(before.Text);
    }

    [Fact]
    public async Task A_reversed_payment_is_as_if_it_had_not_come_and_a_reversal_can_be_reversed()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Payment("2026-02-01", Instalment);
        var before = State(await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-02-01", HttpStatusCode.OK)).GetRawText();
        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);
        var reversal = Unique.Id();

        await Staff.PostAsync($"/loan-events/{payment.EventId}/reversals", new { eventId = reversal }, HttpStatusCode.OK);
        var reversed = State(await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-02-01", HttpStatusCode.OK)).GetRawText();
        var twice = await Staff.SendAsync("POST", $"/loan-events/{payment.EventId}/reversals", new { eventId = Unique.Id() });
        await Staff.PostAsync($"/loan-events/{reversal}/reversals", new { eventId = Unique.Id() }, HttpStatusCode.OK);
        var again = State(await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-02-01", HttpStatusCode.OK));

        reversed.ShouldBe(before);
        twice.ShouldBeProblem(HttpStatusCode.Conflict, "already-reversed");
        again.GetProperty("principalOutstanding").GetDecimal().ShouldBe(918.93m);
    }

    [Fact]
    public async Task What_a_bank_takes_back_paid_nothing_and_the_money_has_come_and_gone()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Payment("2026-02-01", Instalment);
        await PostAsync(id, payment);

        var path = $"/loan-events/{payment.EventId}/returns";
        var returned = State(await Staff.PostAsync(path, Money("2026-02-10", Instalment), HttpStatusCode.OK));
        var more = await Staff.SendAsync("POST", path, Money("2026-02-10", 1));

        returned.GetProperty("principalOutstanding").GetDecimal().ShouldBe(1_000);
        returned.GetProperty("schedule")[0].GetProperty("paid").GetDecimal().ShouldBe(0);
        more.ShouldBeProblem(HttpStatusCode.Conflict, "return-exceeds-payment");
        (await BalanceAsync(id, "ClearingIn", "2026-02-09")).ShouldBe(Instalment);
        (await BalanceAsync(id, "ClearingIn", "2026-02-10")).ShouldBe(0);
        (await BalanceAsync(id, "ReturnedPayments", "2026-02-10")).ShouldBe(0);
    }

    [Fact]
    public async Task A_charge_is_owed_and_is_no_payment()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var charge = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-02-10",
            amount = 3.5,
            kind = "FEE",
        };

        var charged = State(await Staff.PostAsync($"/loan-accounts/{id}/charges", charge, HttpStatusCode.OK));
        var returned = await Staff.SendAsync("POST", $"/loan-events/{charge.eventId}/returns", Money("2026-02-10", 1));

        charged.GetProperty("fees").GetDecimal().ShouldBe(3.50m);
        (await BalanceAsync(id, "FeesDue", "2026-02-10")).ShouldBe(3.50m);
        returned.ShouldBeProblem(HttpStatusCode.Conflict, "not-a-payment");
    }

    [Fact]
    public async Task An_extra_repayment_makes_a_new_schedule_version()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(id, "2026-02-01", Instalment);

        var path = $"/loan-accounts/{id}/extra-repayments";
        var state = State(await Staff.PostAsync(path, Money("2026-02-01", 500), HttpStatusCode.OK));

        state.GetProperty("principalOutstanding").GetDecimal().ShouldBe(418.93m);
        state.GetProperty("scheduleVersions").GetArrayLength().ShouldBe(2);
        state.GetProperty("schedule").GetArrayLength().ShouldBeLessThan(12);
    }

    [Fact]
    public async Task A_payout_cannot_be_reversed()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payout = (Guid)(await fixture.ScalarAsync($"SELECT id FROM servicing.loan_events WHERE loan_account_id = '{id}'"))!;

        (await Staff.SendAsync("POST", $"/loan-events/{payout}/reversals", new { eventId = Unique.Id() })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "payout-stays"
        );
    }

    // 386.07 on the first due date are 300.00 more than the instalment.
    [Theory]
    [InlineData(null, 12, 86.07, "2027-01-01", 86.07, 300)]
    [InlineData("credit", 12, 86.07, "2027-01-01", 86.07, 300)]
    [InlineData("next", 12, 0, "2027-01-01", 86.07, 0)]
    [InlineData("last", 12, 86.07, "2026-10-01", 44.28, 0)]
    [InlineData("shorter", 9, 86.07, "2026-10-01", 29.45, 0)]
    [InlineData("smaller", 12, 57.97, "2027-01-01", 57.95, 0)]
    public async Task What_becomes_of_more_than_is_due_is_what_its_sender_says(
        string? surplus,
        int rows,
        double next,
        string lastOn,
        double last,
        int credit
    )
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-02-01",
            amount = Instalment + 300,
            surplus,
        };

        await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);

        var state = await StateAsync(id, "2026-02-01");
        PlanShouldBe(state, rows, next, lastOn, last);
        state.GetProperty("credit").GetDecimal().ShouldBe(credit);
        // A credit pays what becomes due.
        var left = credit == 0 ? 0 : credit - Instalment;
        (await StateAsync(id, "2026-03-01")).GetProperty("credit").GetDecimal().ShouldBe(left);
    }

    [Theory]
    [InlineData(false, 9, 86.07, "2026-10-01", 29.45)]
    [InlineData(true, 12, 57.97, "2027-01-01", 57.95)]
    public async Task An_extra_repayment_makes_instalments_fewer_or_smaller(
        bool makesInstalmentsSmaller,
        int rows,
        double next,
        string lastOn,
        double last
    )
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var repayment = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-02-01",
            amount = Instalment + 300,
            makesInstalmentsSmaller,
        };

        await Staff.PostAsync($"/loan-accounts/{id}/extra-repayments", repayment, HttpStatusCode.OK);

        var state = await StateAsync(id, "2026-02-01");
        PlanShouldBe(state, rows, next, lastOn, last);
        state.GetProperty("credit").GetDecimal().ShouldBe(0);
        state.GetProperty("principalOutstanding").GetDecimal().ShouldBe(618.93m);
    }

    [Theory]
    [InlineData("spread")]
    [InlineData("Credit")]
    [InlineData("")]
    public async Task A_rule_for_the_surplus_that_there_is_not_is_refused(string surplus)
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = new
        {
            eventId = Unique.Id(),
            effectiveOn = "2026-02-01",
            amount = 1,
            surplus,
        };

        var answer = await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", payment);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer.WrongFields.ShouldBe(["surplus"]);
    }

    [Fact]
    public async Task The_payoff_of_today_settles_the_loan_to_the_cent()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(id, "2026-02-01", Instalment);

        var payoffs = await Staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK);
        var rows = payoffs.Json.GetProperty("rows");
        var today = rows[0].GetProperty("on").GetString()!;
        var total = rows[0].GetProperty("total").GetDecimal();
        var settled = State(await PostAsync(id, Payment(today, total) with { IsPayoff = true }));

        rows.GetArrayLength().ShouldBe(10);
        settled.GetProperty("status").GetString().ShouldBe("SETTLED");
        foreach (var name in (string[])["principalOutstanding", "interestDue", "interestAccrued", "fees", "defaultInterest", "credit"])
        {
            settled.GetProperty(name).GetDecimal().ShouldBe(0, name);
        }
    }

    [Fact]
    public async Task Payoffs_are_told_from_any_day_on_and_of_what_was_known_at_a_time()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var known = Uri.EscapeDataString(fixture.Host.Clock.GetUtcNow().ToString("O"));
        var path = $"/loan-accounts/{id}/payoffs";
        var before = await Staff.GetAsync($"{path}?asOf=2026-02-01", HttpStatusCode.OK);
        await Task.Delay(20, TestContext.Current.CancellationToken);

        await PayAsync(id, "2026-02-01", Instalment);

        var then = await Staff.GetAsync($"{path}?asOf=2026-02-01&knownAt={known}", HttpStatusCode.OK);
        var now = await Staff.GetAsync($"{path}?asOf=2026-02-01", HttpStatusCode.OK);
        then.Text.ShouldBe(before.Text);
        var rows = now.Json.GetProperty("rows").EnumerateArray().ToList();
        rows.Count.ShouldBe(10);
        (rows[0].GetProperty("on").GetString(), rows[^1].GetProperty("on").GetString()).ShouldBe(("2026-02-01", "2026-02-10"));
        rows[0].GetProperty("overdueAndDue").GetDecimal().ShouldBe(0);
        before.Json.GetProperty("rows")[0].GetProperty("overdueAndDue").GetDecimal().ShouldBe(Instalment);
        // The money goes out on the second of these days.
        (await Staff.SendAsync("GET", $"{path}?asOf=2025-12-31")).ShouldBeProblem(HttpStatusCode.Conflict, "not-disbursed");
        (await Staff.SendAsync("GET", $"{path}?knownAt=2099-01-01T00:00:00Z")).WrongFields.ShouldBe(["knownAt"]);
        (await Staff.SendAsync("GET", $"{path}?asOf=2200-01-01")).WrongFields.ShouldBe(["asOf"]);
    }

    [Fact]
    public async Task Schedule_versions_are_those_by_a_day_and_of_what_was_known_at_a_time()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var known = Uri.EscapeDataString(fixture.Host.Clock.GetUtcNow().ToString("O"));
        var path = $"/loan-accounts/{id}/schedules";
        var before = await Staff.GetAsync($"{path}?asOf=2026-02-01", HttpStatusCode.OK);
        await Task.Delay(20, TestContext.Current.CancellationToken);

        await Staff.PostAsync($"/loan-accounts/{id}/extra-repayments", Money("2026-02-01", 300), HttpStatusCode.OK);

        (await Staff.GetAsync($"{path}?asOf=2026-02-01&knownAt={known}", HttpStatusCode.OK)).Text.ShouldBe(before.Text);
        (await CausesAsync("2025-12-31")).ShouldBeEmpty();
        (await CausesAsync("2026-01-31")).ShouldBe(["tranche"]);
        (await CausesAsync("2026-02-01")).ShouldBe(["tranche", "extra-repayment"]);
        (await Staff.SendAsync("GET", $"{path}?knownAt=2099-01-01T00:00:00Z")).WrongFields.ShouldBe(["knownAt"]);

        async Task<List<string?>> CausesAsync(string asOf) =>
            [
                .. (await Staff.GetAsync($"{path}?asOf={asOf}", HttpStatusCode.OK))
                    .Json.GetProperty("versions")
                    .EnumerateArray()
                    .Select(version => version.GetProperty("cause").GetString()),
            ];
    }

    [Theory]
    [InlineData("2026-01-01", 0, "amount")]
    [InlineData("2026-01-01", 1.001, "amount")]
    [InlineData("2099-01-01", 1, "effectiveOn")]
    public async Task Payments_that_cannot_be_are_refused(string on, double amount, string field)
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answer = await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", Payment(on, (decimal)amount));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain($"\"{field}\"");
    }

    [Fact]
    public async Task A_payment_before_the_payout_is_refused()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        (await Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", Payment("2025-12-31", 1))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "not-disbursed"
        );
    }

    [Fact]
    public async Task What_will_be_known_is_not_known_yet()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answer = await Staff.SendAsync("GET", $"/loan-accounts/{id}?knownAt=2099-01-01T00:00:00Z");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("\"knownAt\"");
    }

    [Fact]
    public async Task Without_a_base_rate_a_payment_is_recorded_and_a_payoff_is_not()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        // Everything is overdue by then, and no base rate is known.
        host.Clock.Advance(TimeSpan.FromDays(10 * 365));
        var staff = host.ClientFor(Persons.Administrator(organization));
        var path = $"/loan-accounts/{id}/payments";

        var paid = State(await staff.PostAsync(path, Payment("2030-01-01", 10), HttpStatusCode.OK));
        var payoff = await staff.SendAsync("POST", path, Payment("2030-01-01", 10) with { IsPayoff = true });
        var payoffs = await staff.SendAsync("GET", $"/loan-accounts/{id}/payoffs");

        paid.GetProperty("baseRateMissingFrom").GetString().ShouldBe("2027-01-01");
        payoff.ShouldBeProblem(HttpStatusCode.Conflict, "base-rate-missing");
        payoffs.ShouldBeProblem(HttpStatusCode.Conflict, "base-rate-missing");
    }

    [Fact]
    public async Task A_statement_tells_what_was_owed_what_moved_it_and_what_is_owed()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(id, "2026-02-01", Instalment);

        var path = $"/loan-accounts/{id}/statement";
        var first = (await Staff.GetAsync($"{path}?from=2026-01-01&to=2026-01-31", HttpStatusCode.OK)).Json;
        var second = (await Staff.GetAsync($"{path}?from=2026-02-01&to=2026-02-28", HttpStatusCode.OK)).Json;

        Lines(first).ShouldBe(["2026-01-01 PAYOUT 1000.00 1000.00"]);
        second.GetProperty("opening").GetDecimal().ShouldBe(1_000);
        Lines(second).ShouldBe(["2026-02-01 INTEREST 5.00 1005.00", "2026-02-01 PAYMENT -86.07 918.93"]);
        second.GetProperty("closing").GetDecimal().ShouldBe(918.93m);
        (await Staff.SendAsync("GET", $"{path}?from=2026-02-01&to=2026-01-31")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Staff.SendAsync("GET", $"{path}?from=2026-02-01&to=2026-06-16")).Status.ShouldBe(HttpStatusCode.BadRequest);

        static string[] Lines(JsonElement statement) =>
            [
                .. statement
                    .GetProperty("lines")
                    .EnumerateArray()
                    .Select(line =>
                        $"{line.GetProperty("on").GetString()} {line.GetProperty("kind").GetString()} {line.GetProperty("amount").GetRawText()} {line.GetProperty("balance").GetRawText()}"
                    ),
            ];
    }

    [Fact]
    public async Task Customers_see_their_own_account_alone_and_post_nothing()
    {
        var customer = Unique.Id();
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer));
        var other = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));

        foreach (
            var path in (string[])
                [
                    $"/loan-accounts/{id}",
                    $"/loan-accounts/{id}/entries",
                    $"/loan-accounts/{id}/payoffs",
                    $"/loan-accounts/{id}/statement?from=2026-01-01&to=2026-01-31",
                ]
        )
        {
            await own.GetAsync(path, HttpStatusCode.OK);
            (await other.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await own.SendAsync("POST", $"/loan-accounts/{id}/payments", Payment("2026-02-01", 1))).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await other.GetAsync("/loan-accounts", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await own.GetAsync("/loan-accounts", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Payment("2026-02-01", 1);
        await PostAsync(id, payment);
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        (await stranger.SendAsync("GET", $"/loan-accounts/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"/loan-accounts/{id}/payments", payment)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"/loan-events/{payment.EventId}/reversals", new { eventId = Unique.Id() })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    private async Task<decimal> BalanceAsync(Guid id, string account, string day) =>
        (decimal)
            (
                await fixture.ScalarAsync(
                    $"""
                    SELECT coalesce(sum(amount), 0) FROM servicing.journal_lines JOIN servicing.journal_entries ON id = journal_entry_id
                    WHERE loan_account_id = '{id}' AND account = '{account}' AND effective_on <= '{day}'
                    """
                )
            )!;

    private sealed record PaymentBody(Guid EventId, string EffectiveOn, decimal Amount, bool IsPayoff)
        : MoneyBody(EventId, EffectiveOn, Amount);

    private static MoneyBody Money(string on, decimal amount) => new(Unique.Id(), on, amount);

    private static PaymentBody Payment(string on, decimal amount) => new(Unique.Id(), on, amount, false);

    private Task<Answer> PayAsync(Guid id, string on, decimal amount) => PostAsync(id, Payment(on, amount));

    private Task<Answer> PostAsync(Guid id, PaymentBody payment) =>
        Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);

    private async Task<List<JsonElement>> EntriesAsync(Guid id) =>
        [.. (await Staff.GetAsync($"/loan-accounts/{id}/entries?limit=200", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> StateAsync(Guid id, string asOf) =>
        State(await Staff.GetAsync($"/loan-accounts/{id}?asOf={asOf}", HttpStatusCode.OK));

    // The first instalment is paid. What is open of the next one, and which is the last one of which something is open.
    private static void PlanShouldBe(JsonElement state, int rows, double next, string lastOn, double last)
    {
        var schedule = state.GetProperty("schedule").EnumerateArray().ToList();
        schedule.Count.ShouldBe(rows);
        Open(schedule[0]).ShouldBe(0);
        Open(schedule[1]).ShouldBe((decimal)next);
        var unpaid = schedule.FindLast(row => Open(row) > 0);
        unpaid.GetProperty("dueOn").GetString().ShouldBe(lastOn);
        Open(unpaid).ShouldBe((decimal)last);

        static decimal Open(JsonElement row) => row.GetProperty("open").GetDecimal();
    }

    private static JsonElement State(Answer answer) => answer.Json.GetProperty("state");
}
