using Lending.Kernel;

namespace Lending.Documents.Contracts;

/// <summary>What a customer was asked for and sends, for the pages of another module. The caller acts for the customer, and sees nothing of anybody else.</summary>
public interface ICustomerDocuments
{
    /// <summary>The longest file, in bytes.</summary>
    const int MaximumFileBytes = 15 * 1024 * 1024;

    /// <summary>What the customer was asked for, newest first; at most <see cref="MostRequests"/>.</summary>
    Task<IReadOnlyList<AskedDocument>> ListAsync(CancellationToken ct);

    /// <summary>So many requests are listed.</summary>
    const int MostRequests = 50;

    /// <summary>
    /// Takes a file for a request, with the limits and refusals of the API, by the same code; null where it is kept, or was there already. Nothing of a refused file is kept.
    /// </summary>
    Task<Error?> SendAsync(Guid requestId, SentFile file, CancellationToken ct);
}

/// <summary>A file as it arrives.</summary>
/// <param name="Name">Its name, as it was sent.</param>
/// <param name="ContentType">What the sender says that it is; null where they say nothing.</param>
/// <param name="Content">What it says; read once.</param>
public sealed record SentFile(string Name, string? ContentType, Stream Content);

/// <summary>What a customer was asked for.</summary>
public sealed record AskedDocument
{
    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is to show.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>How many were sent that were neither rejected nor are to be sent again.</summary>
    public required int Received { get; init; }

    /// <summary>What the customer should know besides; null for nothing.</summary>
    public required string? Note { get; init; }

    /// <summary>When they were asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What was sent for it, newest first.</summary>
    public required IReadOnlyList<SentDocument> Sent { get; init; }

    /// <summary>Whether all is there.</summary>
    public bool IsFulfilled => Received >= Count;
}

/// <summary>What became of a document that was sent.</summary>
/// <param name="FileName">The name that the file was sent with.</param>
/// <param name="Status">Where it is on its way.</param>
/// <param name="Reason">Why it does not count; null where it may.</param>
/// <param name="Comment">What whoever decided on it tells the customer; null for nothing.</param>
/// <param name="SentAt">When it came.</param>
public sealed record SentDocument(string FileName, DocumentStatus Status, ReviewReason? Reason, string? Comment, DateTimeOffset SentAt);
