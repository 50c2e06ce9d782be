using System.Collections.Concurrent;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;
using Npgsql;

namespace Lending.Host.Tests.Isolation;

/// <summary>
/// Whatever two organisations do, in any order, no answer, header, file, log line, mail, event or row of one holds an id or a value of the other.
/// </summary>
public sealed class TwoOrganizationsTests : IAsyncLifetime
{
    private const int Walks = 12;
    private const int Calls = 80;

    private readonly string folder = Directory.CreateTempSubdirectory("mails-").FullName;
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private HostFixture host = null!;
    private int refused;
    private int lines;
    private int mails;
    private int events;

    public ValueTask InitializeAsync()
    {
        host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Mail:Folder"] = folder, ["Mail:PollSeconds"] = "1" },
        };
        return host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nothing_of_one_reaches_the_other()
    {
        var step =
            from isOfSecond in Gen.Elements(true, false)
            from act in Gen.Choose(0, Walk.Acts.Length - 1)
            from person in Gen.Choose(0, 1000)
            from pick in Gen.Choose(0, 1_000_000)
            select new Step(isOfSecond, act, person, pick);
        var ownWork = Walk.Acts.Distinct().Where(IsOwnWork).Order(StringComparer.Ordinal).ToList();
        // Walks that got nowhere would show nothing, and chance may leave one act out.
        for (var round = 0; round < 4 && !answered.IsSupersetOf(ownWork); round++)
        {
            // FsCheck waits for each walk, which must not be done on a thread that the walk needs.
            await Task.Run(() =>
                Check.One(
                    Config.QuickThrowOnFailure.WithMaxTest(Walks),
                    Prop.ForAll(
                        Arb.From(step.ArrayOf(Calls), Shorter),
                        steps => LeaksOfAsync(steps).GetAwaiter().GetResult().ShouldBeEmpty()
                    )
                )
            );
        }

        answered.Order(StringComparer.Ordinal).ShouldBe(ownWork);
        refused.ShouldBeGreaterThan(Walks * 10);
        lines.ShouldBeGreaterThan(Walks * Calls / 2);
        mails.ShouldBeGreaterThan(Walks * 4);
        events.ShouldBeGreaterThan(Walks * 4);
    }

    [Fact]
    public async Task What_leaks_is_found()
    {
        var (first, second) = (await NewSideAsync("kestrel", 0.41m), await NewSideAsync("plover", 0.83m));
        var walk = new Walk(first, second);
        // Whoever manages the platform sees both.
        first.People["administrator"] = host.Administrator;
        await walk.SendAsync("leak", first, "administrator", "GET", $"/users?organizationId={second.OrganizationId}");
        await walk.SendAsync("leak", first, "administrator", "GET", $"/users/{second.Any("users", 0)}");

        var leaks = await FindLeaksAsync(walk, first, second);

        leaks.Count.ShouldBe(2);
        leaks.ShouldAllBe(leak => leak.StartsWith("leak", StringComparison.Ordinal));
        var (values, id) = (second.Values[^1], second.OrganizationId);
        var belongings = new Belongings([id], second.Values);
        belongings.FoundIn($"Location: /api/v1/organizations/{id}").ShouldBe([id.ToString()]);
        belongings.FoundIn($"{{\"id\":\"{id.ToString("N").ToUpperInvariant()}\"}}").ShouldBe([id.ToString("N")]);
        belongings.FoundIn($"Dear {values},").ShouldBe([values]);
        belongings.FoundIn($"no customer {id}", sent: $"GET /customers/{id}").ShouldBeEmpty("it was sent");
        belongings.FoundIn($"{values} {id}", sent: $"GET /customers/{id}").ShouldBe([values], "nothing else was");
    }

    private static bool IsOwnWork(string act) => !act.Contains("other's", StringComparison.Ordinal);

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var length = steps.Length / 2; length > 0; length /= 2)
        {
            for (var from = 0; from < steps.Length; from += length)
            {
                yield return [.. steps.Take(from), .. steps.Skip(from + length)];
            }
        }
    }

    private Task<Side> NewSideAsync(string word, decimal cents) => Side.AssembleAsync(host, word, cents);

    private async Task<List<string>> LeaksOfAsync(Step[] steps)
    {
        var (first, second) = (await NewSideAsync("kestrel", 0.41m), await NewSideAsync("plover", 0.83m));
        var walk = new Walk(first, second);
        foreach (var step in steps)
        {
            await walk.GoAsync(step);
        }
        foreach (var exchange in walk.Exchanges.Values)
        {
            if ((int)exchange.Status < 300 && IsOwnWork(exchange.Act))
            {
                answered.Add(exchange.Act);
            }
            refused += (int)exchange.Status >= 400 ? 1 : 0;
        }
        return await FindLeaksAsync(walk, first, second);
    }

    private async Task<List<string>> FindLeaksAsync(Walk walk, Side first, Side second)
    {
        var rows = new Dictionary<Side, List<string>> { [first] = await RowsAsync(first), [second] = await RowsAsync(second) };
        events += rows.Values.Sum(all => all.Count(row => row.Contains("loans.outbox_messages", StringComparison.Ordinal)));
        var belongings = rows.ToDictionary(of => of.Key, of => new Belongings(of.Key.Ids.Concat(IdsOf(of.Value)), of.Key.Values));
        belongings.Values.ShouldAllBe(all => all.Count > 20);
        Belongings OfOther(Side side) => belongings[side == first ? second : first];
        return
        [
            .. from exchange in walk.Exchanges.Values
            from value in OfOther(exchange.By).FoundIn(exchange.Received, exchange.Sent)
            group value by exchange into found
            select $"{found.Key.Act}: {found.Key.Sent} got {string.Join(", ", found)} in {found.Key.Received}",
            .. await LeaksOfLogAsync(walk, OfOther, [.. belongings.Values]),
            .. await LeaksOfMailsAsync(first, OfOther(first)),
            .. await LeaksOfMailsAsync(second, OfOther(second)),
            .. from side in rows from row in side.Value from value in OfOther(side.Key).FoundIn(row) select $"{value} in the row {row}",
        ];
    }

    private async Task<List<string>> LeaksOfLogAsync(Walk walk, Func<Side, Belongings> ofOther, Belongings[] both)
    {
        // Each request has a line, and lines are written together, ten times a second.
        var logged = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        var leaks = new List<string>();
        for (var look = 0; look < 1_200 && !walk.Exchanges.Keys.All(logged.ContainsKey); look++)
        {
            await Task.Delay(100);
            while (host.Log.Lines.TryDequeue(out var line))
            {
                var trace = JsonElement.Parse(line).TryGetProperty("TraceId", out var id) ? id.GetString()! : "";
                if (walk.Exchanges.TryGetValue(trace, out var exchange))
                {
                    logged.TryAdd(trace, 0);
                    lines++;
                    leaks.AddRange(ofOther(exchange.By).FoundIn(line, exchange.Sent).Select(value => $"{value} in the line {line}"));
                }
                // A line of nobody's request, as of a job, is about one of them at most.
                else if (both.All(belongings => belongings.FoundIn(line).Any()))
                {
                    leaks.Add($"both in the line {line}");
                }
            }
        }
        walk.Exchanges.Keys.ShouldAllBe(trace => logged.ContainsKey(trace));
        return leaks;
    }

    private async Task<List<string>> LeaksOfMailsAsync(Side side, Belongings ofOther)
    {
        var leaks = new List<string>();
        foreach (var id in await MailsAsync(side))
        {
            var file = Path.Combine(folder, $"{id}.eml");
            var mail = await MimeMessage.LoadAsync(file);
            mails++;
            var text =
                $"{await File.ReadAllTextAsync(file)}\n{mail.Headers.Select(header => header.Value).Aggregate(string.Concat)}\n{mail.TextBody}\n{mail.HtmlBody}";
            leaks.AddRange(ofOther.FoundIn(text).Select(value => $"{value} in the mail {text}"));
        }
        return leaks;
    }

    /// <summary>The mails of a side, as soon as all are sent.</summary>
    private async Task<List<string>> MailsAsync(Side side)
    {
        for (var look = 0; look < 300; look++)
        {
            var waiting = await ReadAsync(
                $"SELECT id::text FROM notifications.notifications WHERE status IN ('QUEUED', 'SENDING') AND organization_id = '{side.OrganizationId}'"
            );
            if (waiting.Count == 0)
            {
                return await ReadAsync(
                    $"SELECT id::text FROM notifications.notifications WHERE status = 'SENT' AND organization_id = '{side.OrganizationId}'"
                );
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("Mails were not sent.");
    }

    /// <summary>The ids of rows, also of those that no answer has told.</summary>
    private static IEnumerable<Guid> IdsOf(IEnumerable<string> rows) =>
        from row in rows
        let json = JsonElement.Parse(row)
        where json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && Guid.TryParse(id.GetString(), out _)
        select json.GetProperty("id").GetGuid();

    /// <summary>All rows of a side in all modules, events that wait for other modules included.</summary>
    private async Task<List<string>> RowsAsync(Side side)
    {
        var tables = await ReadAsync(
            """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attname = 'organization_id'
            WHERE relkind IN ('r', 'p') AND NOT relispartition AND NOT attisdropped
            """
        );
        tables.Count.ShouldBeGreaterThan(20);
        return await ReadAsync(
            string.Join(
                " UNION ALL ",
                tables.Select(table =>
                    $"SELECT (to_jsonb(r) || '{{\"table\":\"{table}\"}}')::text FROM {table} r WHERE organization_id = '{side.OrganizationId}'"
                )
            )
        );
    }

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }
        return found;
    }
}
