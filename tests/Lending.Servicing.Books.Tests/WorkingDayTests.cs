using System.Globalization;
using Lending.Kernel;

namespace Lending.Servicing.Books.Tests;

/// <summary>§ 193 BGB: what is due on a day on which nobody works is late after the next one on which somebody does.</summary>
public sealed class WorkingDayTests
{
    // Due on a Sunday. 1,000 in two instalments without interest, at 10 % when they are late.
    private static readonly LoanContract _loan = new(
        Currency.Get("EUR"),
        1_000,
        0,
        [new(new(2026, 2, 1)) { Principal = 500 }, new(new(2026, 3, 2)) { Principal = 500 }]
    )
    {
        DefaultInterest = new(10, IsAboveBaseRate: false),
        WaitsForWorkingDays = true,
    };

    private static readonly Disbursed _paidOut = new(Id(1), new(2026, 1, 1), 1_000);

    [Theory]
    [InlineData("2026-01-30", "2026-01-30")] // a Friday
    [InlineData("2026-01-31", "2026-02-02")]
    [InlineData("2026-02-01", "2026-02-02")]
    [InlineData("2026-04-03", "2026-04-07")] // Good Friday to the Tuesday after Easter
    [InlineData("2026-05-01", "2026-05-04")] // a Friday
    [InlineData("2026-05-14", "2026-05-15")] // Ascension, on which banks settle payments
    [InlineData("2027-11-01", "2027-11-02")] // All Saints, in five states
    [InlineData("2026-12-24", "2026-12-24")]
    [InlineData("2026-12-25", "2026-12-28")]
    public void The_next_working_day_is_found(string day, string expected) => WorkingDays.OnOrAfter(Day(day)).ShouldBe(Day(expected));

    [Fact]
    public void An_instalment_that_is_due_on_a_Sunday_and_paid_on_the_Monday_was_never_late()
    {
        var state = At("2026-02-02", new PaymentReceived(Id(2), new(2026, 2, 2), 500));

        (state.Arrears.DaysPastDue, state.DefaultInterest, state.Schedule[0].PaidLate).ShouldBe((0, 0, 0));
        At("2026-02-20", new PaymentReceived(Id(2), new(2026, 2, 2), 500)).DefaultInterest.ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-02-01", 0, 0, "2026-02-03")]
    [InlineData("2026-02-02", 0, 0, "2026-02-03")]
    [InlineData("2026-02-03", 2, 0.14, "2026-02-05")]
    [InlineData("2026-02-12", 11, 1.37, "2026-02-28")]
    public void Unpaid_after_the_Monday_it_is_late_since_the_Sunday_and_bears_interest_since_the_Monday(
        string day,
        int daysPastDue,
        double defaultInterest,
        string next
    )
    {
        var state = At(day);

        state.Arrears.DaysPastDue.ShouldBe(daysPastDue);
        state.Arrears.Amount.ShouldBe(daysPastDue > 0 ? 500 : 0);
        state.DefaultInterest.ShouldBe((decimal)defaultInterest);
        state.NextOn.ShouldBe(Day(next));
    }

    [Fact]
    public void Paid_after_the_Monday_it_was_paid_late() =>
        At("2026-02-03", new PaymentReceived(Id(2), new(2026, 2, 3), 500)).Schedule[0].PaidLate.ShouldBe(500);

    [Fact]
    public void A_loan_that_is_called_due_on_a_Saturday_bears_default_interest_from_the_Monday_on()
    {
        var state = At("2026-02-10", new CalledDue(Id(2), new(2026, 2, 7)));

        // 500 for eight days since the second, and the rest for one day since the ninth.
        state.DefaultInterest.ShouldBe(decimal.Round((500 * 8 + 500) * 0.1m / 365, 2));
    }

    [Fact]
    public void Accounts_of_before_stay_as_they_were()
    {
        var state = LoanReplay.At(_loan with { WaitsForWorkingDays = false }, [_paidOut], new(2026, 2, 2));

        (state.Arrears.DaysPastDue, state.DefaultInterest, state.NextOn).ShouldBe((1, 0.14m, new DateOnly(2026, 2, 5)));
    }

    [Theory]
    [InlineData("2026-03-02", "2026-03-17")]
    [InlineData("2026-03-20", "2026-04-08")] // the fourteenth day is Good Friday
    public void The_two_weeks_of_a_notice_end_on_a_working_day(string notice, string allowedFrom) =>
        CallingDue.AllowedFrom(Day(notice)).ShouldBe(Day(allowedFrom));

    private static LoanState At(string day, params LoanEvent[] events) => LoanReplay.At(_loan, [_paidOut, .. events], Day(day));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
