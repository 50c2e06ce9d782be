using System.Text.Json;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Lending.SupplyChain;

/// <summary>
/// Whether somebody has warned of packages. A file holds one advisory in the OSV format (https://ossf.github.io/osv-schema), or a list of them; what is not
/// asked for here is left unread.
/// </summary>
internal static class Advisories
{
    private static readonly JsonSerializerOptions Osv = new(JsonSerializerDefaults.Web);

    public static List<string> Check(IReadOnlyCollection<PackageIdentity> packages, IEnumerable<string> files) =>
        [
            .. from file in files
            from advisory in Read(file)
            where advisory.Withdrawn is null
            from package in packages
            where advisory.Affected.Any(affected => affected.Includes(package))
            select $"{package.Id} {package.Version}: {advisory.Id} {advisory.Summary}",
        ];

    private static Advisory[] Read(string file)
    {
        var json = JsonElement.Parse(File.ReadAllText(file));
        return json.ValueKind == JsonValueKind.Array ? json.Deserialize<Advisory[]>(Osv)! : [json.Deserialize<Advisory>(Osv)!];
    }

    private sealed record Advisory
    {
        public required string Id { get; init; }
        public string? Summary { get; init; }
        public DateTimeOffset? Withdrawn { get; init; }
        public Affected[] Affected { get; init; } = [];
    }

    private sealed record Affected
    {
        public AffectedPackage? Package { get; init; }
        public string[] Versions { get; init; } = [];
        public Range[] Ranges { get; init; } = [];

        public bool Includes(PackageIdentity package) =>
            Package?.Ecosystem == "NuGet"
            && Package.Name.Equals(package.Id, StringComparison.OrdinalIgnoreCase)
            && (
                Versions.Any(version => NuGetVersion.Parse(version) == package.Version)
                || Ranges.Any(range => range.Includes(package.Version))
            );
    }

    private sealed record AffectedPackage
    {
        public required string Ecosystem { get; init; }
        public required string Name { get; init; }
    }

    private sealed record Range
    {
        public required string Type { get; init; }
        public required Event[] Events { get; init; }

        // Ranges of commits are said again as versions. The last event up to a version decides on it; of two at one version, the one that ends it.
        public bool Includes(NuGetVersion version) =>
            Type != "GIT"
            && Events.Where(one => one.Version <= version).OrderBy(one => one.Version).ThenBy(one => one.Introduced is null).LastOrDefault()
                is { } last
            && (last.Introduced is not null || (last.LastAffected is not null && last.Version == version));
    }

    /// <summary>One of the three is there.</summary>
    private sealed record Event
    {
        public string? Introduced { get; init; }
        public string? Fixed { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("last_affected")]
        public string? LastAffected { get; init; }

        public NuGetVersion Version =>
            NuGetVersion.Parse(Introduced ?? Fixed ?? LastAffected ?? throw new JsonException("An event of an advisory says no version."));
    }
}
