using System.Net;
using Lending.Testing;
using Npgsql;

namespace Lending.Payments.Tests.Cards;

/// <summary>Money that is given back: never more than came, and once.</summary>
public sealed class CardRefundTests(PaymentsFixture fixture)
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    private readonly CardSteps steps = new(fixture);

    [Fact]
    public async Task Parts_are_given_back_until_nothing_is_left()
    {
        var (id, intent) = await steps.PaidAsync(100);

        var first = await steps.RefundAsync(id, 30);
        var second = await steps.RefundAsync(id, 70);

        first.Json.GetProperty("refundedAmount").GetDecimal().ShouldBe(30, first.Text);
        second.Json.GetProperty("refundedAmount").GetDecimal().ShouldBe(100, second.Text);
        second
            .Json.GetProperty("returns")
            .EnumerateArray()
            .ShouldAllBe(back => back.GetProperty("status").GetString() == "WITHDRAWN" && back.GetProperty("kind").GetString() == "REFUND");
        (await steps.RefundAsync(id, 0.01m)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        steps.Books.RefundsOf(intent).Count.ShouldBe(2);
        steps
            .Loan.Returns.Values.Select(back => (back.PaymentId, back.On, back.Amount, back.Fee))
            .OrderBy(back => back.Amount)
            .ShouldBe([(id, Today, 30m, 0m), (id, Today, 70m, 0m)]);
    }

    [Fact]
    public async Task Of_several_at_once_only_what_came_goes_back()
    {
        var (id, intent) = await steps.PaidAsync(100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => steps.RefundAsync(id, 40)));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(2);
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        }
        steps.Books.RefundsOf(intent).Count.ShouldBe(2);
        steps.Loan.Returns.Values.Sum(back => back.Amount).ShouldBe(80);
    }

    [Fact]
    public async Task The_database_holds_the_cap_too()
    {
        var (id, _) = await steps.PaidAsync(100);
        var (unpaid, _) = await steps.StartAsync(100);

        (await ViolationOfAsync($"UPDATE payments.card_payments SET refunded_amount = 100.01 WHERE id = '{id}'")).ShouldBe(
            "ck_card_payments_refunded_amount"
        );
        (await ViolationOfAsync($"UPDATE payments.card_payments SET refunded_amount = 0.01 WHERE id = '{unpaid}'")).ShouldBe(
            "ck_card_payments_refunded_amount"
        );
    }

    [Fact]
    public async Task The_same_request_is_one_refund_also_at_once_and_another_one_with_its_id_is_refused()
    {
        var (id, intent) = await steps.PaidAsync(100);
        var requestId = Unique.Id();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => steps.RefundAsync(id, 40, requestId)));
        var again = await steps.RefundAsync(id, 40, requestId);

        // Stripe refuses a key that is under way.
        answers.ShouldAllBe(answer =>
            answer.Status == HttpStatusCode.OK || answer.Code == "card-provider-unavailable" || answer.Code == "concurrent-change"
        );
        again.Json.GetProperty("refundedAmount").GetDecimal().ShouldBe(40, again.Text);
        (await steps.RefundAsync(id, 41, requestId)).ShouldBeProblem(HttpStatusCode.Conflict, "request-id-taken");
        steps.Books.RefundsOf(intent).Count.ShouldBe(1);
        steps.Loan.Returns.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_made_once()
    {
        var amount = CardSteps.NewAmount();
        var (id, intent) = await steps.PaidAsync(amount);
        var requestId = Unique.Id();
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.LoseAnswer);

        (await steps.RefundAsync(id, amount, requestId)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "card-provider-unavailable");
        (await steps.RefundAsync(id, 0.01m)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        var again = await steps.RefundAsync(id, amount, requestId);

        again.Json.GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("WITHDRAWN", again.Text);
        steps.Books.RefundsOf(intent).Count.ShouldBe(1);
        steps.Loan.Returns.ShouldHaveSingleItem();
        fixture
            .Stripe.Posts.Count(post => post.Form.Contains($"payment_intent={intent}", StringComparison.Ordinal))
            .ShouldBe(1, "Stripe was asked what it knows, and not to do it again");
    }

    [Fact]
    public async Task A_host_that_dies_between_Stripe_s_answer_and_the_commit_loses_and_doubles_nothing()
    {
        var (id, intent) = await steps.PaidAsync(100);
        var requestId = Unique.Id();
        steps.Loan.IsBroken = true;

        (await steps.RefundAsync(id, 60, requestId)).ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
        (await steps.RefundAsync(id, 60)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        steps.Loan.IsBroken = false;
        await steps.TellAsync(steps.Books.EventAbout(intent, "charge.refunded"));

        steps.Loan.Returns.ShouldHaveSingleItem().Value.Amount.ShouldBe(60);
        (await steps.RefundAsync(id, 60, requestId)).Status.ShouldBe(HttpStatusCode.OK);
        steps.Loan.Returns.Count.ShouldBe(1);
        steps.Books.RefundsOf(intent).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_given_back_at_Stripe_counts_and_what_Stripe_refuses_does_not()
    {
        var (id, intent) = await steps.PaidAsync(100);
        var requestId = Unique.Id();
        var elsewhere = steps.Books.RefundInDashboard(intent, 9000);

        (await steps.RefundAsync(id, 50, requestId)).ShouldBeProblem(HttpStatusCode.Conflict, "card-provider-refused");
        (await steps.RefundAsync(id, 50, requestId)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-refused");
        (await steps.ReadAsync(id)).GetProperty("refundedAmount").GetDecimal().ShouldBe(0);
        await steps.TellAsync(elsewhere);

        (await steps.ReadAsync(id)).GetProperty("refundedAmount").GetDecimal().ShouldBe(90);
        steps.Loan.Returns.ShouldHaveSingleItem().Value.Amount.ShouldBe(90);
        (await steps.RefundAsync(id, 50)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        (await steps.RefundAsync(id, 10)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_given_back_at_Stripe_waits_while_ours_is_under_way()
    {
        var amount = CardSteps.NewAmount();
        var (id, intent) = await steps.PaidAsync(amount);
        var requestId = Unique.Id();
        fixture.Stripe.Fail(CardSteps.Cents(amount), StripeFault.TooManyRequests);
        (await steps.RefundAsync(id, amount, requestId)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "card-provider-unavailable");
        var elsewhere = steps.Books.RefundInDashboard(intent, (long)(amount * 100));

        (await steps.TryTellAsync(elsewhere)).ShouldBeProblem(HttpStatusCode.Conflict, "refund-exceeds-payment");
        (await steps.RefundAsync(id, amount, requestId)).ShouldBeProblem(HttpStatusCode.Conflict, "card-provider-refused");
        await steps.TellAsync(elsewhere);

        steps.Loan.Returns.ShouldHaveSingleItem().Value.Amount.ShouldBe(amount);
        (await steps.ReadAsync(id)).GetProperty("refundedAmount").GetDecimal().ShouldBe(amount);
    }

    [Fact]
    public async Task A_refund_that_fails_afterwards_did_not_happen_and_the_money_may_be_given_back_again()
    {
        var (id, intent) = await steps.PaidAsync(100);
        await steps.RefundAsync(id, 100);

        var failed = steps.Books.FailRefund(intent);
        await steps.TellAsync(failed);
        await steps.TellAsync(failed);

        var read = await steps.ReadAsync(id);
        read.GetProperty("returns")[0].GetProperty("status").GetString().ShouldBe("REINSTATED");
        read.GetProperty("refundedAmount").GetDecimal().ShouldBe(0);
        steps.Loan.Payments.Count.ShouldBe(1);
        var reversed = steps.Loan.Reversed.ShouldHaveSingleItem().Value;
        reversed.ShouldBe(steps.Loan.Returns.ShouldHaveSingleItem().Key);

        (await steps.RefundAsync(id, 60)).Status.ShouldBe(HttpStatusCode.OK);
        (await steps.RefundAsync(id, 40)).Status.ShouldBe(HttpStatusCode.OK);

        steps.Loan.Returns.Values.Where(back => back.Id != reversed).Sum(back => back.Amount).ShouldBe(100);
        (await steps.Staff.WorkItemsAsync()).ShouldBeEmpty("the loan account took them");
    }

    [Fact]
    public async Task A_refund_at_Stripe_that_failed_blocks_nothing_beside_the_one_that_took_its_place()
    {
        var (id, intent) = await steps.PaidAsync(100);
        steps.Books.RefundInDashboard(intent, 10_000);
        var failed = steps.Books.FailRefund(intent);
        var another = steps.Books.RefundInDashboard(intent, 10_000);

        await steps.TellAsync(failed);
        await steps.TellAsync(another);

        var read = await steps.ReadAsync(id);
        var back = read.GetProperty("returns").EnumerateArray().ShouldHaveSingleItem();
        back.GetProperty("status").GetString().ShouldBe("WITHDRAWN");
        read.GetProperty("refundedAmount").GetDecimal().ShouldBe(100);
        steps.Loan.Returns.ShouldHaveSingleItem().Value.Amount.ShouldBe(100);
        steps.Loan.Payments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_paid_is_not_given_back()
    {
        var (id, _) = await steps.StartAsync();

        (await steps.RefundAsync(id, 1)).ShouldBeProblem(HttpStatusCode.Conflict, "card-payment-not-paid");
        (await steps.RefundAsync(id, 0.001m)).ShouldBeProblem(HttpStatusCode.BadRequest, "amount-not-chargeable");
        (await steps.RefundAsync(Unique.Id(), 1)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    private async Task<string?> ViolationOfAsync(string sql)
    {
        await using var command = fixture.Host.Database.CreateCommand(sql);
        return (
            await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))
        ).ConstraintName;
    }
}
