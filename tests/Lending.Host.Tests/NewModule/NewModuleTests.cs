using System.Diagnostics;
using Lending.Host.Tests.Architecture;
using Lending.Testing;

namespace Lending.Host.Tests.NewModule;

/// <summary>What tools/new-module makes passes CI, in a copy of this checkout.</summary>
public sealed class NewModuleTests : IDisposable
{
    // The rules that concern every module: what a new one has to be told to, and what the script tells them; a client of the whole document takes minutes and
    // compiles with and without it. One compiler for all projects takes half the time.
    private const string Script = """
        set -euo pipefail
        export UseSharedCompilation=true
        tools/new-module Trial TrialRun
        dotnet restore Lending.sln --locked-mode
        dotnet build Trial.slnf --nologo
        dotnet csharpier check .
        dotnet tests/Lending.Trial.Tests/bin/Debug/net10.0/Lending.Trial.Tests.dll
        dotnet tests/Lending.Host.Tests/bin/Debug/net10.0/Lending.Host.Tests.dll \
            -method 'Lending.Host.Tests.Architecture.*' -method 'Lending.Host.Tests.Documentation.*' -method '*.RolePermissionsTests.*' \
            -method '*.AuthorizationMatrixTests.Every_endpoint_*' -method '*.AuthorizationMatrixTests.Names_*' -method- '*.ClientTests.*'
        """;

    // The code that was there has passed its own build: only the new projects are analysed.
    private const string AnalyseNewProjectsOnly = """
        <Project>
          <PropertyGroup>
            <RunAnalyzers Condition="!$(MSBuildProjectName.StartsWith('Lending.Trial'))">false</RunAnalyzers>
          </PropertyGroup>
        </Project>
        """;

    private const string NewProjectsAndRules = """
        {
          "solution": {
            "path": "Lending.sln",
            "projects": [
              "src\\Modules\\Trial\\Lending.Trial\\Lending.Trial.csproj",
              "src\\Modules\\Trial\\Lending.Trial.Contracts\\Lending.Trial.Contracts.csproj",
              "tests\\Lending.Trial.Tests\\Lending.Trial.Tests.csproj",
              "tests\\Lending.Host.Tests\\Lending.Host.Tests.csproj"
            ]
          }
        }
        """;

    private readonly string copy = Path.Combine(Path.GetTempPath(), $"lending-{Unique.Text()}");

    [Fact]
    public async Task A_new_module_builds_and_passes_its_tests_and_the_rules()
    {
        await CopyCheckoutAsync();
        await File.WriteAllTextAsync(Path.Combine(copy, "Directory.Build.targets"), AnalyseNewProjectsOnly + "\n");
        await File.WriteAllTextAsync(Path.Combine(copy, "Trial.slnf"), NewProjectsAndRules);

        var (exitCode, output) = await RunAsync(copy, Script);

        exitCode.ShouldBe(0, output);
    }

    public void Dispose()
    {
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    // What git knows or would know of: no build output, and what is not committed yet, too.
    private async Task CopyCheckoutAsync()
    {
        var (exitCode, files) = await RunAsync(Repository.Root, "git ls-files --cached --others --exclude-standard");
        exitCode.ShouldBe(0, files);
        foreach (var file in files.Split('\n').Where(file => File.Exists(Repository.PathOf(file))))
        {
            var target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.PathOf(file), target);
        }
    }

    // Into a file: servers that a build leaves behind would keep a pipe open.
    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, string script)
    {
        var output = Path.GetTempFileName();
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", $"exec > '{output}' 2>&1\n{script}"]) { WorkingDirectory = folder }
        )!;
        try
        {
            await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (bash.ExitCode, await File.ReadAllTextAsync(output));
        }
        finally
        {
            if (!bash.HasExited)
            {
                bash.Kill(entireProcessTree: true);
            }
            File.Delete(output);
        }
    }
}
