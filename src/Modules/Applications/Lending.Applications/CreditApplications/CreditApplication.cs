using Lending.Applications.Contracts;
using Lending.Applications.Scoring;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Applications.CreditApplications;

/// <summary>That one or two customers ask for a loan, and how far it has come.</summary>
internal sealed class CreditApplication : ITenantOwned, IListed
{
    /// <summary>How long nothing may happen, and how long an approval holds.</summary>
    public const int DaysToExpiry = 60;

    private readonly List<ApplicationTransition> history = [];

    private CreditApplication() { }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    public ApplicationStatus Status { get; private set; }

    /// <summary>Who applies.</summary>
    public Guid CustomerId { get; private set; }

    /// <summary>Who applies, too; whoever the offer is made to owes the loan alone.</summary>
    public Guid? SecondCustomerId { get; private set; }

    /// <summary>The offer that it is about.</summary>
    public Guid? OfferId { get; private set; }

    /// <summary>What is to be borrowed; also in the details, which cannot be searched.</summary>
    public decimal? LoanAmount { get; private set; }

    [NotPersonal]
    public string Currency { get; private set; } = "";

    /// <summary>See <see cref="ApplicationContent"/>.</summary>
    [Personal]
    public Encrypted Content { get; private set; } = "";

    public UserReference CreatedBy { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>When it was decided on last.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When it expires unless something happens; null where it waits for nobody outside.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Whether a person looks at it before it is approved, whatever a policy says.</summary>
    public bool NeedsPerson { get; private set; }

    /// <summary>Who decides on it.</summary>
    public Guid? ClaimedById { get; private set; }

    [Personal]
    public string? ClaimedByUsername { get; private set; }

    /// <summary>PostgreSQL's <c>xmin</c>: another one after every change.</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<ApplicationTransition> History => history;

    /// <summary>The people who apply, in their order.</summary>
    public IReadOnlyList<Guid> CustomerIds => SecondCustomerId is { } second ? [CustomerId, second] : [CustomerId];

    public ApplicationContent ReadContent() => ApplicationContent.Parse(Content.Text);

    /// <summary>Whether this user has made it, or a part of what it says, and so does not decide on it.</summary>
    public bool HasPartIn(Guid userId) => CreatedBy.Id == userId || ReadContent().IsEnteredBy(userId);

    public static CreditApplication Start(Guid customerId, string currency, UserReference by, DateTimeOffset now)
    {
        var application = new CreditApplication
        {
            Id = Guid.CreateVersion7(now),
            Status = ApplicationStatus.Draft,
            CustomerId = customerId,
            Currency = currency,
            Content = ApplicationContent.Empty.ToJson(),
            CreatedBy = by,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = now.AddDays(DaysToExpiry),
        };
        application.history.Add(new(application.Id, null, ApplicationStatus.Draft, by, comment: null, now));
        return application;
    }

    /// <summary>Says something else. The same again changes nothing.</summary>
    public Error? Change(ApplicationDetails details, UserReference by, bool isCustomer, DateTimeOffset now)
    {
        if (!ApplicationDiagram.Changeable.Contains(Status))
        {
            return ApplicationErrors.NotChangeable;
        }
        var content = ReadContent();
        if (content.Details == details)
        {
            return null;
        }
        Content = content.With(details, by, isCustomer, now).ToJson();
        (OfferId, SecondCustomerId, LoanAmount) = (details.OfferId, details.SecondCustomerId, details.LoanAmount);
        UpdatedAt = now;
        ExpiresAt = now.AddDays(DaysToExpiry);
        return null;
    }

    /// <summary>Moves to another state.</summary>
    public Error? Move(ApplicationStatus to, UserReference by, string? comment, DateTimeOffset now)
    {
        if (ApplicationDiagram.FindObstacle(Status, to) is { } obstacle)
        {
            return obstacle;
        }
        history.Add(new(Id, Status, to, by, comment, now));
        Status = to;
        UpdatedAt = now;
        ExpiresAt = ApplicationDiagram.Expiring.Contains(to) ? now.AddDays(DaysToExpiry) : null;
        if (to == ApplicationStatus.Submitted)
        {
            SubmittedAt = now;
        }
        if (to is ApplicationStatus.Approved or ApplicationStatus.Conditional or ApplicationStatus.Declined or ApplicationStatus.InReview)
        {
            DecidedAt = now;
        }
        if (to is not (ApplicationStatus.InReview or ApplicationStatus.Conditional))
        {
            (ClaimedById, ClaimedByUsername) = (null, null);
        }
        return null;
    }

    /// <summary>Moves to what a policy decided; what it approves goes to a person first, where one has to look at it.</summary>
    public void Follow(DecisionOutcome outcome, UserReference by, DateTimeOffset now) =>
        Move(
            outcome switch
            {
                DecisionOutcome.Approve when !NeedsPerson => ApplicationStatus.Approved,
                DecisionOutcome.Approve or DecisionOutcome.Review => ApplicationStatus.InReview,
                _ => ApplicationStatus.Declined,
            },
            by,
            comment: null,
            now
        );

    /// <summary>Says whether a person has to look at it before it is approved.</summary>
    public void AskForPerson(bool isNeeded) => NeedsPerson = isNeeded;

    /// <summary>Takes it to decide on it. Who entered anything of it may not.</summary>
    public Error? Claim(UserReference by, DateTimeOffset now)
    {
        if (Status == ApplicationStatus.ReviewRequested && Move(ApplicationStatus.InReview, by, comment: null, now) is { } error)
        {
            return error;
        }
        if (Status is not (ApplicationStatus.InReview or ApplicationStatus.Conditional))
        {
            return ApplicationErrors.NotInReview;
        }
        if (ClaimedById is { } claimer && claimer != by.Id)
        {
            return ApplicationErrors.Claimed;
        }
        if (HasPartIn(by.Id))
        {
            return ApplicationErrors.SecondPersonRequired;
        }
        (ClaimedById, ClaimedByUsername) = (by.Id, by.Username);
        UpdatedAt = now;
        return null;
    }
}
