using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Platform.Security;
using Mapster;

namespace Lending.Documents.Documents;

/// <summary>A document of a customer, without the file itself.</summary>
internal sealed record DocumentResponse
{
    /// <summary>The document's id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b16</example>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CustomerId { get; init; }

    /// <summary>What it shows.</summary>
    /// <example>PAYSLIP</example>
    public required DocumentKind Kind { get; init; }

    /// <summary>What the customer was asked for, where it is an answer.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b17</example>
    public required Guid? RequestId { get; init; }

    /// <summary>
    /// `QUARANTINED` (nobody has looked for viruses yet), `INFECTED` and `UNREADABLE` (the file is deleted), `PENDING` (it waits for a decision), `APPROVED`,
    /// `REVISION` (the customer is to send another one), `REJECTED`, `EXPIRED`.
    /// </summary>
    /// <example>REVISION</example>
    public required DocumentStatus Status { get; init; }

    /// <summary>The name that the file was sent with.</summary>
    /// <example>payslip-october.pdf</example>
    public required string FileName { get; init; }

    /// <summary>What the file is.</summary>
    /// <example>PDF</example>
    public required FileFormat Format { get; init; }

    /// <summary>How long the file is.</summary>
    /// <example>48211</example>
    public required long SizeBytes { get; init; }

    /// <summary>Who sent it.</summary>
    public required UserReference UploadedBy { get; init; }

    /// <summary>When it came.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody decided on it.</summary>
    /// <example>2026-11-21T08:00:00.123456Z</example>
    public required DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Who decided on it.</summary>
    public required UserReference? ReviewedBy { get; init; }

    /// <summary>Why it does not count.</summary>
    /// <example>ILLEGIBLE</example>
    public required ReviewReason? Reason { get; init; }

    /// <summary>What the customer is told.</summary>
    /// <example>The lower half is cut off.</example>
    public required string? CommentForCustomer { get; init; }

    /// <summary>What the customer is not told; null for customers.</summary>
    /// <example>The second time.</example>
    public required string? CommentForStaff { get; init; }

    /// <summary>The last day on which an approved one counts; null: it has none.</summary>
    /// <example>2027-11-20</example>
    public required DateOnly? ValidUntil { get; init; }

    /// <summary>What this caller may know of it.</summary>
    public DocumentResponse SeenBy(Caller caller) => caller.CustomerScope is null ? this : this with { CommentForStaff = null };

    internal sealed class Mapping : IRegister
    {
        // Column by column: for a UserReference as a whole, EF would read the whole row.
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Document, DocumentResponse>()
                .Map(response => response.UploadedBy, document => new UserReference(document.UploadedBy.Id, document.UploadedBy.Username))
                .Map(
                    response => response.ReviewedBy,
                    document =>
                        document.ReviewedById == null ? null : new UserReference(document.ReviewedById.Value, document.ReviewedByUsername!)
                );
    }
}
