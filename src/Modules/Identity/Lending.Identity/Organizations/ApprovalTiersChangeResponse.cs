using Lending.Kernel;

namespace Lending.Identity.Organizations;

/// <summary>A change of an organisation's approval tiers.</summary>
internal sealed record ApprovalTiersChangeResponse
{
    /// <summary>The change's id.</summary>
    /// <example>0199f3a4-11b2-7c3d-8e4f-5a6b7c8d9e0f</example>
    public required Guid Id { get; init; }

    /// <summary>The tiers that are proposed, as a whole.</summary>
    public required IReadOnlyList<ApprovalTiers.Tier> Tiers { get; init; }

    /// <summary>How far it has got.</summary>
    /// <example>PROPOSED</example>
    public required ApprovalTiersChangeStatus Status { get; init; }

    /// <summary>Who proposed it.</summary>
    public required UserReference ProposedBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-28T09:30:00Z</example>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Who confirmed, rejected or took it back; null until then.</summary>
    public required UserReference? DecidedBy { get; init; }

    /// <summary>When; null until then.</summary>
    /// <example>2026-11-28T10:15:00Z</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    public static ApprovalTiersChangeResponse Of(ApprovalTiersChange change) =>
        new()
        {
            Id = change.Id,
            Tiers = ApprovalTiers.Of(change.Tiers).Tiers,
            Status = change.Status,
            ProposedBy = change.ProposedBy,
            ProposedAt = change.CreatedAt,
            DecidedBy = change.DecidedById is { } id ? new UserReference(id, change.DecidedByUsername!) : null,
            DecidedAt = change.DecidedAt,
        };
}
