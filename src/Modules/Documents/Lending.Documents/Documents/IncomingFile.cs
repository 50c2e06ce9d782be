using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Documents.Files;
using Lending.Kernel;
using Microsoft.Net.Http.Headers;

namespace Lending.Documents.Documents;

/// <summary>A file that is read as it arrives: written to the disk, encrypted, as it comes, and refused as soon as it is seen to be no document.</summary>
internal sealed class IncomingFile(string folder, Guid id) : IAsyncDisposable
{
    private FileFormat format;
    private string fileName = "";

    /// <summary>The file; null where none came.</summary>
    public SpooledFile? Spooled { get; private set; }

    /// <summary>Whether something came.</summary>
    public bool IsThere => Spooled is { SizeBytes: > 0 };

    /// <summary>Reads all of it. Answers why it is refused, or null.</summary>
    /// <param name="name">Its name, as it was sent.</param>
    /// <param name="contentType">What the sender says that it is; null where they say nothing.</param>
    /// <param name="content">The file.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async Task<Error?> ReadAsync(string name, string? contentType, Stream content, CancellationToken ct)
    {
        if (!FileName.IsPlain(name))
        {
            return FileErrors.Name;
        }
        fileName = name;
        Spooled = SpooledFile.Begin(folder, id);
        var buffer = new byte[FileCipher.ChunkBytes];
        int count;
        do
        {
            // Filled as far as it goes, so that the first ones tell what it is.
            count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            var isFirst = Spooled.SizeBytes == 0;
            await WriteAsync(Spooled, buffer.AsMemory(0, count), ct);
            if (Spooled.SizeBytes > ICustomerDocuments.MaximumFileBytes)
            {
                return FileErrors.TooLarge;
            }
            if (isFirst && count > 0 && FindMismatch(contentType, Spooled.Head) is { } mismatch)
            {
                return mismatch;
            }
        } while (count == buffer.Length);
        await WriteAsync(Spooled, null, ct);
        return IsThere && Polyglot.IsOne(format, Spooled.Head, Spooled.Tail) ? FileErrors.TwoThings : null;
    }

    /// <summary>What came, as the document that it is to be.</summary>
    public Upload As(Guid customerId, DocumentKind kind, Guid? requestId) =>
        new(customerId, kind, requestId, fileName, format, Spooled!.Sha256);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Spooled?.DisposeAsync() ?? default;

    private Error? FindMismatch(string? contentType, byte[] head)
    {
        if (FileFormats.Of(head) is not { } found)
        {
            return FileErrors.Format;
        }
        format = found;
        if (!found.Fits(fileName))
        {
            return FileErrors.NameOfOther;
        }
        var says = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.MediaType.Value : contentType;
        // What programs write that do not know.
        return
            says is null or System.Net.Mime.MediaTypeNames.Application.Octet
            || found.MediaType().Equals(says, StringComparison.OrdinalIgnoreCase)
            ? null
            : FileErrors.TypeOfOther;
    }

    // What our disk refuses is no fault of the form's.
    private static async Task WriteAsync(SpooledFile file, ReadOnlyMemory<byte>? bytes, CancellationToken ct)
    {
        try
        {
            await (bytes is { } some ? file.WriteAsync(some, ct).AsTask() : file.FinishAsync(ct));
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException("The file cannot be written.", exception);
        }
    }
}
