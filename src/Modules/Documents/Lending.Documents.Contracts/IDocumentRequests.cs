namespace Lending.Documents.Contracts;

/// <summary>Asks customers for documents.</summary>
public interface IDocumentRequests
{
    /// <summary>The most documents of a kind that are asked for at once.</summary>
    const int MostAsked = 12;

    /// <summary>Asks a customer, by mail with a link to pages on which it is sent without an account, in the caller's transaction. Null where there is no such customer.</summary>
    /// <param name="customerId">Who is asked.</param>
    /// <param name="kind">What it is to show.</param>
    /// <param name="count">How many, 1 to <see cref="MostAsked"/>.</param>
    /// <param name="note">What the customer should know besides; null for nothing.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The request.</returns>
    Task<Guid?> AskAsync(Guid customerId, DocumentKind kind, int count, string? note, CancellationToken ct);

    /// <summary>Whether as many documents are approved as each of these requests asks for.</summary>
    Task<bool> AreApprovedAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct);
}
