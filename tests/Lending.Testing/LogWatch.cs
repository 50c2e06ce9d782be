using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Lending.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Lending.Testing;

/// <summary>
/// Knows the secrets and personal values that tests used, keeps what their hosts logged, and looks for the ones in the other when the run ends:
/// whatever is logged and whoever made it log.
/// </summary>
public sealed class LogWatch : ILoggerProvider
{
    /// <summary>What is shorter could stand in a line by chance, as a part of an id, a time or a word: names such as Groß, cities, codes of six digits.</summary>
    public const int ShortestValue = 8;

    // Tests come from here, and hosts say that they listen here.
    private const string ThisMachine = "127.0.0.1";

    // Of tokens, the end is what no other has; and the search grows with the length.
    private const int LongestSearch = 40;

    /// <summary>Members of requests and answers that are secret or personal, and belong to no column of that name.</summary>
    private static readonly string[] OtherMembers =
    [
        "password",
        "passwordConfirm",
        "currentPassword",
        "accessToken",
        "refreshToken",
        "token",
        "linkToken",
        "codeSession",
        "loginToken",
        "challenge",
        "key",
        "uri",
        "codes",
        "clientSecret",
        "fullName",
        "fullAddress",
        "typedName",
    ];

    private readonly Lazy<HashSet<string>> members = new(MembersToLearn);
    private readonly CollectingLog log = new();
    private readonly ConcurrentDictionary<string, byte> values = new(StringComparer.OrdinalIgnoreCase);
    private int requests;

    /// <summary>The one that all hosts and all tests of this process share.</summary>
    public static LogWatch OfThisRun { get; } = new();

    /// <summary>Keeps a line that was logged.</summary>
    public void See(string line) => log.Lines.Enqueue(line);

    /// <summary>From here on, and before, this may stand in no line.</summary>
    public void Learn(string? value)
    {
        // An address has lines of its own, and where one is logged they are written otherwise.
        foreach (var part in (value ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Plain words, which tests send as bad passwords and names, stand in routes and statements, too, and so do states such as ACCEPTED.
            // Ids are what logs tell instead of names.
            if (
                part.Length >= ShortestValue
                && part != ThisMachine
                && !part.All(char.IsAsciiLetterLower)
                && !part.All(char.IsAsciiLetterUpper)
                && !Guid.TryParse(part, out _)
            )
            {
                values.TryAdd(part, 0);
            }
        }
    }

    /// <summary>Learns what a request and its answer hold in members that are secret or personal; names in a refusal are those of fields.</summary>
    public void LearnFrom(string? request, string answer, bool isRefused = false)
    {
        Interlocked.Increment(ref requests);
        LearnFromJson(request);
        LearnFromJson(isRefused ? null : answer);
    }

    /// <summary>The first line with each value that is found, behind the value.</summary>
    public IReadOnlyList<string> Find()
    {
        var sought = values.Keys.Select(value => value.Length > LongestSearch ? value[^LongestSearch..] : value).ToArray();
        var search = SearchValues.Create(sought, StringComparison.OrdinalIgnoreCase);
        return
        [
            .. (
                from line in log.Lines
                where line.AsSpan().ContainsAny(search)
                select (Value: sought.First(value => line.Contains(value, StringComparison.OrdinalIgnoreCase)), Line: line)
            )
                .DistinctBy(found => found.Value)
                .Select(found => $"{found.Value}: {found.Line}"),
        ];
    }

    /// <summary>Fails where a line holds a value, and where too little was seen for that to mean anything.</summary>
    public void ShouldHaveSeenNoSecret()
    {
        // Each request leaves a line at least; and each login and each person has several values.
        log.Lines.Count.ShouldBeGreaterThanOrEqualTo(requests, "hosts write their logs to the watch");
        values.Count.ShouldBeGreaterThanOrEqualTo(requests / 20, "values are learned from requests and answers");
        var found = Find();
        found.Take(20).ShouldBeEmpty($"{found.Count} of {values.Count} secrets and personal values stand in {log.Lines.Count} lines");
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => log;

    /// <inheritdoc />
    public void Dispose() { }

    private void LearnFromJson(string? text)
    {
        if (text is null || !text.StartsWith('{'))
        {
            return;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            LearnFrom(json.RootElement, isToLearn: false);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Tests send broken bodies and broken texts, too.
        }
    }

    private void LearnFrom(JsonElement element, bool isToLearn)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    LearnFrom(member.Value, members.Value.Contains(member.Name));
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    LearnFrom(item, isToLearn);
                }
                break;
            case JsonValueKind.String when isToLearn:
                Learn(element.GetString());
                break;
        }
    }

    // What the columns of the modules are classified as holds for members of the same name.
    private static HashSet<string> MembersToLearn() =>
        AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name is { } name && name.StartsWith("Lending.", StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties())
            .Where(property =>
                property.IsDefined(typeof(PersonalAttribute), inherit: true) || property.IsDefined(typeof(SecretAttribute), inherit: true)
            )
            .Select(property => property.Name)
            .Concat(OtherMembers)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Looks through the logs of the whole run at its end: a fixture of each test assembly that starts hosts.</summary>
public sealed class SecretsInLogs : IAsyncDisposable
{
    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // The host writes its lines together, ten times a second.
        await Task.Delay(300);
        LogWatch.OfThisRun.ShouldHaveSeenNoSecret();
    }
}
