namespace Lending.Documents.Contracts;

/// <summary>Tells other modules what a customer has proved by documents.</summary>
public interface IApprovedDocuments
{
    /// <summary>The customer's documents that were approved and are valid today, as the present caller may see them; newest first.</summary>
    Task<IReadOnlyList<ApprovedDocument>> FindAsync(Guid customerId, CancellationToken ct);
}

/// <summary>A document that somebody has approved.</summary>
/// <param name="Id">The document.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="ApprovedAt">When it was approved.</param>
/// <param name="ValidUntil">The last day on which it counts; null where it has none.</param>
public sealed record ApprovedDocument(Guid Id, DocumentKind Kind, DateTimeOffset ApprovedAt, DateOnly? ValidUntil);
