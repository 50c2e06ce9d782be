using System.Net;
using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>What pays off a loan of 1,000.00 that was paid out on 1 January 2026, told on 15 June 2026 and kept.</summary>
public sealed class PayoffQuoteTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task A_quote_that_is_paid_on_a_later_day_of_its_ten_leaves_nothing_owed()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var staff = host.ClientFor(Persons.Administrator(organization));
        var quote = (await staff.PostAsync($"/loan-accounts/{id}/payoff-quotes", new { }, HttpStatusCode.Created)).Json;
        var rows = quote.GetProperty("rows");
        rows.GetArrayLength().ShouldBe(10);
        host.Clock.Advance(TimeSpan.FromDays(6));
        // Who was logged in is not any more.
        staff = host.ClientFor(Persons.Administrator(organization));

        var payment = Payment(quote, rows[6]);
        var state = (await staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK)).Json.GetProperty("state");
        var again = (await staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK)).Json.GetProperty("state");

        state.GetProperty("status").GetString().ShouldBe("SETTLED");
        foreach (
            var name in (string[])
                ["principalOutstanding", "interestDue", "interestAccrued", "fees", "penalties", "defaultInterest", "credit"]
        )
        {
            state.GetProperty(name).GetDecimal().ShouldBe(0, name);
        }
        again.GetRawText().ShouldBe(state.GetRawText(), "sent again, it is recorded once, although the quote holds no more");
    }

    [Theory]
    [InlineData(0, "ACTIVE")]
    [InlineData(0.01, "SETTLED")]
    public async Task A_payoff_that_is_a_cent_short_settles_the_loan_within_the_tolerance_of_its_opening(double tolerance, string status)
    {
        await ToleranceAsync((decimal)tolerance);
        var offer = fixture.Accepted(Unique.Id(), new DateOnly(2026, 1, 1), change: offer => offer with { UpfrontFee = 50 });
        var disbursed = new LoanOfferDisbursed { OfferId = offer.OfferId, OrganizationId = organization };
        await ServicingFixture.TellAsync(fixture.Host, disbursed, Unique.Id());
        var id = await fixture.AccountOfAsync(offer.OfferId);
        // What is set later is for others.
        await ToleranceAsync(0);
        var row = (await Staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK)).Json.GetProperty("rows")[0];
        var payment = new
        {
            eventId = Unique.Id(),
            effectiveOn = row.GetProperty("on").GetString(),
            amount = row.GetProperty("total").GetDecimal() - 0.01m,
            isPayoff = true,
        };

        var answer = await Staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);

        answer.Json.GetProperty("state").GetProperty("status").GetString().ShouldBe(status);
    }

    private Task<Answer> ToleranceAsync(decimal closingTolerance) =>
        Staff.ExpectAsync(
            "PUT",
            "/dunning-levels",
            new { levels = new[] { new { afterDays = 5, payWithinDays = 7 } }, closingTolerance },
            HttpStatusCode.OK
        );

    [Fact]
    public async Task A_quote_tells_what_the_table_of_payoffs_tells_and_is_listed_while_it_holds_and_after()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var staff = host.ClientFor(Persons.Administrator(organization));
        var path = $"/loan-accounts/{id}/payoff-quotes";

        var first = (await staff.PostAsync(path, new { }, HttpStatusCode.Created)).Json;
        var table = (await staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK)).Json;
        await PayAsync(staff, id, 1);
        var second = (await staff.PostAsync(path, new { }, HttpStatusCode.Created)).Json;
        var now = await StatusesAsync();
        host.Clock.Advance(TimeSpan.FromDays(10));
        staff = host.ClientFor(Persons.Administrator(organization));
        var later = await StatusesAsync();

        first.GetProperty("rows").GetRawText().ShouldBe(table.GetProperty("rows").GetRawText());
        first.GetProperty("expiresOn").GetString().ShouldBe("2026-06-24");
        now.ShouldBe([(Id(second), "OPEN"), (Id(first), "OUTDATED")]);
        later.ShouldBe([(Id(second), "EXPIRED"), (Id(first), "OUTDATED")]);

        async Task<List<(Guid, string?)>> StatusesAsync() =>
            [
                .. (await staff.GetAsync(path, HttpStatusCode.OK))
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .Select(quote => (Id(quote), quote.GetProperty("status").GetString())),
            ];
    }

    [Fact]
    public async Task A_payment_that_is_not_what_its_quote_says_is_refused_and_changes_nothing()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var other = await fixture.DisbursedAccountAsync(organization);
        var quote = (await Staff.PostAsync($"/loan-accounts/{id}/payoff-quotes", new { }, HttpStatusCode.Created)).Json;
        var payment = Payment(quote, quote.GetProperty("rows")[0]);
        var path = $"/loan-accounts/{id}/payments";

        var less = await Staff.SendAsync("POST", path, payment with { EventId = Unique.Id(), Amount = payment.Amount - 0.01m });
        var before = await Staff.SendAsync("POST", path, payment with { EventId = Unique.Id(), EffectiveOn = "2026-06-14" });
        var elsewhere = await Staff.SendAsync("POST", $"/loan-accounts/{other}/payments", payment);
        var state = (await Staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");
        await PayAsync(Staff, id, 1);
        var outdated = await Staff.SendAsync("POST", path, payment);

        less.ShouldBeProblem(HttpStatusCode.Conflict, "payoff-quote-underpaid");
        before.ShouldBeProblem(HttpStatusCode.Conflict, "payoff-quote-expired");
        elsewhere.Status.ShouldBe(HttpStatusCode.BadRequest);
        elsewhere.Text.ShouldContain("\"payoffQuoteId\"");
        state.GetProperty("credit").GetDecimal().ShouldBe(0);
        outdated.ShouldBeProblem(HttpStatusCode.Conflict, "payoff-quote-outdated");
    }

    [Fact]
    public async Task Before_the_payout_there_is_nothing_to_pay_off()
    {
        var offer = fixture.Accepted(Unique.Id());
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );

        (
            await Staff.SendAsync("POST", $"/loan-accounts/{await fixture.AccountOfAsync(offer.OfferId)}/payoff-quotes", new { })
        ).ShouldBeProblem(HttpStatusCode.Conflict, "not-disbursed");
    }

    [Fact]
    public async Task Without_a_base_rate_no_quote_is_made()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        host.Clock.Advance(TimeSpan.FromDays(2 * 365));

        (
            await host.ClientFor(Persons.Administrator(organization)).SendAsync("POST", $"/loan-accounts/{id}/payoff-quotes", new { })
        ).ShouldBeProblem(HttpStatusCode.Conflict, "base-rate-missing");
    }

    [Fact]
    public async Task Customers_read_quotes_of_their_own_account_and_strangers_none()
    {
        var customer = Unique.Id();
        var id = await fixture.DisbursedAccountAsync(organization, customer);
        var path = $"/loan-accounts/{id}/payoff-quotes";
        await Staff.PostAsync(path, new { }, HttpStatusCode.Created);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer));

        var list = (await own.GetAsync(path, HttpStatusCode.OK)).Json.GetProperty("items");
        var made = await own.SendAsync("POST", path, new { });

        list.GetArrayLength().ShouldBe(1);
        made.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        foreach (
            var stranger in (HttpClient[])
                [
                    fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id())),
                    fixture.Host.ClientFor(Persons.Administrator(Unique.Id())),
                ]
        )
        {
            (await stranger.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await fixture.Host.ClientFor(Persons.Administrator(Unique.Id())).SendAsync("POST", path, new { })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    private sealed record QuotePayment(Guid EventId, string EffectiveOn, decimal Amount, Guid PayoffQuoteId);

    private static QuotePayment Payment(JsonElement quote, JsonElement row) =>
        new(Unique.Id(), row.GetProperty("on").GetString()!, row.GetProperty("total").GetDecimal(), Id(quote));

    private static Guid Id(JsonElement quote) => quote.GetProperty("id").GetGuid();

    private static Task<Answer> PayAsync(HttpClient staff, Guid id, decimal amount) =>
        staff.PostAsync(
            $"/loan-accounts/{id}/payments",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-15",
                amount,
            },
            HttpStatusCode.OK
        );
}
