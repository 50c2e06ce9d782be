using System.Net;
using System.Text.Json;
using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>What a payout and a withdrawal have to do with each other.</summary>
public sealed class WithdrawalTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task By_default_nothing_is_paid_out_as_long_as_the_customer_can_withdraw()
    {
        var careful = new Office(fixture, allowsEarlyPayout: false);
        var offer = await careful.OfferAsync("ACCEPTED");

        (await careful.TryAsync(offer, "disburse")).ShouldBeProblem(HttpStatusCode.Conflict, "withdrawal-period-open");
        (await careful.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);

        await careful.LetPassAsync(offer, "withdrawal_ends_at");
        (await careful.GoAsync(offer, "disburse"))["disbursedOn"].ShouldBe(Today());
    }

    [Fact]
    public async Task Who_withdraws_after_the_payout_pays_back_the_amount_and_the_interest_of_each_day()
    {
        var offer = await office.OfferAsync("DISBURSED");
        offer.Json.TryGetProperty("repayment", out _).ShouldBeFalse();

        var withdrawn = await office.GoAsync(offer, "withdraw");

        withdrawn["status"].ShouldBe("WITHDRAWN");
        withdrawn["repayment.amount"].ShouldBe("10000.00");
        // 10,000 at 8 percent are 2.1917 a day.
        withdrawn["repayment.dailyInterest"].ShouldBe("2.19");
        withdrawn["repayment.interestFrom"].ShouldBe(Today());
        withdrawn["repayment.dueBy"].ShouldBe(Today(plusDays: 30));
        (await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(withdrawn.Text);
        var listed = (await office.Installer.GetAsync("/loan-offers", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        listed.GetProperty("repayment").GetRawText().ShouldBe(withdrawn.Json.GetProperty("repayment").GetRawText());
        (await office.EventsAsync(offer))
            .Select(happened => happened.Type)
            .TakeLast(2)
            .ShouldBe(["LoanOfferDisbursed", "LoanOfferWithdrawn"]);
    }

    [Fact]
    public async Task Who_withdraws_before_the_payout_pays_nothing_back()
    {
        var withdrawn = await office.OfferAsync("WITHDRAWN");

        withdrawn.Json.TryGetProperty("repayment", out _).ShouldBeFalse();
        withdrawn.Json.TryGetProperty("disbursedOn", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_withdrawal_period_ends_for_what_is_paid_out_as_for_what_is_not()
    {
        var offer = await office.OfferAsync("DISBURSED");
        await office.LetPassAsync(offer, "withdrawal_ends_at");

        (await office.TryAsync(offer, "withdraw")).ShouldBeProblem(HttpStatusCode.Conflict, "withdrawal-period-over");

        await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
        await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
        (await office.EventsAsync(offer)).Count(happened => happened.Type == "LoanOfferWithdrawalPeriodEnded").ShouldBe(1);
    }

    [Theory]
    [InlineData(10_000, 0, 8, "EUR", 10_000, 2.19)]
    [InlineData(10_000, 500, 8, "EUR", 9_500, 2.08)]
    [InlineData(1_000_000, 0, 4.9, "JPY", 1_000_000, 134)]
    [InlineData(10_000, 0, 8, "KWD", 10_000, 2.191)]
    [InlineData(10_000, 0, 0, "EUR", 10_000, 0)]
    [InlineData(500, 0, 0.5, "EUR", 500, 0)]
    public void The_dealer_fee_is_not_paid_back_and_interest_is_rounded_down(
        double loanAmount,
        double dealerFee,
        double rate,
        string currency,
        double amount,
        double dailyInterest
    )
    {
        var (paidOut, due) = (new DateOnly(2026, 11, 24), new DateOnly(2026, 12, 30));

        var repayment = WithdrawalRepayment.Of((decimal)loanAmount, (decimal)dealerFee, (decimal)rate, currency, paidOut, due);

        (repayment.Amount, repayment.DailyInterest).ShouldBe(((decimal)amount, (decimal)dailyInterest));
        (repayment.InterestFrom, repayment.DueBy).ShouldBe((paidOut, due));
    }

    private string Today(int plusDays = 0) =>
        JsonSerializer.SerializeToElement(LocalDay.Of(office.Clock.GetUtcNow(), "Europe/Berlin").AddDays(plusDays)).GetString()!;
}
