namespace Lending.Documents.Contracts;

/// <summary>Looks documents up for other modules, as the present caller may see them.</summary>
public interface IDocumentDirectory
{
    /// <summary>Those of these documents that there are, and that nobody has found not to count.</summary>
    Task<IReadOnlyList<KnownDocument>> FindAsync(IReadOnlyCollection<Guid> documentIds, CancellationToken ct);
}

/// <summary>A document that counts, or may still: it was approved, or waits for its check or for somebody to decide on it.</summary>
/// <param name="Id">The document.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="IsApproved">Whether somebody has looked at it and approved it.</param>
public sealed record KnownDocument(Guid Id, Guid CustomerId, bool IsApproved);
