using System.ComponentModel.DataAnnotations;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Documents.Documents;

/// <summary>What a customer was asked for: "two payslips". Whether it is there follows from the documents that were sent for it.</summary>
internal sealed class DocumentRequest : ITenantOwned, IListed
{
    public const int MaximumNoteLength = 500;

    private DocumentRequest() { }

    public DocumentRequest(Guid customerId, DocumentKind kind, int count, string? note, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        CustomerId = customerId;
        Kind = kind;
        Count = count;
        Note = note;
        RequestedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    public DocumentKind Kind { get; private init; }

    public int Count { get; private init; }

    /// <summary>What the customer should know besides.</summary>
    [Personal, MaxLength(MaximumNoteLength)]
    public string? Note { get; private init; }

    public UserReference RequestedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }
}
