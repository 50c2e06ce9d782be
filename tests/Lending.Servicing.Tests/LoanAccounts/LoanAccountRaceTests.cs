using System.Net;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>People and machines who post to one account at once: nothing is lost, nothing is there twice, and of two who exclude each other one wins.</summary>
public sealed class LoanAccountRaceTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Staff => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task One_payment_that_is_sent_many_times_at_once_is_one_event()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Money(Unique.Id(), 86.07m);

        var answers = await AtOnceAsync(6, _ => Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", payment));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        answers.Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        (await CountAsync("loan_events", id)).ShouldBe(2L, "the payout and the payment");
        (await SumAsync(id, "ClearingIn")).ShouldBe(86.07m);
    }

    [Fact]
    public async Task Payments_at_once_are_all_there_and_the_books_say_what_a_replay_says()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var answers = await AtOnceAsync(
            8,
            index => Staff.SendAsync("POST", $"/loan-accounts/{id}/payments", Money(Unique.Id(), 10 + index))
        );

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        (await SumAsync(id, "ClearingIn")).ShouldBe(108m);
        (
            await fixture.ScalarAsync($"SELECT array_agg(number ORDER BY number) FROM servicing.loan_events WHERE loan_account_id = '{id}'")
        ).ShouldBe(Enumerable.Range(1, 9).ToArray());
        var state = (await Staff.GetAsync($"/loan-accounts/{id}?asOf=2026-06-15", HttpStatusCode.OK)).Json.GetProperty("state");
        (await SumAsync(id, "Principal")).ShouldBe(state.GetProperty("principalOutstanding").GetDecimal());
        (await SumAsync(id, "InterestDue")).ShouldBe(state.GetProperty("interestDue").GetDecimal());
        (await SumAsync(id, "BorrowerCredit")).ShouldBe(-state.GetProperty("credit").GetDecimal());
    }

    [Fact]
    public async Task Of_reversals_at_once_one_wins()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var payment = Unique.Id();
        await Staff.PostAsync($"/loan-accounts/{id}/payments", Money(payment, 50), HttpStatusCode.OK);

        var answers = await AtOnceAsync(
            4,
            _ => Staff.SendAsync("POST", $"/loan-events/{payment}/reversals", new { eventId = Unique.Id() })
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "already-reversed");
        }
        (await SumAsync(id, "ClearingIn")).ShouldBe(0m);
    }

    [Fact]
    public async Task One_id_on_two_accounts_at_once_is_on_one_of_them()
    {
        Guid[] ids = [await fixture.DisbursedAccountAsync(organization), await fixture.DisbursedAccountAsync(organization)];
        var payment = Money(Unique.Id(), 10);

        var answers = await AtOnceAsync(2, index => Staff.SendAsync("POST", $"/loan-accounts/{ids[index]}/payments", payment));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Single(answer => answer.Status != HttpStatusCode.OK).ShouldBeProblem(HttpStatusCode.Conflict, "event-id-taken");
    }

    [Fact]
    public async Task Of_two_who_pay_all_off_at_once_the_second_has_a_credit()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var row = (await Staff.GetAsync($"/loan-accounts/{id}/payoffs", HttpStatusCode.OK)).Json.GetProperty("rows")[0];
        var total = row.GetProperty("total").GetDecimal();

        await AtOnceAsync(
            2,
            _ =>
                Staff.PostAsync(
                    $"/loan-accounts/{id}/payments",
                    new
                    {
                        eventId = Unique.Id(),
                        effectiveOn = row.GetProperty("on").GetString(),
                        amount = total,
                        isPayoff = true,
                    },
                    HttpStatusCode.OK
                )
        );

        var state = (await Staff.GetAsync($"/loan-accounts/{id}", HttpStatusCode.OK)).Json.GetProperty("state");
        state.GetProperty("status").GetString().ShouldBe("SETTLED");
        state.GetProperty("credit").GetDecimal().ShouldBe(total);
        (await SumAsync(id, "Principal")).ShouldBe(0m);
    }

    private static object Money(Guid eventId, decimal amount) =>
        new
        {
            eventId,
            effectiveOn = "2026-02-01",
            amount,
        };

    private static Task<Answer[]> AtOnceAsync(int count, Func<int, Task<Answer>> send) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(send));

    private Task<object?> CountAsync(string table, Guid id) =>
        fixture.ScalarAsync($"SELECT count(*) FROM servicing.{table} WHERE loan_account_id = '{id}'");

    private Task<object?> SumAsync(Guid id, string account) =>
        fixture.ScalarAsync(
            $"""
            SELECT coalesce(sum(amount), 0) FROM servicing.journal_lines JOIN servicing.journal_entries ON id = journal_entry_id
            WHERE loan_account_id = '{id}' AND account = '{account}'
            """
        );
}
