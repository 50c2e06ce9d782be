using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Collections;

/// <summary>Where a run is on its way to the bank.</summary>
internal enum CollectionRunStatus
{
    /// <summary>It was made, and waits for a second person.</summary>
    Draft,

    /// <summary>Its file may go to the bank.</summary>
    Released,

    /// <summary>It never goes there.</summary>
    Cancelled,
}

/// <summary>Debits that go to the bank in one file, for one day. Who makes it does not release it.</summary>
internal sealed class CollectionRun : ITenantOwned, IListed
{
    public const int MessageIdLength = 26;

    private CollectionRun() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    [NotPersonal]
    public DateOnly CollectOn { get; private init; }

    public CollectionRunStatus Status { get; private set; }

    /// <summary>What the bank knows the file by.</summary>
    [NotPersonal]
    public string MessageId { get; private init; } = "";

    public int Count { get; private set; }

    public decimal Total { get; private set; }

    /// <summary>The file as it was released: what went to the bank stays as it was.</summary>
    [Personal]
    public Encrypted? File { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Who released or cancelled it; nobody yet.</summary>
    public UserReference DecidedBy { get; private set; } = UserReference.Nobody;

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public static CollectionRun Create(DateOnly collectOn, UserReference by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            CollectOn = collectOn,
            MessageId = $"CR{id:N}"[..MessageIdLength],
            CreatedBy = by,
            CreatedAt = now,
        };
    }

    /// <summary>Says what is in it.</summary>
    public void Comprise(IReadOnlyCollection<Collection> collections)
    {
        Count = collections.Count;
        Total = collections.Sum(collection => collection.Amount);
    }

    /// <summary>Why this person may not release it now, or null.</summary>
    public Error? FindObstacleToRelease(Guid userId, int noticeDays, DateTimeOffset now) =>
        Status != CollectionRunStatus.Draft ? PaymentsErrors.RunNotDraft
        : userId == CreatedBy.Id ? PaymentsErrors.RunNeedsSecondPerson
        : FindObstacleOf(CollectOn, noticeDays, now);

    /// <summary>Why nothing can be collected on the day, as it is handed in and customers are told of it now, or null.</summary>
    public static Error? FindObstacleOf(DateOnly collectOn, int noticeDays, DateTimeOffset now) =>
        !TargetCalendar.IsOpen(collectOn) ? CollectionErrors.ClosedDay
        : collectOn < TargetCalendar.FirstCollectionDay(now) ? CollectionErrors.TooLate
        : collectOn > TargetCalendar.LastDay(now) ? CollectionErrors.TooEarly
        : collectOn < TargetCalendar.DayOf(now).AddDays(noticeDays) ? CollectionErrors.TooLateForNotice
        : null;

    public void Release(string file, UserReference by, DateTimeOffset now)
    {
        Status = CollectionRunStatus.Released;
        File = new Encrypted(file);
        (DecidedBy, DecidedAt) = (by, now);
    }

    public Error? Cancel(UserReference by, DateTimeOffset now)
    {
        if (Status != CollectionRunStatus.Draft)
        {
            return PaymentsErrors.RunNotDraft;
        }
        Status = CollectionRunStatus.Cancelled;
        (DecidedBy, DecidedAt) = (by, now);
        return null;
    }
}
