using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Privacy;

namespace Lending.Payments.Payouts;

/// <summary>Transfers that go to the bank in one file, for one day.</summary>
internal sealed class PayoutRun : BankRun
{
    private PayoutRun() { }

    [NotPersonal]
    public DateOnly ExecuteOn { get; private init; }

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
    public Error? FindObstacleToRelease(Guid userId, DateTimeOffset now) => FindObstacleToRelease(userId) ?? FindObstacleOf(ExecuteOn, now);

    /// <summary>Why nothing can be sent on the day, as it is handed in now, or null.</summary>
    public static Error? FindObstacleOf(DateOnly executeOn, DateTimeOffset now) =>
        !TargetCalendar.IsOpen(executeOn) ? PaymentsErrors.ClosedDay("executeOn")
        : executeOn < TargetCalendar.FirstPayoutDay(now) ? PayoutErrors.TooLate
        : executeOn > TargetCalendar.LastDay(now) ? PaymentsErrors.TooEarly("executeOn")
        : null;
}
