using Lending.Payments.Sepa;
using Mapster;

namespace Lending.Payments.Collections;

/// <summary>One attempt to collect an instalment, with what is owed beside it: default interest and costs of enforcement.</summary>
internal sealed record CollectionResponse
{
    /// <summary>The id; the payment of the loan account has the same.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The run.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CollectionRunId { get; init; }

    /// <summary>The mandate.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid MandateId { get; init; }

    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The due date of the instalment; where only something beside instalments is left, the day after the last payment.</summary>
    /// <example>2027-01-01</example>
    public required DateOnly DueOn { get; init; }

    /// <summary>Which attempt to collect the instalment it is.</summary>
    /// <example>1</example>
    public required int Attempt { get; init; }

    /// <summary>The day on which it is collected.</summary>
    /// <example>2027-01-04</example>
    public required DateOnly CollectOn { get; init; }

    /// <summary>How much, in euros.</summary>
    /// <example>290.00</example>
    public required decimal Amount { get; init; }

    /// <summary>Whether the mandate is used for the first time.</summary>
    /// <example>FIRST</example>
    public required SequenceType Sequence { get; init; }

    /// <summary>What the bank names it by.</summary>
    /// <example>E0199c4a85d1e7c3b9a543f1f6f0c2b11</example>
    public required string EndToEndId { get; init; }

    /// <summary>What became of it.</summary>
    /// <example>PAID</example>
    public required CollectionStatus Status { get; init; }

    /// <summary>The bank's reason for a failure.</summary>
    /// <example>AM04</example>
    public required string? ReasonCode { get; init; }

    /// <summary>The day on which it failed.</summary>
    /// <example>2027-01-06</example>
    public required DateOnly? FailedOn { get; init; }

    /// <summary>Whether the next run tries again after it failed.</summary>
    /// <example>true</example>
    public required bool MayRetry { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-12-28T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<Collection, CollectionResponse>();
    }
}
