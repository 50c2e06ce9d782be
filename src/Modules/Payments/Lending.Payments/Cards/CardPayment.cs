using Lending.Kernel;
using Lending.Payments.Sepa;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Cards;

/// <summary>How far a payment by card is.</summary>
internal enum CardPaymentStatus
{
    /// <summary>It was asked for; whether the provider knows of it is not known yet.</summary>
    Requested,

    /// <summary>The provider waits for the customer: for a card, or for another one after the first was declined.</summary>
    Open,

    /// <summary>The customer has agreed, and the money is not there yet.</summary>
    Processing,

    /// <summary>The money came.</summary>
    Paid,

    /// <summary>Nothing comes of it any more.</summary>
    Cancelled,
}

/// <summary>
/// A payment of a loan by card or wallet. Its row is there before the provider is asked, so nothing that the provider knows is ever unknown here. It only goes
/// forwards, whatever order the provider's events come in.
/// </summary>
internal sealed class CardPayment : ITenantOwned, IListed
{
    public const int MaximumProviderIdLength = 255;
    public const int MaximumCodeLength = 50;

    /// <summary>A payment of which the provider may have forgotten that it was asked: its keys live a day.</summary>
    public static readonly TimeSpan ProviderRemembers = TimeSpan.FromHours(23);

    private CardPayment() { }

    /// <summary>The id, which the payment at Servicing and the provider's <c>Idempotency-Key</c> have as well.</summary>
    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>The client's id of the request.</summary>
    public Guid RequestId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    public Guid CustomerId { get; private init; }

    public decimal Amount { get; private init; }

    [NotPersonal]
    public string Currency { get; private init; } = "";

    /// <summary>What the provider calls it.</summary>
    [NotPersonal]
    public string? ProviderId { get; private set; }

    public CardPaymentStatus Status { get; private set; }

    /// <summary>The provider's code of the last failure.</summary>
    [NotPersonal]
    public string? FailureCode { get; private set; }

    [NotPersonal]
    public DateOnly? PaidOn { get; private set; }

    /// <summary>Whether the loan account has it.</summary>
    public bool IsBooked { get; private set; }

    /// <summary>Why the loan account did not take it.</summary>
    [NotPersonal]
    public string? BookingRefusal { get; private set; }

    /// <summary>What was given back or is to be, and no more than came: the database holds that, too.</summary>
    public decimal RefundedAmount { get; private set; }

    /// <summary>Who asked for it, and gets its secret.</summary>
    public Guid CreatedById { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Refunds and disputes of it.</summary>
    public List<CardReturn> Returns { get; private init; } = [];

    public static CardPayment Create(CreateCardPayment.Request request, PayableLoan loan, Guid byUserId, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            RequestId = request.RequestId,
            LoanAccountId = loan.Id,
            CustomerId = loan.CustomerId,
            Amount = request.Amount!.Value,
            Currency = loan.Currency,
            CreatedById = byUserId,
            CreatedAt = now,
        };

    /// <summary>Why a request with the same id is not this one sent again, or cannot be any more; null: it is.</summary>
    public Error? FindObstacleToRepetition(CreateCardPayment.Request request, Guid byUserId, DateTimeOffset now) =>
        (CreatedById, LoanAccountId, Amount, Currency) != (byUserId, request.LoanAccountId, request.Amount, request.Currency)
            ? CardErrors.RequestIdTaken
        : ProviderId is null && now - CreatedAt > ProviderRemembers ? CardErrors.Abandoned
        : null;

    /// <summary>The provider has made it.</summary>
    public void Open(string providerId)
    {
        ProviderId ??= providerId;
        if (Status == CardPaymentStatus.Requested)
        {
            Status = CardPaymentStatus.Open;
        }
    }

    /// <summary>Follows what the provider tells of it; what is older than what is known changes nothing.</summary>
    public void Follow(ProviderPayment told, DateTimeOffset now)
    {
        Open(told.Id);
        if (Status == CardPaymentStatus.Paid)
        {
            return;
        }
        FailureCode = told.FailureCode;
        if (told.PaidAt is { } paidAt)
        {
            (Status, PaidOn, FailureCode) = (CardPaymentStatus.Paid, DayOf(paidAt, now), null);
        }
        else if (Status != CardPaymentStatus.Cancelled)
        {
            Status = told.Status;
        }
    }

    /// <summary>Takes so much of what may be given back, before the provider is asked.</summary>
    public Error? Reserve(decimal amount)
    {
        if (Status != CardPaymentStatus.Paid)
        {
            return CardErrors.NotPaid;
        }
        if (RefundedAmount + amount > Amount)
        {
            return CardErrors.RefundExceedsPayment;
        }
        RefundedAmount += amount;
        return null;
    }

    /// <summary>Puts back what was not given back after all.</summary>
    public void Release(decimal amount) => RefundedAmount -= amount;

    public void Book() => (IsBooked, BookingRefusal) = (true, null);

    /// <summary>Remembers why the loan account does not take it; false where that is known.</summary>
    public bool RefuseBooking(string code)
    {
        var isNew = BookingRefusal is null;
        BookingRefusal = code;
        return isNew;
    }

    /// <summary>The day of a moment that the provider tells; its clock may be ahead of ours.</summary>
    public static DateOnly DayOf(DateTimeOffset told, DateTimeOffset now) => TargetCalendar.DayOf(told < now ? told : now);
}
