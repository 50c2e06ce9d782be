using System.Diagnostics;
using Lending.SupplyChain;

namespace Lending.Host.Tests.SupplyChain;

/// <summary>Packages that somebody has warned of are found by the lock files.</summary>
public sealed class AdvisoriesTests : IDisposable
{
    private const string Sample = """
        {
          "schema_version": "1.6.0", "id": "SAMPLE-1", "summary": "Reads too much", "modified": "2026-01-02T03:04:05Z",
          "affected": [
            { "package": { "ecosystem": "npm", "name": "some.package" }, "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }] }] },
            {
              "package": { "ecosystem": "NuGet", "name": "some.package" },
              "ranges": [
                { "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": "1.4.0" }, { "introduced": "2.0.0-beta" }, { "fixed": "2.0.10" }] },
                { "type": "ECOSYSTEM", "events": [{ "introduced": "3.0.0" }, { "last_affected": "3.1.0" }] },
                { "type": "GIT", "events": [{ "introduced": "6f1e5c" }] }
              ],
              "versions": ["5.0.0.1"]
            }
          ]
        }
        """;

    private readonly DirectoryInfo checkout = Directory.CreateTempSubdirectory("lending-advisories-");

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("1.4.0-rc.1", true)]
    [InlineData("1.4.0", false)]
    [InlineData("2.0.0-alpha", false)]
    [InlineData("2.0.0-beta.2", true)]
    [InlineData("2.0.9", true)]
    [InlineData("2.0.10", false)]
    [InlineData("3.1.0", true)]
    [InlineData("3.1.1", false)]
    [InlineData("5.0.0", false)]
    [InlineData("5.0.0.1", true)]
    public void A_version_is_found_where_it_is_affected(string version, bool affected)
    {
        Lock("Some.Package", version);

        Check(Sample).ShouldBe(affected ? [$"Some.Package {version}: SAMPLE-1 Reads too much"] : []);
        Check($"[{Sample}]").Count.ShouldBe(affected ? 1 : 0);
        Check("[]").ShouldBeEmpty();
        Check(Sample.Replace("\"modified\"", "\"withdrawn\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Tools_are_looked_at_and_other_packages_are_not_affected()
    {
        Lock("Some.Package.Extensions", "1.0.0");
        Check(Sample).ShouldBeEmpty();

        Write(".config/dotnet-tools.json", """{ "tools": { "some.package": { "version": "1.0.0", "commands": ["some"] } } }""");
        Check(Sample).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("1.0.0", 1, "Some.Package 1.0.0: SAMPLE-1 Reads too much")]
    [InlineData("1.4.0", 0, "1 packages, 0 complaints")]
    public async Task The_script_fails_and_names_the_package(string version, int exitCode, string says)
    {
        Lock("Some.Package", version);
        Write("advisories.json", Sample);
        using var script = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(LockedPackages).Assembly.Location, "advisories", "advisories.json"])
            {
                WorkingDirectory = checkout.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        output += await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.ShouldContain(says);
        script.ExitCode.ShouldBe(exitCode, output);
    }

    public void Dispose() => checkout.Delete(recursive: true);

    private void Lock(string id, string version) =>
        Write(
            "src/packages.lock.json",
            $$"""
            {
              "version": 2,
              "dependencies": {
                "net10.0": { "{{id}}": { "type": "Transitive", "resolved": "{{version}}", "contentHash": "" }, "lending.kernel": { "type": "Project" } }
              }
            }
            """
        );

    private List<string> Check(string advisories)
    {
        Write("advisories.json", advisories);
        return Advisories.Check(LockedPackages.In(checkout.FullName), [Path.Combine(checkout.FullName, "advisories.json")]);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(checkout.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
