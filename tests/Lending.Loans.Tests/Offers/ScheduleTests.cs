using System.Net;
using System.Text.Json;
using Lending.Kernel;
using Lending.Loans.Terms;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class ScheduleTests(LoansFixture fixture)
{
    [Theory]
    [InlineData("EUR", 10_000, 8, 10)]
    [InlineData("EUR", 1_000, 0, 7)]
    [InlineData("JPY", 500, 50, 600)]
    [InlineData("KWD", 123_456.789, 3.333333, 359)]
    public async Task Rows_repay_the_offer_exactly(string currency, double amount, double rate, int months)
    {
        var office = new Office(fixture, currency);
        var offer = await office.OfferAsync(office.Terms((decimal)amount, (decimal)rate, months));

        var schedule = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK);

        schedule["method"].ShouldBe("equal-instalments");
        schedule["currency"].ShouldBe(currency);
        var rows = schedule.Json.GetProperty("rows").EnumerateArray().ToList();
        rows.Select(row => row.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, months));
        rows.Sum(row => Number(row, "payment")).ShouldBe(Number(offer.Json, "totalPayment"));
        rows.Sum(row => Number(row, "principal")).ShouldBe((decimal)amount);
        rows.Sum(row => Number(row, "interest")).ShouldBe(Number(offer.Json, "totalInterest"));
        rows.ShouldAllBe(row => Number(row, "payment") == Number(row, "principal") + Number(row, "interest"));
        var balance = (decimal)amount;
        foreach (var row in rows)
        {
            balance -= Number(row, "principal");
            Number(row, "balance").ShouldBe(balance);
        }
        balance.ShouldBe(0);
        rows.SkipLast(1)
            .Select(row => Number(row, "payment"))
            .Distinct()
            .ShouldBe([Number(offer.Json, "monthlyPayment")], "only the last payment may differ");
    }

    [Fact]
    public async Task Rows_are_written_in_the_scale_of_the_currency()
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync(office.Terms(1_000, 0, 2));

        var schedule = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK);

        schedule.Text.ShouldContain("\"payment\":500.00,\"principal\":500.00,\"interest\":0.00,\"balance\":500.00}");
        schedule.Text.ShouldEndWith("\"payment\":500.00,\"principal\":500.00,\"interest\":0.00,\"balance\":0.00}]}");
    }

    [Theory]
    [InlineData("2026-01-15T12:00:00Z", "UTC", "2026-02-15")]
    [InlineData("2026-01-31T12:00:00Z", "UTC", "2026-02-28")]
    [InlineData("2028-01-31T12:00:00Z", "UTC", "2028-02-29")]
    [InlineData("2026-12-31T12:00:00Z", "UTC", "2027-01-31")]
    [InlineData("2026-03-31T12:00:00Z", "UTC", "2026-04-30")]
    // Already the next day in the east, still the day before in the west.
    [InlineData("2026-03-31T23:30:00Z", "Asia/Tokyo", "2026-05-01")]
    [InlineData("2026-04-01T01:30:00Z", "America/Los_Angeles", "2026-04-30")]
    [InlineData("2026-03-31T22:30:00Z", "Europe/Berlin", "2026-05-01")]
    [InlineData("2026-01-31T22:30:00Z", "Europe/Berlin", "2026-02-28")]
    public void The_first_instalment_is_due_a_month_after_the_day_of_the_offer(string now, string timeZone, string due) =>
        LoanDates
            .Of(null, null, LocalDay.Of(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), timeZone))
            .FirstDue.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(due);

    [Fact]
    public async Task Due_dates_follow_the_organisations_day_and_stay_when_the_offer_changes()
    {
        await using var own = new LoansFixture();
        await own.InitializeAsync();
        // Half an hour before a new year in UTC; in Tokyo it has begun.
        own.Host.Clock.Advance(new DateTimeOffset(2030, 12, 31, 23, 30, 0, TimeSpan.Zero) - own.Host.Clock.GetUtcNow());
        var tokyo = new Office(own, "JPY", "Asia/Tokyo");
        var london = new Office(own, "GBP", "Europe/London");
        string[] expectedInTokyo = ["2031-02-01", "2031-03-01", "2031-04-01"];
        string[] expectedInLondon = ["2031-01-31", "2031-02-28", "2031-03-31"];

        var offer = await tokyo.OfferAsync(tokyo.Terms(termMonths: 3));
        (await DueDatesAsync(tokyo, offer)).ShouldBe(expectedInTokyo);
        (await DueDatesAsync(london, await london.OfferAsync(london.Terms(termMonths: 3)))).ShouldBe(expectedInLondon);

        own.Host.Clock.Advance(TimeSpan.FromMinutes(40));
        await tokyo.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"loanAmount":5000}""", HttpStatusCode.OK);
        (await DueDatesAsync(tokyo, offer)).ShouldBe(expectedInTokyo);
    }

    private static async Task<string[]> DueDatesAsync(Office office, Answer offer) =>
        [
            .. (await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK))
                .Json.GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.GetProperty("dueDate").GetString()!),
        ];

    private static decimal Number(JsonElement element, string member) => element.GetProperty(member).GetDecimal();
}
