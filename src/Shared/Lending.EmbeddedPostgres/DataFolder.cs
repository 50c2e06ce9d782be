using System.Diagnostics;
using System.Globalization;

namespace Lending.EmbeddedPostgres;

/// <summary>The folder of one server's data, held by this process alone until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string TemporaryPrefix = "lending-postgres-";
    private const long MemoryNeededBytes = 1L << 30;
    private const int FormerServerAttempts = 100;

    private static readonly TimeSpan FormerServerDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>The age from which an unlocked temporary folder is no longer one that is just being made.</summary>
    private static readonly TimeSpan StaleAge = TimeSpan.FromMinutes(1);

    private readonly FileStream heldLock;

    private DataFolder(string path, string? temporaryRoot)
    {
        Location = path;
        TemporaryRoot = temporaryRoot;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        heldLock =
            TryLock(path)
            ?? throw InUse(ProcessIdInFile() is { } id ? $"process {id}" : "a process that is just starting or stopping its server");
    }

    public string Location { get; }

    public string? TemporaryRoot { get; }

    private string ProcessIdFile => Path.Combine(Location, "postmaster.pid");

    public static DataFolder Open(string? path)
    {
        if (path is not null)
            return new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), temporaryRoot: null);
        var parent = TemporaryParent();
        DeleteStale(parent);
        var root = CreatePrivate(parent, TemporaryPrefix);
        return new(Path.Combine(root, "data"), root);
    }

    /// <summary>Makes a folder with a new name that no other user can enter.</summary>
    public static string CreatePrivate(string parent, string prefix)
    {
        var path = Path.Combine(parent, prefix + Path.GetFileNameWithoutExtension(Path.GetRandomFileName()));
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <summary>Waits for the server of a killed owner to finish stopping, and forgets the trace of one that crashed.</summary>
    public async Task WaitForFormerServerAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ProcessIdInFile() is { } id && IsPostgres(id); attempt++)
        {
            if (attempt == FormerServerAttempts)
                throw InUse($"process {id}");
            await Task.Delay(FormerServerDelay, cancellationToken);
        }
        // PostgreSQL would take the number for a living server's if another program has it now.
        File.Delete(ProcessIdFile);
    }

    /// <summary>The major version of PostgreSQL that made the data; null: there is none yet.</summary>
    public string? MajorVersion()
    {
        var file = Path.Combine(Location, "PG_VERSION");
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();
        if (Directory.Exists(Location) && Directory.EnumerateFileSystemEntries(Location).Any())
            throw new InvalidOperationException($"The folder '{Location}' is not empty and holds no PostgreSQL data.");
        return null;
    }

    /// <summary>Fills the folder beside its place and renames it: an interrupted attempt is never taken for data.</summary>
    public async Task FillAsync(Func<string, Task> fill)
    {
        var (parent, name) = (Path.GetDirectoryName(Location)!, Path.GetFileName(Location) + ".init-");
        DeleteLeftovers();
        var draft = CreatePrivate(parent, name);
        try
        {
            await fill(draft);
            if (Directory.Exists(Location))
                Directory.Delete(Location);
            Directory.Move(draft, Location);
            // Once more: what a killed owner had started may have written on while it was deleted.
            DeleteLeftovers();
        }
        catch
        {
            TryDelete(draft);
            throw;
        }

        void DeleteLeftovers()
        {
            foreach (var leftover in Directory.GetDirectories(parent, name + "*"))
                TryDelete(leftover);
        }
    }

    /// <summary>Whether the server accepts connections, which it tells in its process id file.</summary>
    public bool IsServerReady() =>
        ReadProcessIdFile() is [_, _, _, _, _, _, _, var status, ..] && status.StartsWith("ready", StringComparison.Ordinal);

    public void Dispose()
    {
        if (TemporaryRoot is not null)
            TryDelete(TemporaryRoot);
        heldLock.Dispose();
    }

    private static string TemporaryParent()
    {
        const string memory = "/dev/shm";
        // Containers often have only 64 MB there.
        return Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace >= MemoryNeededBytes ? memory : Path.GetTempPath();
    }

    private static void DeleteStale(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent, TemporaryPrefix + "*"))
        {
            if (TimeProvider.System.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(folder) < StaleAge)
                continue;
            try
            {
                using var stale = TryLock(Path.Combine(folder, "data"));
                if (stale is not null)
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, or somebody else is deleting it.
            }
        }
    }

    /// <summary>The operating system gives the lock back when its holder dies.</summary>
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is still being written to; the next start tries again.
        }
    }

    private static bool IsPostgres(int processId)
    {
        try
        {
            // The command line of a process that has died but was not waited for is empty.
            var name = OperatingSystem.IsLinux()
                ? Path.GetFileName(File.ReadAllText($"/proc/{processId}/cmdline").Split('\0')[0])
                : Process.GetProcessById(processId).ProcessName;
            return string.Equals(name, "postgres", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private InvalidOperationException InUse(string holder) =>
        new(
            $"The data directory '{Location}' is in use by {holder}. Stop that one, or set EmbeddedPostgres__DataDirectory to another folder."
        );

    private int? ProcessIdInFile() =>
        ReadProcessIdFile() is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private string[] ReadProcessIdFile()
    {
        try
        {
            return File.ReadAllLines(ProcessIdFile);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
