using System.Diagnostics;

namespace Lending.Bench.Load;

/// <summary>What an operation took at one size; the ratio is its median latency against that at the smallest size.</summary>
internal sealed record GrowthPoint(string Operation, int Offers, Turn Turn, double Ratio);

/// <summary>Measures the host on databases of several sizes, which take turns: A B C D A B C D.</summary>
internal sealed class Growth(int seconds, int rounds, int connections, string output)
{
    private const int OffersPerCustomer = 5;

    // Four of them take a sixth of 24 GB; PostgreSQL's manual recommends a quarter.
    private const int SharedBuffersMegabytes = 1024;

    // 3,480 were measured at 100,000 offers; the rest is for the write-ahead log.
    private const long BytesPerOffer = 4_000;

    // Copied rows leave gaps in their pages, and new rows land there first: until these are full, every create changes two more pages that lie
    // anywhere. Of 10,000,000 offers they take 75,000 creates, at more than 1,100 a second.
    private const int OffersFilledUpPerSecond = 150_000;

    private readonly long start = Stopwatch.GetTimestamp();

    public async Task RunAsync(int[] sizes, string[] names, string? data, CancellationToken ct)
    {
        int[] ascending = [.. sizes.Distinct().Order()];
        await Wrk.InstallIfMissingAsync(ct);
        var folder = data is null ? Directory.CreateTempSubdirectory("lending-growth-").FullName : Path.GetFullPath(data);
        try
        {
            CheckSpace(folder, ascending);
            await OpenAndMeasureAsync(folder, ascending, [], names, ct);
        }
        finally
        {
            if (data is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    // One size within the other, so that each is closed whatever becomes of the others.
    private async Task OpenAndMeasureAsync(string folder, int[] sizes, List<Size> open, string[] names, CancellationToken ct)
    {
        if (open.Count == sizes.Length)
        {
            await MeasureAsync(open, names, ct);
            return;
        }
        await using var bench = await OpenAsync(folder, sizes[open.Count], ct);
        await using var host = await bench.StartHostAsync($"host-{bench.Offers}", ct);
        await OpenAndMeasureAsync(folder, sizes, [.. open, new(bench, host)], names, ct);
    }

    private static void CheckSpace(string folder, int[] sizes)
    {
        Directory.CreateDirectory(folder);
        var needed = sizes.Where(size => !Directory.Exists(DataOf(folder, size))).Sum(size => size * BytesPerOffer);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new InvalidOperationException($"{folder} has {free >> 30} GB free, and about {(needed >> 30) + 1} GB are needed.");
        }
    }

    private static string DataOf(string folder, int size) => Path.Combine(folder, FormattableString.Invariant($"offers-{size}"));

    private async Task<Bench> OpenAsync(string folder, int size, CancellationToken ct)
    {
        Say(FormattableString.Invariant($"Opening the database of {size:N0} offers"));
        var bench = await Bench.OpenAsync(
            DataOf(folder, size),
            Math.Max(1, size / OffersPerCustomer),
            size,
            publish: false,
            ct,
            SharedBuffersMegabytes
        );
        var bytes = (await bench.ReadAsync<long>("SELECT pg_database_size(current_database())", ct)).Single();
        Say(FormattableString.Invariant($"It has {bytes / 1e6:N0} MB"));
        return bench;
    }

    private async Task MeasureAsync(List<Size> sizes, string[] names, CancellationToken ct)
    {
        var report = new GrowthReport(
            FormattableString.Invariant(
                $"{System.Environment.ProcessorCount} processors, {connections} connections, {rounds} × {seconds} s each in turn"
            )
        );
        Say(report.Circumstances);
        // What creates add would be read by those that come after them.
        foreach (var name in names.Distinct(StringComparer.Ordinal).OrderBy(name => name == "create"))
        {
            report.Add(await MeasureAsync(name, sizes, ct));
            // A run of an hour that breaks off keeps what it has.
            await report.WriteAsync(output, ct);
        }
        var counts = new List<long>();
        foreach (var size in sizes)
        {
            counts.Add((await size.Bench.ReadAsync<long>("SELECT count(*) FROM loans.offers", ct)).Single());
        }
        Console.WriteLine($"\n{report.ToMarkdown(counts)}");
    }

    private async Task<List<GrowthPoint>> MeasureAsync(string name, List<Size> sizes, CancellationToken ct)
    {
        var requests = new List<IReadOnlyList<Request>>();
        foreach (var (bench, host) in sizes)
        {
            requests.Add((await Operation.MakeAsync(name, bench, ct)).Requests);
            foreach (var request in requests[^1].Take(Answer.Checked))
            {
                await Answer.OfAsync(host, bench.Token, request, ct);
            }
        }
        var turns = sizes.ConvertAll(_ => new List<Turn>());
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < sizes.Count; i++)
            {
                var (bench, host) = sizes[i];
                // The first round warms up the host's code and the caches of the database.
                var fillingUp = name == "create" ? bench.Offers / OffersFilledUpPerSecond : 0;
                var length = round == 0 ? (2 * seconds) + fillingUp : seconds;
                var turn = await Wrk.RunAsync(host, bench.Token, requests[i], connections, length, ct);
                Say(
                    FormattableString.Invariant(
                        $"{name, -14}{bench.Offers, 12:N0}{(round == 0 ? "warm-up" : $"round {round}"), 9}{turn.PerSecond, 9:N0}/s{turn.P50Milliseconds, 8:F2} ms{turn.ProcessorMicroseconds, 6:F0} us{turn.Errors, 6} errors"
                    )
                );
                if (round > 0)
                {
                    turns[i]
                        .Add(
                            turn.P50Milliseconds > 0
                                ? turn
                                : throw new InvalidOperationException($"{name} got no answer within {seconds} s; take longer --seconds.")
                        );
                }
            }
        }
        var found = turns.ConvertAll(Summarize);
        return
        [
            .. found.Select(
                (turn, i) => new GrowthPoint(name, sizes[i].Bench.Offers, turn, turn.P50Milliseconds / found[0].P50Milliseconds)
            ),
        ];
    }

    private static Turn Summarize(List<Turn> turns) =>
        new(
            turns.Max(turn => turn.PerSecond),
            Median(turns, turn => turn.P50Milliseconds),
            Median(turns, turn => turn.P99Milliseconds),
            turns.Sum(turn => turn.Errors),
            Median(turns, turn => turn.ProcessorMicroseconds),
            Median(turns, turn => turn.PostgresMicroseconds),
            Median(turns, turn => turn.AnswerBytes)
        );

    private static double Median(List<Turn> turns, Func<Turn, double> number)
    {
        var sorted = turns.Select(number).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private void Say(string text) =>
        Console.WriteLine(FormattableString.Invariant($"[{Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss}] {text}"));

    private sealed record Size(Bench Bench, Server Host);
}
