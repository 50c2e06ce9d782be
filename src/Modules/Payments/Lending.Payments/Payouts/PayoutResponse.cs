using Mapster;

namespace Lending.Payments.Payouts;

/// <summary>One transfer to a payee.</summary>
internal sealed record PayoutResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The run.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid PayoutRunId { get; init; }

    /// <summary>The account to which it goes.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid PayeeAccountId { get; init; }

    /// <summary>The event of the loan account: the disbursement, or the refund of a credit.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15</example>
    public required Guid LoanEventId { get; init; }

    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>Whether it is a credit that goes back to the borrower.</summary>
    /// <example>false</example>
    public required bool IsRefund { get; init; }

    /// <summary>The day on which the bank sends it.</summary>
    /// <example>2026-12-21</example>
    public required DateOnly ExecuteOn { get; init; }

    /// <summary>How much, in euros: without fees that the lender keeps.</summary>
    /// <example>12000.00</example>
    public required decimal Amount { get; init; }

    /// <summary>What the bank names it by.</summary>
    /// <example>P0199c4a85d1e7c3b9a543f1f6f0c2b11</example>
    public required string EndToEndId { get; init; }

    /// <summary>What became of it.</summary>
    /// <example>SETTLED</example>
    public required PayoutStatus Status { get; init; }

    /// <summary>The bank's reason for a failure.</summary>
    /// <example>AC04</example>
    public required string? ReasonCode { get; init; }

    /// <summary>The day on which the bank has sent it, as it told.</summary>
    /// <example>2026-12-21</example>
    public required DateOnly? SettledOn { get; init; }

    /// <summary>The day on which it was rejected or came back.</summary>
    /// <example>2026-12-23</example>
    public required DateOnly? FailedOn { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-12-18T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<Payout, PayoutResponse>();
    }
}
