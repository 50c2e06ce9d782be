using Lending.Applications.Contracts;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.CreditApplications;

/// <summary>A row of an application's history: who moved it from one state to another, when and why. Never changed.</summary>
[NotAudited("It is a history itself, and the application's change has an entry.")]
internal sealed class ApplicationTransition : ITenantOwned
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaximumCommentLength = ICustomerApplications.MaximumCommentLength;

    private ApplicationTransition() { }

    public ApplicationTransition(
        Guid applicationId,
        ApplicationStatus? from,
        ApplicationStatus to,
        UserReference by,
        string? comment,
        DateTimeOffset at
    )
    {
        Id = Guid.CreateVersion7(at);
        ApplicationId = applicationId;
        From = from;
        To = to;
        By = by;
        Comment = comment;
        At = at;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid ApplicationId { get; private init; }

    /// <summary>Null for the start.</summary>
    public ApplicationStatus? From { get; private init; }

    public ApplicationStatus To { get; private init; }

    public UserReference By { get; private init; } = null!;

    [Personal]
    public Encrypted? Comment { get; private init; }

    public DateTimeOffset At { get; private init; }
}
