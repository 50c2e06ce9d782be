using Microsoft.Extensions.Options;

namespace Lending.Documents.Files;

/// <summary>Files in a folder, in subfolders named after the end of their ids. Several instances need one that they share.</summary>
internal sealed class FolderStore(IOptions<FilesOptions> options) : IFileStore
{
    public Task KeepAsync(Guid id, string path, CancellationToken ct)
    {
        var kept = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        // It comes from the same folder, so this is one step of the file system: there is all of it or nothing.
        File.Move(path, kept);
        return Task.CompletedTask;
    }

    public Task<Stream> OpenAsync(Guid id, long from, CancellationToken ct)
    {
        var file = SpooledFile.OpenForReading(PathOf(id));
        file.Position = from;
        return Task.FromResult<Stream>(file);
    }

    public Task DeleteAsync(Guid id, CancellationToken ct)
    {
        var path = PathOf(id);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    private string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(options.Value.Folder!, name[^2..], name);
    }
}
