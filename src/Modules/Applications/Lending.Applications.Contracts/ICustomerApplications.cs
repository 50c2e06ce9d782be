using Lending.Kernel;

namespace Lending.Applications.Contracts;

/// <summary>A customer's applications, for the pages of another module. The caller acts for the customer, and sees nothing of anybody else.</summary>
public interface ICustomerApplications
{
    /// <summary>The longest view that a customer gives, in characters.</summary>
    const int MaximumCommentLength = 2000;

    /// <summary>So many are listed.</summary>
    const int Most = 50;

    /// <summary>The customer's applications, newest first; at most <see cref="Most"/>.</summary>
    Task<IReadOnlyList<CustomerApplication>> ListAsync(CancellationToken ct);

    /// <summary>The last decision and why it was made, in this language; null where there is no such application, or no decision on it.</summary>
    Task<ExplainedDecision?> ReadDecisionAsync(Guid applicationId, string language, CancellationToken ct);

    /// <summary>Demands that a person looks at a refusal, with the customer's own view where they give one.</summary>
    Task<Error?> RequestReviewAsync(Guid applicationId, string? comment, CancellationToken ct);
}

/// <summary>An application, as its customer sees it in a list.</summary>
/// <param name="Id">The application.</param>
/// <param name="Status">Where it is.</param>
/// <param name="LoanAmount">What is to be borrowed; null where nobody said yet.</param>
/// <param name="Currency">The currency.</param>
/// <param name="CreatedAt">When it was begun.</param>
public sealed record CustomerApplication(Guid Id, ApplicationStatus Status, decimal? LoanAmount, string Currency, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it has a decision that counts.</summary>
    public bool IsDecided =>
        Status
            is ApplicationStatus.Approved
                or ApplicationStatus.Conditional
                or ApplicationStatus.Declined
                or ApplicationStatus.ReviewRequested
                or ApplicationStatus.Contracted;
}

/// <summary>A decision, and why it was made, in the reader's language.</summary>
public sealed record ExplainedDecision
{
    /// <summary>What was decided on.</summary>
    public required CustomerApplication Application { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>How it was decided, in words.</summary>
    public required string How { get; init; }

    /// <summary>By which procedure and principles; null where a person decided.</summary>
    public required string? Procedure { get; init; }

    /// <summary>Why it was not approved: what whoever refused it has named, else what the policy found, what weighs most first; at most four.</summary>
    public required IReadOnlyList<DecisionReason> Reasons { get; init; }

    /// <summary>What has to be brought for a conditional approval.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Which credit bureau was asked what about the reader, and what it answered.</summary>
    public required string Bureau { get; init; }

    /// <summary>What the reader can demand, and how.</summary>
    public required string Rights { get; init; }

    /// <summary>Who helps with debts.</summary>
    public required string DebtAdvice { get; init; }

    /// <summary>Whether the reader can demand that a person looks at it.</summary>
    public required bool CanRequestReview { get; init; }
}

/// <summary>Why an application was not approved.</summary>
/// <param name="Text">In words.</param>
/// <param name="WouldPass">What would have to be different; null where nothing of the customer's would do.</param>
public sealed record DecisionReason(string Text, string? WouldPass);
