namespace Lending.Loans.Contracts;

/// <summary>Documents that customers were given, found by whoever has one. Implemented by each module that gives some.</summary>
public interface IIssuedDocuments
{
    /// <summary>The document of this hash, whichever organisation gave it; null where there is none.</summary>
    /// <param name="hash">The SHA-256: of the file, or the one that stands in the document.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    Task<IssuedDocument?> FindAsync(byte[] hash, CancellationToken ct);
}

/// <summary>What strangers are told of a document: nothing about anybody.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Date">The day on which it was given, there.</param>
/// <param name="IsSealed">Whether its seal was checked, and is right.</param>
public sealed record IssuedDocument(IssuedDocumentKind Kind, DateOnly Date, bool IsSealed = false);

/// <summary>What a document is.</summary>
public enum IssuedDocumentKind
{
    /// <summary>The receipt of an acceptance.</summary>
    AcceptanceReceipt,

    /// <summary>The offer that a customer accepted.</summary>
    AcceptedOffer,

    /// <summary>The pre-contractual information of an offer.</summary>
    PreContractualInformation,
}
