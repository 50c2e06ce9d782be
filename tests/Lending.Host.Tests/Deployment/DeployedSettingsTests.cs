using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Host.Tests.Architecture;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Deployment;

/// <summary>What the files of a deployment set, the host knows; what they ask of it, it answers.</summary>
public sealed partial class DeployedSettingsTests(HostFixture host)
{
    private const string Compose = "docker-compose.yml";
    private const string Kubernetes = "deploy/kubernetes/settings.yaml";

    /// <summary>What somebody fills in, by the variable of docker-compose.yml or the name of the setting.</summary>
    private static readonly Dictionary<string, string> Filled = new(StringComparer.Ordinal)
    {
        ["API_PASSWORD"] = "password",
        ["POSTGRES_PASSWORD"] = "password",
        ["JWT_SIGNING_KEY"] = AccessTokenOptions.NewSigningKey(),
        ["ENCRYPTION_KEY"] = TestKeys.First,
        ["SEARCH_KEY"] = TestKeys.Search,
        ["MAIL_HOST"] = "mail",
        ["MAIL_FROM"] = "no-reply@example.org",
        ["ADMIN_EMAIL"] = "administrator@example.org",
        ["ADMIN_PASSWORD"] = World.Password,
        ["Proxies__Known__0"] = "172.30.80.10",
        ["ConnectionStrings__Lending"] = "Host=database;Database=lending;Username=lending_app;Password=password;Maximum Pool Size=30",
        ["ConnectionStrings__LendingOwner"] = "Host=database;Database=lending;Username=lending;Password=password",
        ["Jwt__SigningKeys__first"] = AccessTokenOptions.NewSigningKey(),
        ["Encryption__Keys__first"] = TestKeys.First,
        ["Encryption__SearchKey"] = TestKeys.Search,
        ["Mail__Password"] = "password",
        ["Broker__Url"] = "amqps://lending:password@rabbitmq",
        ["Bootstrap__AdminPassword"] = World.Password,
    };

    [Fact]
    public void The_example_has_every_variable_of_the_compose_file_once_and_no_other()
    {
        var compose = Read(Compose);
        var variables = Variable().Matches(compose).ToLookup(found => found.Groups["name"].Value, found => found.Groups["demand"].Success);
        var fromEnvironment = Inherited().Matches(compose).Select(found => found.Groups["name"].Value).ToList();
        var example = Example().Matches(Read(".env.example")).ToList();

        example
            .Select(line => line.Groups["name"].Value)
            .ShouldBe(variables.Select(variable => variable.Key).Concat(fromEnvironment), ignoreOrder: true);
        example.Count.ShouldBe(25);
        // What has to be filled in is empty, and what may stay as it is stands behind a #.
        foreach (var line in example)
        {
            var isDemanded = variables[line.Groups["name"].Value].Any(demanded => demanded);
            line.Groups["optional"].Success.ShouldBe(!isDemanded, line.Value);
            if (isDemanded)
            {
                line.Groups["value"].Value.ShouldBeEmpty(line.Value);
            }
        }
    }

    [Theory]
    [InlineData(Compose, 25)]
    [InlineData(Kubernetes, 19)]
    public async Task The_host_takes_the_settings_of_a_deployment_and_knows_each_of_them(string file, int count)
    {
        var settings = SettingsOf(file);
        settings.Count.ShouldBe(count);

        (await UnknownAsync(settings)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_setting_that_nothing_reads_is_found()
    {
        var settings = SettingsOf(Compose);
        settings["Mail__Prot"] = "587";
        settings["Proxies__Know__0"] = "10.0.0.7";

        (await UnknownAsync(settings)).ShouldBe(["Mail__Prot", "Proxies__Know__0"], ignoreOrder: true);
    }

    [Fact]
    public async Task Paths_that_a_deployment_asks_for_are_answered()
    {
        var paths = ((string[])["Dockerfile", "deploy/kubernetes/host.yaml", "deploy/compose/haproxy.cfg"])
            .SelectMany(file => Health().Matches(Read(file)))
            .Select(found => found.Value)
            .ToHashSet(StringComparer.Ordinal);

        paths.ShouldBe(["/health/live", "/health/ready"], ignoreOrder: true);
        foreach (var path in paths)
        {
            using var answer = await host.Anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task The_health_check_of_the_image_says_whether_the_host_lives()
    {
        var check = HealthCheck().Match(Read("Dockerfile"));
        var command = JsonSerializer.Deserialize<string[]>(check.Groups["command"].Value)!;
        command[^1].ShouldContain("/127.0.0.1/5080 ");

        (await RunAsync(host.App.Urls.Select(url => new Uri(url).Port).First())).ShouldBe(0);
        (await RunAsync(port: 1)).ShouldNotBe(0);

        async Task<int> RunAsync(int port)
        {
            var arguments = command[1..].Select(argument => argument.Replace("/5080 ", $"/{port} ", StringComparison.Ordinal));
            using var process = Process.Start(
                new ProcessStartInfo(command[0], arguments) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }
    }

    /// <summary>The image's file system may be read-only.</summary>
    [Fact]
    public async Task In_production_the_host_needs_no_folder_to_write_to()
    {
        (string Name, string Value)[] settings =
        [
            .. LendingProcess.Production(await TestDatabase.CreateAsync($"readonly_{Unique.Text()}")),
            ("HOME", "/nonexistent"),
            ("TMPDIR", "/nonexistent"),
            ("DOTNET_EnableDiagnostics", "0"),
        ];
        await using (var migration = LendingProcess.Start(["migrate"], settings))
        {
            (await migration.WaitForExitAsync()).ShouldBe(0, migration.Output);
        }
        await using var lending = LendingProcess.Start([], settings);
        using var client = await lending.NewClientAsync();

        await client.PostAsync("/auth/login", new { username = "administrator", password = World.Password }, HttpStatusCode.OK);
        (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        lending.Output.ShouldNotContain("nonexistent");
    }

    private static async Task<IEnumerable<string>> UnknownAsync(Dictionary<string, string> settings)
    {
        var source = new AskedSettings(settings);
        await using var built = await LendingHost.BuildAsync(
            [],
            builder =>
            {
                // The environment's name in the arguments does not count in debug builds.
                builder.Environment.EnvironmentName = "Production";
                builder.Configuration.Sources.Add(source);
            }
        );
        built.App.Services.GetRequiredService<IStartupValidator>().Validate();
        return source.NeverAsked;
    }

    private static Dictionary<string, string> SettingsOf(string file) =>
        Setting()
            .Matches(Read(file))
            .GroupBy(found => found.Groups["name"].Value, StringComparer.Ordinal)
            .ToDictionary(
                found => found.Key,
                found => found.First().Groups["value"] is { Length: > 0 } value ? Resolved(value.Value) : Filled[found.Key],
                StringComparer.Ordinal
            );

    // As Compose does: what is set, else the default.
    private static string Resolved(string value) =>
        Variable()
            .Replace(value, variable => Filled.GetValueOrDefault(variable.Groups["name"].Value) ?? variable.Groups["default"].Value)
            .Trim('"');

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    // Settings begin like a class, and no key of Compose or Kubernetes does. Those of a Secret stand in a comment.
    [GeneratedRegex(
        @"^( +(?<name>[A-Z][a-z]\w+): *(?<value>\S.*)?|# +(?<name>[A-Z]\w+__\w+) .*)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Setting();

    [GeneratedRegex(
        @"\$\{(?<name>\w+)((?<demand>:\?)[^}]*|:-(?<default>[^}]*))\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s+(?<name>\w+__\w+):\s*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inherited();

    [GeneratedRegex(@"^(?<optional>#)?(?<name>\w+)=(?<value>.*)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    [GeneratedRegex(@"/health/\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Health();

    [GeneratedRegex(@"^HEALTHCHECK .*\\\n\s+CMD (?<command>\[.*\])$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HealthCheck();

    /// <summary>Settings that remember which of them somebody has read.</summary>
    private sealed class AskedSettings(Dictionary<string, string> settings) : ConfigurationProvider, IConfigurationSource
    {
        private readonly HashSet<string> asked = new(StringComparer.OrdinalIgnoreCase);

        public IEnumerable<string> NeverAsked => settings.Keys.Where(name => !asked.Contains(Key(name)));

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() =>
            Data = settings.ToDictionary(setting => Key(setting.Key), setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase);

        public override bool TryGet(string key, out string? value)
        {
            asked.Add(key);
            return base.TryGet(key, out value);
        }

        private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);
    }
}
