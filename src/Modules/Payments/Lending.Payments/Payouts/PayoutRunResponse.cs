using Mapster;

namespace Lending.Payments.Payouts;

/// <summary>Transfers that go to the bank in one file, for one day.</summary>
internal sealed record PayoutRunResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The day on which the bank sends them.</summary>
    /// <example>2026-12-21</example>
    public required DateOnly ExecuteOn { get; init; }

    /// <summary>Where it is on its way to the bank.</summary>
    /// <example>RELEASED</example>
    public required BankRunStatus Status { get; init; }

    /// <summary>What the bank knows the file by.</summary>
    /// <example>PR0199c4a85d1e7c3b9a543f1f</example>
    public required string MessageId { get; init; }

    /// <summary>How many transfers it has.</summary>
    /// <example>4</example>
    public required int Count { get; init; }

    /// <summary>Their sum, in euros.</summary>
    /// <example>48000.00</example>
    public required decimal Total { get; init; }

    /// <summary>Who made it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CreatedById { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-12-18T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who released or cancelled it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? DecidedById { get; init; }

    /// <summary>When it was released or cancelled.</summary>
    /// <example>2026-12-18T10:30:00Z</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<PayoutRun, PayoutRunResponse>()
                .Map(response => response.CreatedById, run => run.CreatedBy.Id)
                .Map(response => response.DecidedById, run => run.DecidedAt == null ? (Guid?)null : run.DecidedBy.Id);
    }
}
