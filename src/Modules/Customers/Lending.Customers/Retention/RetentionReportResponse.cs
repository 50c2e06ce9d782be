using Mapster;

namespace Lending.Customers.Retention;

/// <summary>What a rule had deleted on a day.</summary>
internal sealed record RetentionReportResponse
{
    /// <summary>The report's id.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid Id { get; init; }

    /// <summary>The kind of records.</summary>
    /// <example>MESSAGES</example>
    public required string Records { get; init; }

    /// <summary>After how many months they went.</summary>
    /// <example>24</example>
    public required int Months { get; init; }

    /// <summary>Records from before this moment went.</summary>
    /// <example>2024-11-20T00:00:00Z</example>
    public required DateTimeOffset Before { get; init; }

    /// <summary>How many went.</summary>
    /// <example>17</example>
    public required int Deleted { get; init; }

    /// <summary>When it began.</summary>
    /// <example>2026-11-20T00:12:00.123456Z</example>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When nothing was left that was old enough; null: it goes on, or was broken off and goes on within the hour.</summary>
    /// <example>2026-11-20T00:12:03.123456Z</example>
    public required DateTimeOffset? FinishedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<RetentionReport, RetentionReportResponse>().Map(response => response.StartedAt, report => report.CreatedAt);
    }
}
