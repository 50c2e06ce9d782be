using Mapster;

namespace Lending.Payments.Cards;

/// <summary>A payment of a loan by card or wallet.</summary>
internal sealed record CardPaymentResponse
{
    /// <summary>The id; the payment of the loan account has the same.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>How much.</summary>
    /// <example>258.66</example>
    public required decimal Amount { get; init; }

    /// <summary>The currency.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>What the provider calls it.</summary>
    /// <example>pi_3QxY0Z</example>
    public required string? ProviderId { get; init; }

    /// <summary>How far it is.</summary>
    /// <example>PAID</example>
    public required CardPaymentStatus Status { get; init; }

    /// <summary>The provider's code of the last failure, such as `insufficient_funds`. The customer may try another card.</summary>
    /// <example>insufficient_funds</example>
    public required string? FailureCode { get; init; }

    /// <summary>The day on which the money came.</summary>
    /// <example>2027-01-04</example>
    public required DateOnly? PaidOn { get; init; }

    /// <summary>Whether the loan account has it.</summary>
    /// <example>true</example>
    public required bool IsBooked { get; init; }

    /// <summary>Why the loan account does not take it. There is a work item.</summary>
    /// <example>not-disbursed</example>
    public required string? BookingRefusal { get; init; }

    /// <summary>What was given back or is to be, without disputes.</summary>
    /// <example>0.00</example>
    public required decimal RefundedAmount { get; init; }

    /// <summary>Refunds and disputes of it.</summary>
    public required IReadOnlyList<CardReturnResponse> Returns { get; init; }

    /// <summary>When it was asked for.</summary>
    /// <example>2027-01-04T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config)
        {
            config.NewConfig<CardReturn, CardReturnResponse>();
            config.NewConfig<CardPayment, CardPaymentResponse>();
        }
    }
}

/// <summary>Money of a payment by card that goes back.</summary>
internal sealed record CardReturnResponse
{
    /// <summary>The id; the return of the loan account has the same.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid Id { get; init; }

    /// <summary>Whether we give it back, or the holder of the card disputes the payment.</summary>
    /// <example>REFUND</example>
    public required CardReturnKind Kind { get; init; }

    /// <summary>How much.</summary>
    /// <example>58.66</example>
    public required decimal Amount { get; init; }

    /// <summary>Whether the money went: `WITHDRAWN` where it is away, `REINSTATED` where it came again, `VOID` where it never goes.</summary>
    /// <example>WITHDRAWN</example>
    public required CardReturnStatus Status { get; init; }

    /// <summary>The provider's code of why.</summary>
    /// <example>fraudulent</example>
    public required string? Reason { get; init; }

    /// <summary>The day on which the money went.</summary>
    /// <example>2027-01-06</example>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>The day on which it came again.</summary>
    /// <example>2027-02-06</example>
    public required DateOnly? ReinstatedOn { get; init; }

    /// <summary>Why the loan account does not take it. There is a work item.</summary>
    /// <example>return-exceeds-payment</example>
    public required string? BookingRefusal { get; init; }
}
