using Lending.Applications.CreditApplications;
using Lending.Applications.Wordings;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.Reviews;

/// <summary>What a person decided on an application: at once or, where it goes against a rule, with the word of a second person.</summary>
internal sealed class Review : ITenantOwned
{
    private Review() { }

    public Review(CreditApplication application, Guid decisionId, Verdict verdict, bool isOverride, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        ApplicationId = application.Id;
        CustomerId = application.CustomerId;
        DecisionId = decisionId;
        Result = verdict.Result;
        Comment = verdict.Comment;
        Conditions = [.. verdict.Conditions];
        Reasons = verdict.Reasons is { } reasons ? [.. reasons] : null;
        IsOverride = isOverride;
        DecidedBy = by;
        CreatedAt = now;
        CompletedAt = isOverride ? null : now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid ApplicationId { get; private init; }

    /// <summary>Who applied, or the first of two.</summary>
    public Guid CustomerId { get; private init; }

    /// <summary>What the policy had said.</summary>
    public Guid DecisionId { get; private init; }

    public ReviewResult Result { get; private init; }

    [Personal]
    public Encrypted Comment { get; private init; } = "";

    /// <summary>What has to be brought, as it is told to the customer.</summary>
    [NotPersonal]
    public string[] Conditions { get; private init; } = [];

    /// <summary>Why it is refused, by code (<see cref="RefusalReason"/>); null where it is not, and of refusals from before this was asked for.</summary>
    [NotPersonal]
    public string[]? Reasons { get; private init; }

    /// <summary>The requests for documents that its conditions led to; null where there are none, and as soon as staff were told that all are approved.</summary>
    [NotPersonal]
    public Guid[]? OpenRequestIds { get; private set; }

    /// <summary>Whether it approves what a rule refuses.</summary>
    public bool IsOverride { get; private init; }

    public UserReference DecidedBy { get; private init; } = null!;

    public Guid? ConfirmedById { get; private set; }

    [Personal]
    public string? ConfirmedByUsername { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it came true, or was dropped; null while it waits for a second person.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>A second person says the same.</summary>
    public void Confirm(UserReference by, DateTimeOffset now)
    {
        (ConfirmedById, ConfirmedByUsername) = (by.Id, by.Username);
        CompletedAt = now;
    }

    /// <summary>The customer was asked for what meets its conditions.</summary>
    public void WaitFor(IReadOnlyCollection<Guid> requestIds) => OpenRequestIds = requestIds.Count > 0 ? [.. requestIds] : null;

    /// <summary>All that the customer was asked for is approved.</summary>
    public void EndWait() => OpenRequestIds = null;

    /// <summary>A second person says otherwise.</summary>
    public void Drop(DateTimeOffset now) => CompletedAt = now;
}

/// <summary>What a person says.</summary>
/// <param name="Result">What is decided.</param>
/// <param name="Comment">Why, for colleagues.</param>
/// <param name="Conditions">What has to be brought.</param>
/// <param name="Reasons">Why it is refused, by code; null where it is not.</param>
/// <param name="Documents">Which documents the conditions ask for.</param>
internal sealed record Verdict(
    ReviewResult Result,
    string Comment,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<string>? Reasons,
    IReadOnlyList<DocumentCondition> Documents
);

/// <summary>Documents that meet a condition.</summary>
/// <param name="Kind">What they are to show.</param>
/// <param name="Count">How many.</param>
internal sealed record DocumentCondition(DocumentKind Kind, int Count);

/// <summary>What a person can decide.</summary>
internal enum ReviewResult
{
    /// <summary>The loan may be offered.</summary>
    Approved,

    /// <summary>The loan may be offered as soon as conditions are met.</summary>
    Conditional,

    /// <summary>There is no loan.</summary>
    Declined,
}
