namespace Lending.Documents.Files;

/// <summary>Where files lie, encrypted. It knows nothing of what is in them, nor whose they are.</summary>
internal interface IFileStore
{
    /// <summary>Takes a file of this machine in, under its id.</summary>
    Task KeepAsync(Guid id, string path, CancellationToken ct);

    /// <summary>Opens a file from a place on.</summary>
    Task<Stream> OpenAsync(Guid id, long from, CancellationToken ct);

    /// <summary>Deletes a file; one that is not there is no failure.</summary>
    Task DeleteAsync(Guid id, CancellationToken ct);
}
