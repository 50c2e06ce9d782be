using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Packaging.Licenses;

namespace Lending.SupplyChain;

/// <summary>Whether packages have licences that we allow. What a package says itself counts, in the folder that it was restored to.</summary>
internal static class Licences
{
    private static readonly HashSet<string> Allowed =
    [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "MS-PL",
        "PostgreSQL",
        "OFL-1.1",
    ];

    /// <summary>
    /// Packages that carry their licence as a text: somebody has read it, in this version, and it is this one. Another version may have another licence, and is
    /// read again.
    /// </summary>
    private static readonly HashSet<string> Read =
    [
        // MIT, and parts BSD-3-Clause.
        "Bogus 35.6.5",
        // MIT.
        "CommandLineParser 2.9.1",
        // MPL-2.0, which asks that changes of its own files are published. There are none; it is used by tests alone, and not handed on.
        "Deque.AxeCore.Commons 4.14.0",
        "Microsoft.DotNet.PlatformAbstractions 3.1.6",
        "Otp.NET 1.4.1",
        // Apache-2.0 or MPL-2.0, as one chooses.
        "RabbitMQ.Client 7.2.2",
        "SmtpServer 11.1.0",
        // Apache-2.0.
        "Stripe.net 53.1.0",
        // BSD-3-Clause, says its project, as Adobe's XMP SDK, which it is a port of. MetadataExtractor brings it along, for tests alone.
        "XmpCore 6.1.10",
    ];

    public static List<string> Check(IEnumerable<PackageIdentity> packages, string packagesFolder) =>
        [.. packages.Select(package => Complaint(package, packagesFolder)).OfType<string>()];

    private static string? Complaint(PackageIdentity package, string packagesFolder)
    {
        var name = $"{package.Id} {package.Version.ToNormalizedString()}";
        var folder = new DirectoryInfo(new VersionFolderPathResolver(packagesFolder).GetInstallPath(package.Id, package.Version));
        if (!folder.Exists || folder.GetFiles("*.nuspec") is not [var nuspec])
        {
            return $"{name} is not restored, so its licence is not known.";
        }
        if (Read.Contains(name))
        {
            return null;
        }
        var licence = new NuspecReader(nuspec.FullName).GetLicenseMetadata();
        if (licence?.LicenseExpression is not { } expression)
        {
            return $"{name} says no licence that a program can read. Read it, and add the package to {nameof(Licences)}.{nameof(Read)} if it is allowed.";
        }
        // All that an expression names has to be allowed, whether "and" or "or" stands between.
        var others = new List<string>();
        expression.OnEachLeafNode(
            one => others.AddRange(one.IsStandardLicense && Allowed.Contains(one.Identifier) ? [] : [one.Identifier]),
            exception => others.Add(exception.Identifier)
        );
        return others.Count == 0 ? null : $"{name} has the licence {licence.License}, which is not allowed.";
    }
}
