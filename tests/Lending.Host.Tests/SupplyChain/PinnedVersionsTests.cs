using System.Text.RegularExpressions;
using Lending.Host.Tests.Architecture;

namespace Lending.Host.Tests.SupplyChain;

/// <summary>What all is built from has exact versions.</summary>
public sealed partial class PinnedVersionsTests
{
    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var projects = File.ReadLines(Repository.PathOf("Lending.sln"))
            .Select(line => Project().Match(line).Groups["folder"].Value.Replace('\\', '/'))
            .Where(folder => folder.Length > 0)
            .ToList();

        projects.Count.ShouldBeGreaterThan(20);
        projects.Where(folder => !File.Exists(Repository.PathOf($"{folder}/packages.lock.json"))).ShouldBeEmpty();
    }

    [Fact]
    public void Images_have_exact_versions()
    {
        var images = ((string[])["Dockerfile", "deploy/compose/Dockerfile", "ops/Dockerfile", "docker-compose.yml"])
            .SelectMany(file => File.ReadLines(Repository.PathOf(file)))
            .Select(line => Image().Match(line).Groups["image"].Value)
            .Where(image => image.Length > 0)
            .ToList();

        images.Count.ShouldBe(10);
        images.Where(image => !Exact().IsMatch(image)).ShouldBeEmpty();
        foreach (
            var floating in (string[])
                ["dotnet/sdk:10.0", "dotnet/aspnet", "dotnet/aspnet:latest", "postgres:17", "postgres:17-alpine", "debian:bookworm-slim"]
        )
        {
            Exact().IsMatch(floating).ShouldBeFalse(floating);
        }
    }

    [Fact]
    public void Actions_of_workflows_are_exact_commits()
    {
        var actions = Directory
            .EnumerateFiles(Repository.PathOf(".github/workflows"))
            .SelectMany(File.ReadLines)
            .Select(line => Action().Match(line).Groups["action"].Value)
            .Where(action => action.Length > 0 && !action.StartsWith("./", StringComparison.Ordinal))
            .ToList();

        actions.Count.ShouldBe(9);
        actions.Where(action => !Commit().IsMatch(action)).ShouldBeEmpty();
        Commit().IsMatch("actions/checkout@v4").ShouldBeFalse();
    }

    [GeneratedRegex(@", ""(?<folder>[^""]+)\\[^""\\]+\.csproj""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();

    [GeneratedRegex(@"^(FROM|\s*image:)\s+(?<image>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();

    [GeneratedRegex(
        @"(/dotnet/[a-z]+:\d+\.\d+\.\d+|^(postgres|debian):\d+\.\d+(-slim)?|^(axllent/mailpit|prom/prometheus|grafana/grafana):v?\d+\.\d+\.\d+)(@sha256:[0-9a-f]{64})?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Exact();

    [GeneratedRegex(@"^\s*(- )?uses: (?<action>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();

    [GeneratedRegex("@[0-9a-f]{40}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commit();
}
