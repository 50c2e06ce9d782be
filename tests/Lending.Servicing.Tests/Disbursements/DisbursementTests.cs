using System.Net;
using System.Text.Json;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Servicing.Tests.Disbursements;

/// <summary>A loan of 1,000.00 that is paid out in tranches: one person asks, another one confirms.</summary>
public sealed class DisbursementTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task A_tranche_is_in_the_books_when_somebody_else_confirms_it()
    {
        var (id, _) = await AcceptedAsync();
        var (one, other) = (Staff(), Staff());
        var tranche = Tranche("2026-03-01", 400);

        var asked = await one.PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        var again = await one.PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        (await one.SendAsync("POST", $"/disbursements/{tranche.EventId}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        (await StateAsync(other, id)).GetProperty("status").GetString().ShouldBe("AWAITING_DISBURSEMENT");
        var confirmed = await other.PostAsync($"/disbursements/{tranche.EventId}/confirmation", null, HttpStatusCode.OK);

        again.Text.ShouldBe(asked.Text);
        confirmed.Json.GetProperty("state").GetProperty("status").GetString().ShouldBe("PARTLY_DISBURSED");
        confirmed.Json.GetProperty("state").GetProperty("disbursed").GetDecimal().ShouldBe(400);
        (await other.SendAsync("POST", $"/disbursements/{tranche.EventId}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "disbursement-decided"
        );
        (await fixture.ToldAsync(id)).Count(happened => happened.Type == "LoanDisbursed").ShouldBe(1);
        var listed = (await one.GetAsync($"/loan-accounts/{id}/disbursements", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        listed.GetProperty("status").GetString().ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task The_same_tranche_that_is_sent_several_times_at_once_is_one()
    {
        var (id, _) = await AcceptedAsync();
        var tranche = Tranche("2026-03-01", 400);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Staff().PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created))
        );

        answers.Select(answer => answer.Id).ShouldAllBe(given => given == tranche.EventId);
    }

    [Fact]
    public async Task A_withdrawal_after_a_tranche_is_booked_also_where_the_customer_was_erased_before_it_is_told()
    {
        var (id, offer) = await AcceptedAsync();
        await PayOutAsync(id, "2026-01-01", 400);
        var customer = (Guid)(await fixture.ScalarAsync($"SELECT customer_id FROM servicing.loan_accounts WHERE id = '{id}'"))!;
        fixture.Erased[customer] = true;

        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferWithdrawn
            {
                OfferId = offer,
                OrganizationId = organization,
                At = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero),
            },
            Unique.Id()
        );

        (
            await fixture.ScalarAsync(
                $"SELECT string_agg(type, ' ' ORDER BY number) FROM servicing.loan_events WHERE loan_account_id = '{id}'"
            )
        ).ShouldBe("tranche withdrawal");
    }

    [Fact]
    public async Task Each_tranche_makes_a_schedule_version()
    {
        var (id, _) = await AcceptedAsync();
        await PayOutAsync(id, "2026-01-01", 400);
        await PayOutAsync(id, "2026-03-15", 600);

        var versions = (await Staff().GetAsync($"/loan-accounts/{id}/schedules", HttpStatusCode.OK)).Json.GetProperty("versions");

        versions.EnumerateArray().Select(version => version.GetProperty("cause").GetString()).ShouldBe(["tranche", "tranche"]);
        PrincipalOf(versions[0]).ShouldBe(400);
        PrincipalOf(versions[1]).ShouldBe(1_000);
        versions[1]
            .GetProperty("instalments")[0]
            .GetProperty("principal")
            .GetDecimal()
            .ShouldBeLessThan(100, "due before the second tranche");

        static decimal PrincipalOf(JsonElement version) =>
            version.GetProperty("instalments").EnumerateArray().Sum(row => row.GetProperty("principal").GetDecimal());
    }

    [Fact]
    public async Task More_than_was_agreed_is_not_paid_out_nor_what_the_customer_can_still_withdraw_from()
    {
        var (id, offer) = await AcceptedAsync();
        await PayOutAsync(id, "2026-01-01", 400);
        await ShouldBeRefusedAsync(id, Tranche("2026-03-01", 600.01m), HttpStatusCode.Conflict, "over-disbursed");
        await ShouldBeRefusedAsync(id, Tranche("2026-03-01", 0.001m), HttpStatusCode.BadRequest, "currency-scale");
        await ShouldBeRefusedAsync(id, Tranche("2028-06-16", 1), HttpStatusCode.BadRequest, "too-far-ahead");
        await ShouldBeRefusedAsync(id, Tranche("2025-12-19", 1), HttpStatusCode.BadRequest, "before-acceptance");
        var waiting = Tranche("2026-03-01", 600);
        await Staff().PostAsync($"/loan-accounts/{id}/disbursements", waiting, HttpStatusCode.Created);

        fixture.ForbidPayout(offer);

        await ShouldBeRefusedAsync(id, Tranche("2026-03-01", 1), HttpStatusCode.Conflict, "payout-not-allowed");
        (await Staff().SendAsync("POST", $"/disbursements/{waiting.EventId}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "payout-not-allowed"
        );
        (await StateAsync(Staff(), id)).GetProperty("disbursed").GetDecimal().ShouldBe(400);
    }

    [Fact]
    public async Task Whoever_asked_takes_it_back_and_then_nobody_confirms_it()
    {
        var (id, _) = await AcceptedAsync();
        var one = Staff();
        var tranche = Tranche("2026-03-01", 400);
        await one.PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);

        await one.PostAsync($"/disbursements/{tranche.EventId}/rejection", null, HttpStatusCode.OK);

        (await Staff().SendAsync("POST", $"/disbursements/{tranche.EventId}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "disbursement-decided"
        );
    }

    [Fact]
    public async Task Of_two_who_confirm_two_tranches_at_once_that_are_too_much_together_one_is_refused()
    {
        var (id, _) = await AcceptedAsync();
        MoneyBody[] tranches = [Tranche("2026-01-01", 600), Tranche("2026-01-01", 600)];
        foreach (var tranche in tranches)
        {
            await Staff().PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        }

        var answers = await Task.WhenAll(
            tranches.Select(tranche => Staff().SendAsync("POST", $"/disbursements/{tranche.EventId}/confirmation"))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Single(answer => answer.Status != HttpStatusCode.OK).ShouldBeProblem(HttpStatusCode.Conflict, "over-disbursed");
        (await StateAsync(Staff(), id)).GetProperty("disbursed").GetDecimal().ShouldBe(600);
    }

    [Fact]
    public async Task The_one_that_is_confirmed_last_is_refused_also_where_it_counts_for_an_earlier_day()
    {
        var (id, _) = await AcceptedAsync();
        var (earlier, later) = (Tranche("2026-03-01", 600), Tranche("2026-03-05", 600));
        foreach (var tranche in (MoneyBody[])[earlier, later])
        {
            await Staff().PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        }
        await Staff().PostAsync($"/disbursements/{later.EventId}/confirmation", null, HttpStatusCode.OK);

        (await Staff().SendAsync("POST", $"/disbursements/{earlier.EventId}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "over-disbursed"
        );
        (await StateAsync(Staff(), id)).GetProperty("disbursed").GetDecimal().ShouldBe(600);
    }

    [Fact]
    public async Task What_Loans_records_as_paid_out_after_a_tranche_is_the_rest()
    {
        var (id, offer) = await AcceptedAsync(disbursedOn: new DateOnly(2026, 2, 10));
        await PayOutAsync(id, "2026-01-01", 400);
        var message = Unique.Id();
        for (var time = 0; time < 2; time++)
        {
            await ServicingFixture.TellAsync(
                fixture.Host,
                new LoanOfferDisbursed { OfferId = offer, OrganizationId = organization },
                message
            );
        }

        var state = await StateAsync(Staff(), id);
        state.GetProperty("disbursed").GetDecimal().ShouldBe(1_000);
        state.GetProperty("scheduleVersions")[1].GetProperty("effectiveOn").GetString().ShouldBe("2026-02-10");
    }

    [Fact]
    public async Task Another_organisation_neither_sees_nor_decides()
    {
        var (id, _) = await AcceptedAsync();
        var tranche = Tranche("2026-03-01", 400);
        await Staff().PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        var stranger = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        foreach (
            var (method, path) in new[]
            {
                ("GET", $"/loan-accounts/{id}/disbursements"),
                ("POST", $"/disbursements/{tranche.EventId}/confirmation"),
                ("POST", $"/disbursements/{tranche.EventId}/rejection"),
            }
        )
        {
            (await stranger.SendAsync(method, path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await stranger.SendAsync("POST", $"/loan-accounts/{id}/disbursements", Tranche("2026-03-01", 400))).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    private HttpClient Staff() => fixture.Host.ClientFor(Persons.Administrator(organization));

    private async Task<(Guid Id, Guid Offer)> AcceptedAsync(DateOnly? disbursedOn = null)
    {
        var offer = fixture.Accepted(Unique.Id(), disbursedOn);
        await ServicingFixture.TellAsync(
            fixture.Host,
            new LoanOfferAccepted { OfferId = offer.OfferId, OrganizationId = organization },
            Unique.Id()
        );
        return (await fixture.AccountOfAsync(offer.OfferId), offer.OfferId);
    }

    private async Task PayOutAsync(Guid id, string on, decimal amount)
    {
        var tranche = Tranche(on, amount);
        await Staff().PostAsync($"/loan-accounts/{id}/disbursements", tranche, HttpStatusCode.Created);
        await Staff().PostAsync($"/disbursements/{tranche.EventId}/confirmation", null, HttpStatusCode.OK);
    }

    private async Task ShouldBeRefusedAsync(Guid id, MoneyBody tranche, HttpStatusCode status, string code)
    {
        var answer = await Staff().SendAsync("POST", $"/loan-accounts/{id}/disbursements", tranche);
        answer.Status.ShouldBe(status);
        answer.Text.ShouldContain(code);
    }

    private static async Task<JsonElement> StateAsync(HttpClient client, Guid id) =>
        (await client.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");

    private static MoneyBody Tranche(string on, decimal amount) => new(Unique.Id(), on, amount);
}
