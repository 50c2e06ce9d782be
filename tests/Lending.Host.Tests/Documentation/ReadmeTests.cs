using System.Diagnostics;
using Lending.Host.Tests.Architecture;
using Lending.Seeding;

namespace Lending.Host.Tests.Documentation;

/// <summary>What the README says works as written.</summary>
public sealed class ReadmeTests(HostFixture host)
{
    private const string Address = "LENDING=http://localhost:5080";

    [Fact]
    public async Task The_tour_runs_as_written()
    {
        await host.Seeder.SeedAsync(new SeedOptions { Customers = 3, Offers = 5 }, progress: null, CancellationToken.None);

        var (exitCode, output) = await RunAsync(await BlockAsync("tour"));

        exitCode.ShouldBe(0, output);
        output.ShouldContain("\"monthlyPayment\":190.04");
        output.ShouldContain("\"rows\":[{\"number\":1,");
        output.ShouldContain("Idempotency-Replayed: true", Case.Insensitive);
        output.ShouldContain("\"status\":\"PENDING\"");
        output.ShouldContain("\"fullName\":\"Greta Sommer\"");
        output.ShouldContain("\"status\":\"APPROVED\",\"language\":\"en\",\"isAutomated\":true");
        output.ShouldContain("\"fileName\":\"october.png\"");
        output.ShouldContain("\"kind\":\"APPLICATION_APPROVED\"");
    }

    [Fact]
    public async Task An_organisation_starts_as_written()
    {
        var helpers = (await BlockAsync("tour")).Split("# 1.")[0];
        var administrator = $"ADMIN_USERNAME={HostFixture.AdministratorUsername} ADMIN_PASSWORD={HostFixture.AdministratorPassword}\n";

        var (exitCode, output) = await RunAsync(helpers + administrator + await BlockAsync("start"));

        exitCode.ShouldBe(0, output);
        output.ShouldContain("\"role\":\"INSTALLER\"");
        output.ShouldContain("\"kind\":\"STAFF_INVITATION\"");
        output.ShouldContain("{\"items\":[{\"id\":");
        output.ShouldContain("\"kind\":\"PRIVACY\"");
        output.ShouldEndWith("{\"items\":[],\"nextCursor\":null}\n");
    }

    [Fact]
    public async Task Every_setting_of_the_table_is_known_to_the_code()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var names = readme
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split('`').Where((_, index) => index % 2 == 1))
            .Where(name => name.Contains("__", StringComparison.Ordinal))
            .Select(name => name.Split("__")[1])
            .ToList();
        var code = string.Concat(
            Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
        );

        names.Count.ShouldBeGreaterThan(5);
        names.Where(name => name != "MinimumLevel" && !code.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // Only the address differs: another host may have the README's port.
    private async Task<string> BlockAsync(string name)
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var block = readme.Split($"<!-- {name}:")[1].Split("```sh\n")[1].Split("```")[0];
        return block.Replace(Address, $"LENDING={host.App.Urls.First()}", StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", $"set -eo pipefail\n{script}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output + await error);
    }
}
