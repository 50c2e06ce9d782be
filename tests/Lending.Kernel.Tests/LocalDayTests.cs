using System.Globalization;

namespace Lending.Kernel.Tests;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("2026-11-21", "UTC", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11-21", "Europe/Berlin", "2026-11-21T23:00:00Z")]
    [InlineData("2026-07-21", "Europe/Berlin", "2026-07-21T22:00:00Z")]
    [InlineData("2026-11-21", "Asia/Tokyo", "2026-11-21T15:00:00Z")]
    [InlineData("2026-11-21", "America/Los_Angeles", "2026-11-22T08:00:00Z")]
    // Clocks skip midnight: 00:00 is 01:00 there, in Cairo in spring.
    [InlineData("2026-04-23", "Africa/Cairo", "2026-04-23T22:00:00Z")]
    // Midnight comes twice in Havana in autumn; the first one ends the day.
    [InlineData("2026-10-31", "America/Havana", "2026-11-01T04:00:00Z")]
    public void A_day_ends_when_the_next_one_begins_there(string day, string zone, string end)
    {
        var expected = DateTimeOffset.Parse(end, CultureInfo.InvariantCulture);

        var ends = LocalDay.EndOf(DateOnly.Parse(day, CultureInfo.InvariantCulture), zone);

        ends.ShouldBe(expected);
        ends.Offset.ShouldBe(TimeSpan.Zero);
        LocalDay.Of(ends.AddMicroseconds(-1), zone).ToString("O", CultureInfo.InvariantCulture).ShouldBe(day);
        LocalDay.Of(ends, zone).ShouldBe(DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(1));
    }
}
