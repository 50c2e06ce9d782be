using System.Diagnostics;
using Lending.Host.Tests.Architecture;
using Lending.Testing;

namespace Lending.Host.Tests.Deployment;

/// <summary>The steps of deploy/kubernetes/release.sh, with a kubectl that only notes what it is told.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Image = "registry.example/lending@sha256:0123";

    private const string Kubectl = """
        #!/usr/bin/env bash
        echo "$*" >> "$NOTES/calls"
        case "$*" in
          "get service lending "*) printf '%s' "$SERVING" ;;
          "get deployment "*) printf '%s' "$HOSTS" ;;
          "create --filename -"*) cat >> "$NOTES/sent"; echo job.batch/lending-migrate-abcde ;;
          "get job.batch/lending-migrate-abcde "*) printf '%s' "$JOB" ;;
          "apply --filename -") cat >> "$NOTES/sent" ;;
          "rollout status "*) exit "$ROLLOUT" ;;
        esac
        """;

    private readonly string notes = Path.Combine(Path.GetTempPath(), $"lending-{Unique.Text()}");

    public ReleaseTests()
    {
        Directory.CreateDirectory(notes);
        var kubectl = Path.Combine(notes, "kubectl");
        File.WriteAllText(kubectl, Kubectl.ReplaceLineEndings("\n"));
        using var executable = Process.Start("chmod", ["+x", kubectl]);
        executable.WaitForExit();
    }

    public void Dispose() => Directory.Delete(notes, recursive: true);

    private const int Hosts = 5;

    private const string Serving = "get service lending --ignore-not-found --output jsonpath={.spec.selector.colour}";

    [Theory]
    [InlineData("", "blue")]
    [InlineData("blue", "green")]
    [InlineData("green", "blue")]
    public async Task A_version_is_migrated_started_beside_the_old_one_and_only_then_gets_requests(string old, string colour)
    {
        (await RunAsync(old, Image)).ShouldBe(0);

        Calls.ShouldBe([
            Serving,
            "get secret lending lending-owner --output name",
            "apply --filename settings.yaml --filename network.yaml --filename documents.yaml",
            "create --filename - --output name",
            """get job.batch/lending-migrate-abcde --output jsonpath={.status.conditions[?(@.status=="True")].type}""",
            "logs job.batch/lending-migrate-abcde --tail 20",
            "apply --filename -",
            .. old == "" ? [] : Widened(old, colour),
            $"rollout status deployment/lending-{colour} --timeout 600s",
            old == "" ? "apply --filename -" : Turned(colour),
        ]);
        var sent = Sent;
        sent.ShouldContain($"image: {Image}");
        sent.ShouldContain($"name: lending-{colour}");
        sent.ShouldContain($"colour: {colour}");
        sent.ShouldNotContain("COLOUR", Case.Sensitive);
        sent.ShouldNotContain("IMAGE", Case.Sensitive);
    }

    [Fact]
    public async Task A_migration_that_fails_starts_and_turns_nothing()
    {
        (await RunAsync("blue", Image, job: "FailureTarget Failed")).ShouldNotBe(0);

        Calls[^1].ShouldStartWith("logs ");
        Sent.ShouldNotContain("kind: Deployment");
    }

    [Fact]
    public async Task A_version_that_does_not_get_ready_gets_no_requests()
    {
        (await RunAsync("blue", Image, rollout: 1)).ShouldNotBe(0);

        Calls[^1].ShouldStartWith("rollout status deployment/lending-green");
    }

    [Fact]
    public async Task The_way_back_turns_to_the_other_colour_where_it_is_ready_and_migrates_nothing()
    {
        (await RunAsync("green", "--back")).ShouldBe(0);

        Calls.ShouldBe([Serving, .. Widened("green", "blue"), "rollout status deployment/lending-blue --timeout 600s", Turned("blue")]);
    }

    [Fact]
    public async Task The_way_back_is_not_taken_before_its_hosts_are_ready()
    {
        (await RunAsync("green", "--back", rollout: 1)).ShouldNotBe(0);

        Calls[^1].ShouldStartWith("rollout status deployment/lending-blue");
    }

    // Its autoscaler may take one away before the requests come.
    private static string[] Widened(string old, string colour) =>
        [$"get deployment lending-{old} --output jsonpath={{.spec.replicas}}", $"scale deployment/lending-{colour} --replicas {Hosts + 1}"];

    private static string Turned(string colour) =>
        $"patch service lending --type merge --patch {{\"spec\":{{\"selector\":{{\"colour\":\"{colour}\"}}}}}}";

    private string[] Calls => File.ReadAllLines(Path.Combine(notes, "calls"));

    private string Sent => File.ReadAllText(Path.Combine(notes, "sent"));

    private async Task<int> RunAsync(string serving, string image, string job = "SuccessCriteriaMet Complete", int rollout = 0)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("deploy/kubernetes/release.sh"), image])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{notes}:{Environment.GetEnvironmentVariable("PATH")}",
                ["NOTES"] = notes,
                ["SERVING"] = serving,
                ["JOB"] = job,
                ["ROLLOUT"] = $"{rollout}",
                ["HOSTS"] = $"{Hosts}",
                ["PAUSE"] = "0",
            },
        };
        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
