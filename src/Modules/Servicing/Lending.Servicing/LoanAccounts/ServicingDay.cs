namespace Lending.Servicing.LoanAccounts;

/// <summary>Days as value dates count them: in Germany, whose law the loans are under.</summary>
internal static class ServicingDay
{
    private static readonly TimeZoneInfo _berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The day that it is now.</summary>
    public static DateOnly Of(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _berlin).Date);
}
