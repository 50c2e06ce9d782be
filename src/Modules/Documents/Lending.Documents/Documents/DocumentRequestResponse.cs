using Lending.Documents.Contracts;
using Lending.Kernel;

namespace Lending.Documents.Documents;

/// <summary>What a customer was asked for, and how much of it is there.</summary>
internal sealed record DocumentRequestResponse
{
    /// <summary>The request's id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b17</example>
    public required Guid Id { get; init; }

    /// <summary>Who was asked.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>What it is to show.</summary>
    /// <example>PAYSLIP</example>
    public required DocumentKind Kind { get; init; }

    /// <summary>How many.</summary>
    /// <example>2</example>
    public required int Count { get; init; }

    /// <summary>How many were sent for it that were neither rejected nor are to be sent again.</summary>
    /// <example>1</example>
    public required int Received { get; init; }

    /// <summary>How many of those count.</summary>
    /// <example>0</example>
    public required int Approved { get; init; }

    /// <summary>Whether all that was asked for was sent. What is rejected or to be sent again opens it anew.</summary>
    /// <example>false</example>
    public required bool IsFulfilled { get; init; }

    /// <summary>What the customer should know besides.</summary>
    /// <example>Those of September and October.</example>
    public required string? Note { get; init; }

    /// <summary>Who asked.</summary>
    public required UserReference RequestedBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }
}
