using Lending.Documents.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Webhooks.Events;

/// <summary>Which document an event is about. Whoever needs more reads it over the API.</summary>
internal sealed record DocumentEventData
{
    /// <summary>The document.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid DocumentId { get; init; }

    /// <summary>The customer whose document it is.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>What it shows.</summary>
    /// <example>PAYSLIP</example>
    public required string Kind { get; init; }

    /// <summary>The user who approved it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid UserId { get; init; }

    public static DocumentEventData Of(DocumentApproved happened) =>
        new()
        {
            DocumentId = happened.DocumentId,
            CustomerId = happened.CustomerId,
            Kind = EnumText.Of(happened.Kind),
            UserId = happened.By,
        };
}
