using Lending.Applications.Scoring;
using Lending.Kernel;

namespace Lending.Applications.Policies;

/// <summary>A version of what an organisation decides by.</summary>
internal sealed record PolicyResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b21</example>
    public required Guid Id { get; init; }

    /// <summary>Where it is.</summary>
    /// <example>COMMITTED</example>
    public required PolicyStatus Status { get; init; }

    /// <summary>What it says.</summary>
    public required CreditPolicy Policy { get; init; }

    /// <summary>Who changed or committed it last. Somebody else lets it go live.</summary>
    public required UserReference ChangedBy { get; init; }

    /// <summary>When it was run over past applications last; null for never.</summary>
    /// <example>2026-11-29T10:00:00Z</example>
    public required DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-11-29T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed or moved last.</summary>
    /// <example>2026-11-29T09:45:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static PolicyResponse Of(Policy policy) =>
        new()
        {
            Id = policy.Id,
            Status = policy.Status,
            Policy = policy.Read(),
            ChangedBy = policy.ChangedBy,
            ReplayedAt = policy.ReplayedAt,
            CreatedAt = policy.CreatedAt,
            UpdatedAt = policy.UpdatedAt,
        };
}
