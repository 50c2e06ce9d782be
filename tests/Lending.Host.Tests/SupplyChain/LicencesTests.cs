using Lending.SupplyChain;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Lending.Host.Tests.SupplyChain;

/// <summary>Which licences packages may have; CI asks about all that there are.</summary>
public sealed class LicencesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lending-licences-");

    [Theory]
    [InlineData("<license type=\"expression\">MIT</license>")]
    [InlineData("<license type=\"expression\">Apache-2.0 AND BSD-3-Clause</license>")]
    public void An_allowed_licence_passes(string licence) => Check(licence).ShouldBeEmpty();

    [Theory]
    [InlineData("<license type=\"expression\">GPL-3.0-only</license>", "GPL-3.0-only, which is not allowed")]
    [InlineData("<license type=\"expression\">MIT AND SSPL-1.0</license>", "SSPL-1.0, which is not allowed")]
    [InlineData("<license type=\"expression\">Apache-2.0 WITH LLVM-exception</license>", "which is not allowed")]
    [InlineData("<license type=\"file\">LICENSE.txt</license>", "no licence that a program can read")]
    [InlineData("<licenseUrl>https://example.org/licence</licenseUrl>", "no licence that a program can read")]
    [InlineData("", "no licence that a program can read")]
    public void Any_other_is_named(string licence, string complaint) =>
        Check(licence)
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(text => text.ShouldStartWith("Some.Package 1.2.0 "), text => text.ShouldContain(complaint));

    [Fact]
    public void A_text_that_somebody_has_read_counts_for_the_version_that_was_read()
    {
        Check("<license type=\"file\">LICENSE</license>", "Bogus", "35.6.5").ShouldBeEmpty();
        Check("<license type=\"file\">LICENSE</license>", "Bogus", "36.0.0").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_package_that_is_not_there_is_named() =>
        Licences
            .Check([new PackageIdentity("Some.Package", NuGetVersion.Parse("1.2.0"))], folder.FullName)
            .ShouldHaveSingleItem()
            .ShouldContain("not restored");

    public void Dispose() => folder.Delete(recursive: true);

    private List<string> Check(string licence, string id = "Some.Package", string version = "1.2")
    {
        var package = new PackageIdentity(id, NuGetVersion.Parse(version));
        var nuspec = Path.Combine(
            folder.FullName,
            id.ToLowerInvariant(),
            package.Version.ToNormalizedString(),
            $"{id.ToLowerInvariant()}.nuspec"
        );
        Directory.CreateDirectory(Path.GetDirectoryName(nuspec)!);
        File.WriteAllText(
            nuspec,
            $"<package><metadata><id>{id}</id><version>{version}</version><authors>Somebody</authors><description>Something</description>{licence}</metadata></package>"
        );
        return Licences.Check([package], folder.FullName);
    }
}
