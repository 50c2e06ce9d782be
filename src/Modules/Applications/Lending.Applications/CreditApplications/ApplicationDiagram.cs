using Lending.Kernel;
using static Lending.Applications.Contracts.ApplicationStatus;
using ApplicationStatus = Lending.Applications.Contracts.ApplicationStatus;

namespace Lending.Applications.CreditApplications;

/// <summary>Which state of an application follows which. The one place that knows: entity and database constraint both ask it.</summary>
internal static class ApplicationDiagram
{
    /// <summary>Every move that there is.</summary>
    public static readonly IReadOnlyList<(ApplicationStatus From, ApplicationStatus To)> Moves =
    [
        (Draft, Submitted),
        (Submitted, Collecting),
        (Submitted, Assessing),
        (Collecting, Assessing),
        (Assessing, Approved),
        (Assessing, InReview),
        (Assessing, Declined),
        (InReview, Approved),
        (InReview, Conditional),
        (InReview, Declined),
        (Conditional, Approved),
        (Conditional, Declined),
        (Declined, ReviewRequested),
        (ReviewRequested, InReview),
        (Approved, Contracted),
        (Approved, Reassessing),
        (Reassessing, Collecting),
        (Reassessing, Assessing),
        .. Open.Select(from => (from, Withdrawn)),
        .. Expiring.Select(from => (from, Expired)),
    ];

    /// <summary>In these, nothing was agreed yet, and the customer can still leave.</summary>
    public static IReadOnlyList<ApplicationStatus> Open =>
        [Draft, Submitted, Collecting, Assessing, InReview, Conditional, ReviewRequested, Approved, Reassessing];

    /// <summary>In these, it waits for people, who may never come back.</summary>
    public static IReadOnlyList<ApplicationStatus> Expiring => [Draft, Submitted, Collecting, Conditional, Approved, Reassessing];

    /// <summary>In these, what it says can be changed.</summary>
    public static IReadOnlyList<ApplicationStatus> Changeable => [Draft, Collecting, Reassessing];

    /// <summary>Why an application cannot move so, or null.</summary>
    public static Error? FindObstacle(ApplicationStatus from, ApplicationStatus to)
    {
        if (Moves.Contains((from, to)))
        {
            return null;
        }
        return to switch
        {
            Submitted => ApplicationErrors.NotDraft,
            Collecting or Assessing => ApplicationErrors.NotAssessable,
            ReviewRequested => ApplicationErrors.NotDeclined,
            Reassessing => ApplicationErrors.NotApproved,
            Withdrawn or Expired => ApplicationErrors.NotOpen,
            _ => ApplicationErrors.NotInReview,
        };
    }
}
