using Lending.Kernel;

namespace Lending.Documents.Checks;

/// <summary>
/// Looks into files. A reader of files that strangers have made needs much memory for some of them, so one is looked into at a time: whoever sends many waits.
/// </summary>
internal sealed class FileCheck : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Whether the file may stay, and what of a picture is left when all but its pixels is taken away.</summary>
    /// <param name="format">What it begins as.</param>
    /// <param name="content">The file.</param>
    /// <param name="ct">Ends it before it has begun.</param>
    public async Task<(byte[]? Clean, Error? Refusal)> CheckAsync(FileFormat format, Stream content, CancellationToken ct)
    {
        await oneAtATime.WaitAsync(ct);
        try
        {
            // Both readers go to and fro in it.
            var file = new byte[content.Length];
            await content.ReadExactlyAsync(file, ct);
            return format == FileFormat.Pdf ? (null, PdfCheck.FindObstacle(file)) : ImageCleaner.Clean(format, file);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => oneAtATime.Dispose();
}
