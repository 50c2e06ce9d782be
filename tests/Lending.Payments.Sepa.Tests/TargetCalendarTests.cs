using System.Globalization;

namespace Lending.Payments.Sepa.Tests;

public sealed class TargetCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", false)] // New Year
    [InlineData("2026-04-03", false)] // Good Friday
    [InlineData("2026-04-06", false)] // Easter Monday
    [InlineData("2026-05-01", false)] // Labour Day
    [InlineData("2026-12-25", false)]
    [InlineData("2026-12-26", false)]
    [InlineData("2027-03-26", false)] // Good Friday
    [InlineData("2027-03-29", false)] // Easter Monday
    [InlineData("2038-04-26", false)] // the latest Easter Monday of the century
    [InlineData("2026-11-28", false)] // Saturday
    [InlineData("2026-11-29", false)] // Sunday
    [InlineData("2026-11-30", true)]
    [InlineData("2026-04-07", true)]
    [InlineData("2026-10-03", false)] // Saturday
    [InlineData("2028-10-03", true)] // German Unity is no holiday of TARGET
    [InlineData("2026-05-14", true)] // nor is Ascension
    [InlineData("2026-12-24", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2028-12-26", false)]
    [InlineData("2027-12-27", true)] // holidays on a weekend are not made up for
    public void Payments_are_settled_on_open_days(string day, bool expected) => TargetCalendar.IsOpen(Day(day)).ShouldBe(expected);

    [Theory]
    [InlineData("2026-11-26", "2026-11-27")]
    [InlineData("2026-11-27", "2026-11-30")]
    [InlineData("2026-04-02", "2026-04-07")] // over Easter
    [InlineData("2026-12-24", "2026-12-28")] // over Christmas and a weekend
    public void The_next_open_day_is_found(string day, string expected) => TargetCalendar.NextAfter(Day(day)).ShouldBe(Day(expected));

    [Theory]
    [InlineData("2026-11-26T10:00:00Z", "2026-11-27")]
    [InlineData("2026-11-26T11:59:59Z", "2026-11-27")] // a second before one o'clock in Frankfurt
    [InlineData("2026-11-26T12:00:00Z", "2026-11-30")] // too late for Friday
    [InlineData("2026-06-25T11:00:00Z", "2026-06-29")] // the same in summer
    [InlineData("2026-11-28T08:00:00Z", "2026-12-01")] // what comes on Saturday is handed in on Monday
    [InlineData("2026-04-02T08:00:00Z", "2026-04-07")]
    [InlineData("2026-04-03T08:00:00Z", "2026-04-08")]
    [InlineData("2026-11-29T23:30:00Z", "2026-12-01")] // it is Monday in Frankfurt
    public void A_debit_is_handed_in_one_open_day_before(string now, string expected) =>
        TargetCalendar.FirstCollectionDay(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).ShouldBe(Day(expected));

    [Theory]
    [InlineData("2026-11-26T11:59:59Z", "2026-11-26")] // a second before one o'clock in Frankfurt
    [InlineData("2026-11-26T12:00:00Z", "2026-11-27")]
    [InlineData("2026-11-28T08:00:00Z", "2026-11-30")]
    public void A_transfer_is_sent_on_its_day_where_the_bank_has_it_in_time(string now, string expected) =>
        TargetCalendar.FirstPayoutDay(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).ShouldBe(Day(expected));

    [Fact]
    public void No_debit_is_handed_in_earlier_than_two_weeks_before() =>
        TargetCalendar.LastDay(new DateTimeOffset(2026, 11, 26, 23, 30, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 12, 11));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
