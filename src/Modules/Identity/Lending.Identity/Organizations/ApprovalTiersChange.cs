using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Identity.Organizations;

/// <summary>
/// A change of an organisation's approval tiers: one administrator proposes it, another one confirms or rejects it. Rows are never deleted, so they are the
/// history of the tiers.
/// </summary>
internal sealed class ApprovalTiersChange : IListed
{
    private ApprovalTiersChange() { }

    public ApprovalTiersChange(Guid organizationId, IReadOnlyList<ApprovalTier> tiers, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OrganizationId = organizationId;
        Tiers = tiers;
        ProposedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    [NotPersonal]
    public IReadOnlyList<ApprovalTier> Tiers { get; private set; } = [];

    public ApprovalTiersChangeStatus Status { get; private set; } = ApprovalTiersChangeStatus.Proposed;

    public UserReference ProposedBy { get; private set; } = null!;

    /// <summary>When it was proposed.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Who confirmed or rejected it; null until then.</summary>
    public Guid? DecidedById { get; private set; }

    /// <summary>What they were called then.</summary>
    [Personal]
    public string? DecidedByUsername { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The row's version (xmin): of two who decide at once, one is refused.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Makes the tiers those of the organisation. Not for whoever proposed them.</summary>
    public Error? Confirm(Organization organization, UserReference by, DateTimeOffset now)
    {
        if (by.Id == ProposedBy.Id)
        {
            return IdentityErrors.OwnProposal;
        }
        if (Decide(ApprovalTiersChangeStatus.Confirmed, by, now) is { } error)
        {
            return error;
        }
        organization.ChooseApprovers(Tiers, now);
        return null;
    }

    /// <summary>Leaves the tiers as they are. Who proposed the change takes it back so.</summary>
    public Error? Reject(UserReference by, DateTimeOffset now) => Decide(ApprovalTiersChangeStatus.Rejected, by, now);

    private Error? Decide(ApprovalTiersChangeStatus status, UserReference by, DateTimeOffset now)
    {
        if (Status != ApprovalTiersChangeStatus.Proposed)
        {
            return IdentityErrors.ProposalDecided;
        }
        Status = status;
        DecidedById = by.Id;
        DecidedByUsername = by.Username;
        DecidedAt = now;
        return null;
    }
}

/// <summary>How far a change of approval tiers has got.</summary>
internal enum ApprovalTiersChangeStatus
{
    /// <summary>Nobody has decided on it; an organisation has one such change at most.</summary>
    Proposed,

    /// <summary>Its tiers hold since then, or held until the next change.</summary>
    Confirmed,

    /// <summary>It was turned down, or taken back.</summary>
    Rejected,
}
