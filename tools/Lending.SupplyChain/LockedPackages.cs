using System.Text.Json;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Lending.SupplyChain;

/// <summary>Every package that a checkout restores: those of the lock files, with what they depend on, and the tools.</summary>
internal static class LockedPackages
{
    public const string LockFile = "packages.lock.json";
    private const string Tools = ".config/dotnet-tools.json";

    public static SortedSet<PackageIdentity> In(string root)
    {
        var packages = new SortedSet<PackageIdentity>();
        foreach (var file in Directory.EnumerateFiles(root, LockFile, SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var entries = json
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject());
            // Projects of the checkout stand there, too; they have no version.
            packages.UnionWith(
                entries.Where(entry => entry.Value.TryGetProperty("resolved", out _)).Select(entry => Package(entry, "resolved"))
            );
        }
        if (File.Exists(Path.Combine(root, Tools)))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, Tools)));
            packages.UnionWith(json.RootElement.GetProperty("tools").EnumerateObject().Select(entry => Package(entry, "version")));
        }
        return packages;
    }

    private static PackageIdentity Package(JsonProperty entry, string version) =>
        new(entry.Name, NuGetVersion.Parse(entry.Value.GetProperty(version).GetString()!));
}
