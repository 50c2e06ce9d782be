using Lending.Applications.Contracts;
using Lending.Applications.Scoring;

namespace Lending.Applications.Explanations;

/// <summary>Why an application was decided on as it was, for the customer and in their language.</summary>
internal sealed record Explanation
{
    /// <summary>The application.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid ApplicationId { get; init; }

    /// <summary>Where it is.</summary>
    /// <example>DECLINED</example>
    public required ApplicationStatus Status { get; init; }

    /// <summary>The language of the texts: en or de.</summary>
    /// <example>en</example>
    public required string Language { get; init; }

    /// <summary>Whether rules alone decided, and no person.</summary>
    /// <example>true</example>
    public required bool IsAutomated { get; init; }

    /// <summary>When it was decided.</summary>
    /// <example>2026-11-29T09:40:05Z</example>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The version of the policy.</summary>
    /// <example>standard-2026-1</example>
    public required string PolicyVersion { get; init; }

    /// <summary>How it was decided, in words.</summary>
    /// <example>The decision was made automatically, by fixed rules.</example>
    public required string How { get; init; }

    /// <summary>By which procedure and principles, in words.</summary>
    public required string Procedure { get; init; }

    /// <summary>What the household can pay.</summary>
    public required Affordability Affordability { get; init; }

    /// <summary>What has to be left in a month.</summary>
    /// <example>200</example>
    public required decimal MinimumSurplus { get; init; }

    /// <summary>How much of the income may go to lenders, as a fraction.</summary>
    /// <example>0.40</example>
    public required decimal MaximumDebtService { get; init; }

    /// <summary>The points, and what they are made of; null for one of two applicants, to whom they would tell what a bureau answered about the other.</summary>
    public required Score? Score { get; init; }

    /// <summary>How many points are approved.</summary>
    /// <example>560</example>
    public required int ApproveFromPoints { get; init; }

    /// <summary>Why it was not approved: what whoever refused it has named, else what the policy found, what weighs most first; at most four.</summary>
    public required IReadOnlyList<ExplainedReason> Reasons { get; init; }

    /// <summary>What has to be brought for a conditional approval.</summary>
    /// <example>["Two payslips"]</example>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Which credit bureau was asked what about the reader, and what it answered.</summary>
    public required string Bureau { get; init; }

    /// <summary>The same for programs; null where nobody was asked about the reader.</summary>
    public required ExplainedInquiry? Inquiry { get; init; }

    /// <summary>What the reader can demand, and how.</summary>
    public required string Rights { get; init; }

    /// <summary>Who helps with debts.</summary>
    public required string DebtAdvice { get; init; }
}

/// <summary>Why an application was not approved.</summary>
internal sealed record ExplainedReason
{
    /// <summary>Stable, for programs.</summary>
    /// <example>SURPLUS</example>
    public required string Code { get; init; }

    /// <summary>In words.</summary>
    /// <example>Too little of your income would be left in a month.</example>
    public required string Text { get; init; }

    /// <summary>For a part of the points, how many are missing to the most.</summary>
    /// <example>12</example>
    public required int? LostPoints { get; init; }

    /// <summary>What would have to be different, all of it; null where nothing of the customer's would do.</summary>
    public required Counterfactual? Counterfactual { get; init; }

    /// <summary>The same in words.</summary>
    /// <example>It would pass with an instalment of up to 70.00 EUR.</example>
    public required string? WouldPass { get; init; }
}
