using Lending.Kernel;
using Lending.Platform.Persistence;

namespace Lending.Disclosures.Reminders;

/// <summary>
/// That a customer has to be reminded of the right to withdraw, because they accepted less than a day after they were given the form (Directive (EU)
/// 2023/2225, article 10(1)).
/// </summary>
internal sealed class WithdrawalReminder : ITenantOwned
{
    /// <summary>Who had this much time to read needs no reminder.</summary>
    public static readonly TimeSpan GoodTime = TimeSpan.FromDays(1);

    private WithdrawalReminder() { }

    /// <summary>A reminder for the second day after the acceptance.</summary>
    public WithdrawalReminder(Guid offerId, Guid customerId, DateTimeOffset acceptedAt, DateTimeOffset withdrawalEndsAt, string timeZone)
    {
        OfferId = offerId;
        CustomerId = customerId;
        WithdrawalEndsAt = withdrawalEndsAt;
        // The law: between one and seven days after.
        DueAt = LocalDay.EndOf(LocalDay.Of(acceptedAt, timeZone).AddDays(1), timeZone);
    }

    public Guid OfferId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>The first moment at which the customer can no longer withdraw.</summary>
    public DateTimeOffset WithdrawalEndsAt { get; private init; }

    /// <summary>From when on it is sent: the beginning of the second day after that of the acceptance.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>When it was sent; null until then.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    public void Send(DateTimeOffset now) => SentAt = now;
}
