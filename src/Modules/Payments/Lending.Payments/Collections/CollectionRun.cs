using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Privacy;

namespace Lending.Payments.Collections;

/// <summary>Debits that go to the bank in one file, for one day.</summary>
internal sealed class CollectionRun : BankRun
{
    private CollectionRun() { }

    [NotPersonal]
    public DateOnly CollectOn { get; private init; }

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
        FindObstacleToRelease(userId) ?? FindObstacleOf(CollectOn, noticeDays, now);

    /// <summary>Why nothing can be collected on the day, as it is handed in and customers are told of it now, or null.</summary>
    public static Error? FindObstacleOf(DateOnly collectOn, int noticeDays, DateTimeOffset now) =>
        !TargetCalendar.IsOpen(collectOn) ? PaymentsErrors.ClosedDay("collectOn")
        : collectOn < TargetCalendar.FirstCollectionDay(now) ? CollectionErrors.TooLate
        : collectOn > TargetCalendar.LastDay(now) ? PaymentsErrors.TooEarly("collectOn")
        : collectOn < TargetCalendar.DayOf(now).AddDays(noticeDays) ? CollectionErrors.TooLateForNotice
        : null;
}
