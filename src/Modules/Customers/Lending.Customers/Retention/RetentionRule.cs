using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Customers.Retention;

/// <summary>After how many months an organisation has rows of one kind deleted. Without a rule, they are kept.</summary>
internal sealed class RetentionRule : ITenantOwned
{
    public const int MaximumNameLength = 50;

    /// <summary>The longest time, in months: a hundred years.</summary>
    public const int MaximumMonths = 1200;

    private RetentionRule() { }

    public RetentionRule(string records, int months, UserReference setBy, DateTimeOffset now)
    {
        Records = records;
        Months = months;
        SetBy = setBy;
        SetAt = now;
    }

    public Guid OrganizationId { get; private init; }

    /// <summary>The kind of rows; see <see cref="IOldRecords.Name"/>.</summary>
    [NotPersonal]
    public string Records { get; private init; } = "";

    public int Months { get; private init; }

    public UserReference SetBy { get; private init; } = null!;

    public DateTimeOffset SetAt { get; private init; }

    /// <summary>Rows from before this moment are old enough. It is the beginning of a day, in the organisation's time zone.</summary>
    public static DateTimeOffset CutoffOf(IOldRecords records, int months, DateTimeOffset now, string timeZone)
    {
        var day = LocalDay.Of(now, timeZone).AddMonths(-months);
        return LocalDay.EndOf((records.CountsFromYearsEnd ? new DateOnly(day.Year, 1, 1) : day).AddDays(-1), timeZone);
    }
}
