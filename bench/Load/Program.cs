using System.CommandLine;
using Lending.Bench.Load;

var root = new RootCommand(
    "Drives the published host and the limit app in turn, on one seeded PostgreSQL, and prints how they compare. "
        + "It ends with what the indexes were used for. Verbs measure the start, and draw how latency grows with the number of offers."
);
var data = new Option<string?>("--data")
{
    Description = "A folder that keeps the seeded database between runs. Default: in memory, seeded anew.",
    Recursive = true,
};
var customers = new Option<int>("--customers") { Description = "How many customers to seed.", DefaultValueFactory = _ => 200_000 };
var offers = new Option<int>("--offers") { Description = "How many offers to seed.", DefaultValueFactory = _ => 1_000_000 };
var noPublish = new Option<bool>("--no-publish") { Description = "Use what was published before.", Recursive = true };
var operations = new Option<string[]>("--operations")
{
    Description = $"Which: {string.Join(", ", Operation.Names)}.",
    DefaultValueFactory = _ => [.. Operation.Names],
    AllowMultipleArgumentsPerToken = true,
};
var seconds = new Option<int>("--seconds") { Description = "How long each turn takes.", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "How often both take their turn.", DefaultValueFactory = _ => 2 };
var connections = new Option<int>("--connections")
{
    Description = "How many connections; the operation 'mix' has 1,000.",
    DefaultValueFactory = _ => 32,
};
root.Add(data);
root.Add(customers);
root.Add(offers);
root.Add(noPublish);
root.Add(operations);
root.Add(seconds);
root.Add(rounds);
root.Add(connections);
root.SetAction(
    (parsed, ct) =>
        InBenchAsync(
            parsed,
            bench =>
                Comparison.RunAsync(
                    bench,
                    parsed.GetValue(operations)!,
                    parsed.GetValue(seconds),
                    parsed.GetValue(rounds),
                    parsed.GetValue(connections),
                    ct
                ),
            ct
        )
);

var start = new Command("start", "How long the published host takes from its start until it is ready, with a current schema.");
start.SetAction((parsed, ct) => InBenchAsync(parsed, bench => StartTime.RunAsync(bench, ct), ct));
start.Add(customers);
start.Add(offers);
root.Add(start);

var sizes = new Option<int[]>("--sizes")
{
    Description = "How many offers; customers are a fifth of that.",
    DefaultValueFactory = _ => [10_000, 100_000, 1_000_000, 10_000_000],
    AllowMultipleArgumentsPerToken = true,
};
var growthOperations = new Option<string[]>("--operations")
{
    Description = $"Which: {string.Join(", ", Operation.Names)}.",
    DefaultValueFactory = _ => ["offer", "customer", "list", "list-deep", "list-filtered", "search", "create"],
    AllowMultipleArgumentsPerToken = true,
};
var growthRounds = new Option<int>("--rounds") { Description = "How often each size takes its turn.", DefaultValueFactory = _ => 5 };
var growthConnections = new Option<int>("--connections")
{
    Description = "How many connections: few, so that latency is measured and not how long requests queue.",
    DefaultValueFactory = _ => 4,
};
var growth = new Command(
    "growth",
    "Measures the host with several numbers of offers, and writes bench/growth/growth.csv and growth.svg. "
        + "All databases are on disk at once; without --data they are deleted afterwards."
)
{
    sizes,
    growthOperations,
    seconds,
    growthRounds,
    growthConnections,
};
growth.SetAction(
    async (parsed, ct) =>
    {
        if (!parsed.GetValue(noPublish))
        {
            await Bench.PublishHostAsync(ct);
        }
        await new Growth(parsed.GetValue(seconds), parsed.GetValue(growthRounds), parsed.GetValue(growthConnections)).RunAsync(
            parsed.GetValue(sizes)!,
            parsed.GetValue(growthOperations)!,
            parsed.GetValue(data),
            ct
        );
    }
);
root.Add(growth);

// After Ctrl+C gigabytes may have to be deleted.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });

async Task InBenchAsync(ParseResult parsed, Func<Bench, Task> work, CancellationToken ct)
{
    await using var bench = await Bench.OpenAsync(
        parsed.GetValue(data),
        parsed.GetValue(customers),
        parsed.GetValue(offers),
        publish: !parsed.GetValue(noPublish),
        ct
    );
    await work(bench);
}
