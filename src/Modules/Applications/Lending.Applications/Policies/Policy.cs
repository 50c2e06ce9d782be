using Lending.Applications.Scoring;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.Policies;

/// <summary>A version of what an organisation decides by. From its commitment on it says the same for ever.</summary>
internal sealed class Policy : ITenantOwned, IListed
{
    private Policy() { }

    public Policy(CreditPolicy content, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Version = content.Version;
        Content = content.ToJson();
        CreatedAt = now;
        Touch(by, now);
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    /// <summary>What the organisation calls it; no two are called alike.</summary>
    [NotPersonal]
    public string Version { get; private set; } = "";

    public PolicyStatus Status { get; private set; }

    /// <summary>See <see cref="CreditPolicy"/>.</summary>
    [NotPersonal]
    public string Content { get; private set; } = "";

    /// <summary>Who wrote it, and stands for it: changed or committed it last. Somebody else lets it go live.</summary>
    public UserReference ChangedBy { get; private set; } = null!;

    /// <summary>When it was run over past applications last.</summary>
    public DateTimeOffset? ReplayedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public uint RowVersion { get; private set; }

    public CreditPolicy Read() => CreditPolicy.Parse(Content);

    /// <summary>Changes a draft.</summary>
    public Error? Change(CreditPolicy content, UserReference by, DateTimeOffset now)
    {
        if (Status != PolicyStatus.Draft)
        {
            return PolicyErrors.NotDraft;
        }
        Version = content.Version;
        Content = content.ToJson();
        // What was run was another one.
        ReplayedAt = null;
        Touch(by, now);
        return null;
    }

    /// <summary>From now on it says the same for ever.</summary>
    public Error? Commit(UserReference by, DateTimeOffset now)
    {
        if (Move(PolicyStatus.Committed, [PolicyStatus.Draft], PolicyErrors.NotDraft, now) is { } error)
        {
            return error;
        }
        ChangedBy = by;
        return null;
    }

    /// <summary>Lets it decide beside the live one.</summary>
    public Error? Shadow(DateTimeOffset now) =>
        Move(PolicyStatus.Shadow, [PolicyStatus.Committed, PolicyStatus.Retired], PolicyErrors.NotCommitted, now);

    /// <summary>Lets it decide.</summary>
    public Error? GoLive(UserReference by, DateTimeOffset now) =>
        ReplayedAt is null ? PolicyErrors.NotReplayed
        : ChangedBy.Id == by.Id ? PolicyErrors.SecondPersonRequired
        : Move(PolicyStatus.Live, [PolicyStatus.Committed, PolicyStatus.Shadow, PolicyStatus.Retired], PolicyErrors.NotCommitted, now);

    /// <summary>Takes it out of use.</summary>
    public Error? Retire(DateTimeOffset now) =>
        Move(PolicyStatus.Retired, [PolicyStatus.Committed, PolicyStatus.Shadow, PolicyStatus.Live], PolicyErrors.NotCommitted, now);

    /// <summary>It was run over past applications.</summary>
    public void Replay(DateTimeOffset now) => ReplayedAt = now;

    private Error? Move(PolicyStatus to, PolicyStatus[] from, Error obstacle, DateTimeOffset now)
    {
        if (!from.Contains(Status))
        {
            return obstacle;
        }
        (Status, UpdatedAt) = (to, now);
        return null;
    }

    private void Touch(UserReference by, DateTimeOffset now) => (ChangedBy, UpdatedAt) = (by, now);
}
