using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Customers.Retention;

/// <summary>What a rule had deleted on one day. Written in the transactions of the deletions, so it counts exactly what is gone.</summary>
internal sealed class RetentionReport : ITenantOwned, IListed
{
    private RetentionReport() { }

    public RetentionReport(string records, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Records = records;
        Day = DayOf(now);
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>The kind of rows.</summary>
    [NotPersonal]
    public string Records { get; private init; } = "";

    /// <summary>The day, in UTC: a rule runs once a day.</summary>
    [NotPersonal]
    public DateOnly Day { get; private init; }

    /// <summary>After how many months they went.</summary>
    public int Months { get; private set; }

    /// <summary>Rows from before this moment went.</summary>
    public DateTimeOffset Before { get; private set; }

    public int Deleted { get; private set; }

    /// <summary>When the run began.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When nothing was left that was old enough; null while it is under way, or when it was broken off.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>Some more are gone.</summary>
    public void Add(int months, DateTimeOffset before, int deleted, bool isLast, DateTimeOffset now)
    {
        Months = months;
        Before = before;
        Deleted += deleted;
        FinishedAt = isLast ? now : null;
    }
}
