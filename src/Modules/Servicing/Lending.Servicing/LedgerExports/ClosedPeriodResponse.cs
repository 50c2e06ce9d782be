using Mapster;

namespace Lending.Servicing.LedgerExports;

/// <summary>A period that is closed.</summary>
internal sealed record ClosedPeriodResponse
{
    /// <summary>The last day of it; the first one is the day after the period before.</summary>
    /// <example>2026-11-30</example>
    public required DateOnly Through { get; init; }

    /// <summary>When it was closed: as `knownAt` of an export or a trial balance, it gives the period as it was closed; as `knownSince`, what was posted since.</summary>
    /// <example>2026-12-05T12:00:00Z</example>
    public required DateTimeOffset ClosedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<ClosedPeriod, ClosedPeriodResponse>();
    }
}
