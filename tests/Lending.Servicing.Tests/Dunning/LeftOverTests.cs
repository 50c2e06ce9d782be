using System.Net;
using Lending.Testing;

namespace Lending.Servicing.Tests.Dunning;

/// <summary>
/// What payments leave over after the last instalment. It is 15 June 2026; a loan of 1,000.00 was repaid in three instalments, the last of them on 20 May instead of
/// 4 May: 0.83 of default interest is left.
/// </summary>
public sealed class LeftOverTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task Default_interest_alone_is_dunned_until_it_is_paid()
    {
        var id = await RepaidLateAsync("2026-05-20");

        var letter = await TryAsync(id);

        letter.Status.ShouldBe(HttpStatusCode.Created);
        letter.Json.GetProperty("level").GetInt32().ShouldBe(1);
        letter.Json.GetProperty("total").GetDecimal().ShouldBe(0.83m);
        var text = (await Staff.GetAsync($"/dunning-letters/{letter.Id}", HttpStatusCode.OK))["text"]!;
        text.ShouldContain("insgesamt 0,83\u00a0€ überfällig");
        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, "letter-too-young");
        await PayAsync(id, "2026-06-15", 0.83m);
        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, "loan-not-running");
    }

    [Theory]
    [InlineData("ENFORCEMENT_COSTS")]
    [InlineData("PENALTY")]
    public async Task Costs_that_were_booked_after_the_last_payment_are_dunned_with_it(string kind)
    {
        var id = await RepaidLateAsync("2026-05-20");
        await Staff.PostAsync(
            $"/loan-accounts/{id}/charges",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-01",
                amount = 7,
                kind,
            },
            HttpStatusCode.OK
        );

        (await TryAsync(id)).Json.GetProperty("total").GetDecimal().ShouldBe(7.83m);
    }

    [Theory]
    [InlineData("ENFORCEMENT_COSTS", null, "too-early")]
    [InlineData("PENALTY", "2026-08-01", "nothing-overdue")]
    public async Task What_is_booked_when_all_was_paid_is_not_dunned_before_it_is_due_nor_on_its_day(
        string kind,
        string? dueOn,
        string code
    )
    {
        var id = await RepaidLateAsync("2026-05-04");
        await Staff.PostAsync(
            $"/loan-accounts/{id}/charges",
            new
            {
                eventId = Unique.Id(),
                effectiveOn = "2026-06-15",
                amount = 7,
                kind,
                dueOn,
            },
            HttpStatusCode.OK
        );

        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task Levels_wait_from_the_last_payment_on()
    {
        // The first level comes after five days.
        var id = await RepaidLateAsync("2026-06-10");

        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, "too-early");
    }

    [Fact]
    public async Task A_loan_that_is_over_is_not_threatened_to_be_called_due()
    {
        await Staff.ExpectAsync(
            "PUT",
            "/dunning-levels",
            new
            {
                levels = new[]
                {
                    new
                    {
                        afterDays = 5,
                        payWithinDays = 18,
                        threatensCallingDue = true,
                    },
                },
            },
            HttpStatusCode.OK
        );
        var id = await RepaidLateAsync("2026-05-20");

        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, "notice-not-allowed");
    }

    [Fact]
    public async Task What_goes_with_an_instalment_to_come_waits_for_it()
    {
        var id = await LoanAsync(new(2026, 3, 2), new(2026, 7, 1), new(2026, 8, 3));
        await PayAsync(id, "2026-03-20", 405);

        (await TryAsync(id)).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-overdue");
    }

    private async Task<Guid> RepaidLateAsync(string lastPaidOn)
    {
        var id = await LoanAsync(new(2026, 3, 2), new(2026, 4, 1), new(2026, 5, 4));
        await PayAsync(id, "2026-03-02", 405);
        await PayAsync(id, "2026-04-01", 303);
        await PayAsync(id, lastPaidOn, 301.50m);
        return id;
    }

    private Task<Guid> LoanAsync(DateOnly first, DateOnly second, DateOnly third) =>
        fixture.DisbursedAccountAsync(
            organization,
            change: offer => offer with { Instalments = [new(first, 400, 5), new(second, 300, 3), new(third, 300, 1.5m)] }
        );

    private Task<Answer> TryAsync(Guid id) =>
        Staff.SendAsync("POST", $"/loan-accounts/{id}/dunning-letters", new { letterId = Unique.Id() });

    private Task<Answer> PayAsync(Guid id, string on, decimal amount) =>
        Staff.PostAsync($"/loan-accounts/{id}/payments", new MoneyBody(Unique.Id(), on, amount), HttpStatusCode.OK);
}
