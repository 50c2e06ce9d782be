using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Payouts;

/// <summary>Where a run is on its way to the bank.</summary>
internal enum PayoutRunStatus
{
    /// <summary>It was made, and waits for a second person.</summary>
    Draft,

    /// <summary>Its file may go to the bank.</summary>
    Released,

    /// <summary>It never goes there.</summary>
    Cancelled,
}

/// <summary>Transfers that go to the bank in one file, for one day. Who makes it does not release it.</summary>
internal sealed class PayoutRun : ITenantOwned, IListed
{
    public const int MessageIdLength = 26;

    private PayoutRun() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    [NotPersonal]
    public DateOnly ExecuteOn { get; private init; }

    public PayoutRunStatus Status { get; private set; }

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

    public static PayoutRun Create(DateOnly executeOn, UserReference by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            ExecuteOn = executeOn,
            MessageId = $"PR{id:N}"[..MessageIdLength],
            CreatedBy = by,
            CreatedAt = now,
        };
    }

    /// <summary>Says what is in it.</summary>
    public void Comprise(IReadOnlyCollection<Payout> payouts)
    {
        Count = payouts.Count;
        Total = payouts.Sum(payout => payout.Amount);
    }

    /// <summary>Why this person may not release it now, or null.</summary>
    public Error? FindObstacleToRelease(Guid userId, DateTimeOffset now) =>
        Status != PayoutRunStatus.Draft ? PaymentsErrors.RunNotDraft
        : userId == CreatedBy.Id ? PaymentsErrors.RunNeedsSecondPerson
        : FindObstacleOf(ExecuteOn, now);

    /// <summary>Why nothing can be sent on the day, as it is handed in now, or null.</summary>
    public static Error? FindObstacleOf(DateOnly executeOn, DateTimeOffset now) =>
        !TargetCalendar.IsOpen(executeOn) ? PayoutErrors.ClosedDay
        : executeOn < TargetCalendar.FirstPayoutDay(now) ? PayoutErrors.TooLate
        : executeOn > TargetCalendar.LastDay(now) ? PayoutErrors.TooEarly
        : null;

    public void Release(string file, UserReference by, DateTimeOffset now)
    {
        Status = PayoutRunStatus.Released;
        File = new Encrypted(file);
        (DecidedBy, DecidedAt) = (by, now);
    }

    public Error? Cancel(UserReference by, DateTimeOffset now)
    {
        if (Status != PayoutRunStatus.Draft)
        {
            return PaymentsErrors.RunNotDraft;
        }
        Status = PayoutRunStatus.Cancelled;
        (DecidedBy, DecidedAt) = (by, now);
        return null;
    }
}
