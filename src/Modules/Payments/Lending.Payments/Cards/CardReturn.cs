using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments.Cards;

/// <summary>Why money of a payment by card goes back.</summary>
internal enum CardReturnKind
{
    /// <summary>We give it back.</summary>
    Refund,

    /// <summary>The holder of the card disputes the payment at their bank.</summary>
    Dispute,
}

/// <summary>Whether the money went. It only goes forwards.</summary>
internal enum CardReturnStatus
{
    /// <summary>A refund was asked for; whether the provider knows of it is not known yet.</summary>
    Requested,

    /// <summary>The provider knows of it, and no money went yet.</summary>
    Pending,

    /// <summary>The money went.</summary>
    Withdrawn,

    /// <summary>The money went and came again: a refund failed, or a dispute was won.</summary>
    Reinstated,

    /// <summary>No money went, and none will.</summary>
    Void,
}

/// <summary>Money of a payment by card that goes back: a refund of ours, or a dispute.</summary>
internal sealed class CardReturn : ITenantOwned
{
    private CardReturn() { }

    /// <summary>The id, which the return at Servicing and the provider's <c>Idempotency-Key</c> have as well.</summary>
    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CardPaymentId { get; private init; }

    public Guid CustomerId { get; private init; }

    public CardReturnKind Kind { get; private init; }

    /// <summary>The client's id of the request; null for what began at the provider.</summary>
    public Guid? RequestId { get; private init; }

    public decimal Amount { get; private init; }

    public CardReturnStatus Status { get; private set; }

    /// <summary>What the provider calls it.</summary>
    [NotPersonal]
    public string? ProviderId { get; private set; }

    /// <summary>The provider's code of why.</summary>
    [NotPersonal]
    public string? Reason { get; private set; }

    [NotPersonal]
    public DateOnly? WithdrawnOn { get; private set; }

    [NotPersonal]
    public DateOnly? ReinstatedOn { get; private set; }

    /// <summary>The id of the reversal at Servicing: once the money came again, the payment holds as if it had never gone.</summary>
    public Guid ReinstatementId { get; private init; }

    /// <summary>Whether the loan account knows that the money went.</summary>
    public bool IsBooked { get; private set; }

    /// <summary>Whether the loan account knows that it came again.</summary>
    public bool IsReinstatementBooked { get; private set; }

    /// <summary>Why the loan account did not take it.</summary>
    [NotPersonal]
    public string? BookingRefusal { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whether money is away, or is to go.</summary>
    public bool Counts => Status is not (CardReturnStatus.Reinstated or CardReturnStatus.Void);

    public static CardReturn Request(CardPayment payment, Guid requestId, decimal amount, DateTimeOffset now) =>
        Create(payment, CardReturnKind.Refund, requestId, amount, CardReturnStatus.Requested, now);

    /// <summary>Something that the provider tells of first.</summary>
    public static CardReturn Begin(CardPayment payment, ProviderReturn told, DateTimeOffset now) =>
        Create(payment, told.Kind, null, told.Amount, CardReturnStatus.Pending, now);

    private static CardReturn Create(
        CardPayment payment,
        CardReturnKind kind,
        Guid? requestId,
        decimal amount,
        CardReturnStatus status,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = payment.OrganizationId,
            CardPaymentId = payment.Id,
            CustomerId = payment.CustomerId,
            Kind = kind,
            RequestId = requestId,
            Amount = amount,
            Status = status,
            ReinstatementId = Guid.CreateVersion7(now),
            CreatedAt = now,
        };

    /// <summary>Follows what the provider tells of it; what is older than what is known changes nothing.</summary>
    public void Follow(ProviderReturn told, DateTimeOffset now)
    {
        ProviderId ??= told.Id;
        Reason ??= told.Reason;
        if (Status == CardReturnStatus.Requested)
        {
            Status = CardReturnStatus.Pending;
        }
        if (Status == CardReturnStatus.Pending && told.WithdrawnAt is { } withdrawnAt)
        {
            (Status, WithdrawnOn) = (CardReturnStatus.Withdrawn, CardPayment.DayOf(withdrawnAt, now));
        }
        if (Status == CardReturnStatus.Withdrawn && told.ReinstatedAt is { } reinstatedAt)
        {
            (Status, ReinstatedOn) = (CardReturnStatus.Reinstated, CardPayment.DayOf(reinstatedAt, now));
        }
        if (Status == CardReturnStatus.Pending && told.IsOver)
        {
            Status = CardReturnStatus.Void;
        }
    }

    /// <summary>The provider refused it: no money went.</summary>
    public void Refuse(string? reason) => (Status, Reason) = (CardReturnStatus.Void, reason);

    public void Book() => (IsBooked, BookingRefusal) = (true, null);

    public void BookReinstatement() => (IsReinstatementBooked, BookingRefusal) = (true, null);

    /// <summary>Remembers why the loan account does not take it; false where that is known.</summary>
    public bool RefuseBooking(string code)
    {
        var isNew = BookingRefusal is null;
        BookingRefusal = code;
        return isNew;
    }
}
