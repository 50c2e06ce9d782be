using Lending.Documents.Checks;
using Lending.Documents.Files;
using Lending.Documents.Scanning;
using Lending.Kernel;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Documents;

/// <summary>What became of looking into a file.</summary>
/// <param name="Scan">What the virus scanner says.</param>
/// <param name="Refusal">Why the file is not taken, or null.</param>
/// <param name="Clean">What is kept instead of a picture; null where the file is kept as it is. Whoever asked disposes of it.</param>
internal sealed record Examined(ScanResult Scan, Error? Refusal, SpooledFile? Clean);

/// <summary>Looks for viruses, then into the file; of a picture that nothing is wrong with, it makes one that has nothing but its pixels.</summary>
internal sealed class FileExaminer(VirusScanner scanner, FileCheck check, IOptions<FilesOptions> options, TimeProvider clock)
{
    /// <summary>Examines a file, which is opened as often as it is read.</summary>
    public async Task<Examined> ExamineAsync(FileFormat format, Func<Stream> open, CancellationToken ct)
    {
        ScanResult scan;
        await using (var content = open())
        {
            scan = await scanner.ScanAsync(content, ct);
        }
        if (scan == ScanResult.Infected)
        {
            return new(scan, FileErrors.Infected, null);
        }
        await using (var content = open())
        {
            var (clean, refusal) = await check.CheckAsync(format, content, ct);
            // What nobody has scanned stays as it was sent until somebody does: what is left of a picture could hide what was in it.
            return new(scan, refusal, clean is null || scan == ScanResult.Unavailable ? null : await SpoolAsync(clean, ct));
        }
    }

    private async Task<SpooledFile> SpoolAsync(byte[] content, CancellationToken ct)
    {
        var file = SpooledFile.Begin(options.Value.Folder!, Guid.CreateVersion7(clock.GetUtcNow()));
        try
        {
            await file.WriteAsync(content, ct);
            await file.FinishAsync(ct);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
