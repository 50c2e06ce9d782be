using System.CommandLine;
using Lending.Bench.Load;

var root = new RootCommand(
    "Drives the published host and the limit app in turn, on one seeded PostgreSQL, and prints how they compare, what the indexes were used for, "
        + "and which goals are met. Exits with 1 where there were errors or a wrong answer, not for a missed goal: machines are noisy. "
        + "Verbs measure the start and the seeding, draw how latency grows with the number of offers, send more than the host can carry, and for long, and kill the primary."
);
var data = new Option<string?>("--data")
{
    Description = "A folder that keeps the seeded database between runs. Default: in memory, seeded anew.",
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
var settings = new Option<string[]>("--against")
{
    Description =
        "Settings (NAME=VALUE) of a second host that takes the limit app's place, or the folder of a published one: tells what a setting or a change costs.",
    DefaultValueFactory = _ => [],
    AllowMultipleArgumentsPerToken = true,
};
root.Add(settings);
root.Add(data);
root.Add(customers);
root.Add(offers);
root.Add(noPublish);
root.Add(operations);
root.Add(seconds);
root.Add(rounds);
root.Add(connections);
root.SetAction(
    async (parsed, ct) =>
    {
        await using var bench = await OpenAsync(parsed, ct);
        var isRight = await Comparison.RunAsync(
            bench,
            parsed.GetValue(operations)!,
            parsed.GetValue(seconds),
            parsed.GetValue(rounds),
            parsed.GetValue(connections),
            parsed.GetValue(settings)!,
            ct
        );
        return isRight ? 0 : 1;
    }
);

var start = new Command(
    "start",
    "How long the published host takes from its start until it is ready, with a current schema, against the limit app."
);
start.SetAction(
    async (parsed, ct) =>
    {
        await using var bench = await OpenAsync(parsed, ct);
        await StartTime.RunAsync(bench, ct);
    }
);
start.Add(data);
start.Add(customers);
start.Add(offers);
root.Add(start);

var loanAccounts = new Option<int>("--loan-accounts")
{
    Description = "How many of the paid-out offers have loan accounts, at about 140 rows each. None, where the goals are looked at.",
};
var seed = new Command(
    "seed",
    "How long the published host takes to fill a fresh database with three organisations, and how much memory, "
        + "PostgreSQL's processes included. The database is on disk, in the temporary folder, and deleted afterwards."
)
{
    customers,
    offers,
    loanAccounts,
};
seed.SetAction(
    async (parsed, ct) =>
    {
        await PublishHostAsync(parsed, ct);
        var command = FormattableString.Invariant(
            $"--organizations 3 --installers 20 --customers {parsed.GetValue(customers)} --offers {parsed.GetValue(offers)} --loan-accounts {parsed.GetValue(loanAccounts)} --seed 42 --locale de"
        );
        await SeedCost.RunAsync(command.Split(' '), ct);
    }
);
root.Add(seed);

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
var output = new Option<string>("--output")
{
    Description = "The folder for growth.csv and growth.svg.",
    DefaultValueFactory = _ => Path.Combine(Bench.Artifacts, "growth"),
};
var growth = new Command(
    "growth",
    "Measures the host with several numbers of offers, and writes growth.csv and growth.svg. "
        + "All databases are on disk at once; without --data they are deleted afterwards."
)
{
    sizes,
    growthOperations,
    seconds,
    growthRounds,
    growthConnections,
    data,
    output,
};
growth.SetAction(
    async (parsed, ct) =>
    {
        await PublishHostAsync(parsed, ct);
        await new Growth(
            parsed.GetValue(seconds),
            parsed.GetValue(growthRounds),
            parsed.GetValue(growthConnections),
            parsed.GetValue(output)!
        ).RunAsync(parsed.GetValue(sizes)!, parsed.GetValue(growthOperations)!, parsed.GetValue(data), ct);
    }
);
root.Add(growth);

var crowd = new Option<int>("--connections")
{
    Description = "How many connections send four times what the host can carry.",
    DefaultValueFactory = _ => 8_000,
};
var overload = new Command(
    "overload",
    "Sends four times what the host can carry, and tells what it still does. Exits with 1 where anything but success and 503 was answered."
)
{
    data,
    customers,
    offers,
    seconds,
    crowd,
};
overload.SetAction(
    async (parsed, ct) =>
    {
        await using var bench = await OpenAsync(parsed, ct);
        return await Overload.RunAsync(bench, parsed.GetValue(crowd), parsed.GetValue(seconds), ct) ? 0 : 1;
    }
);
root.Add(overload);

var minutes = new Option<double>("--minutes") { Description = "How long it works.", DefaultValueFactory = _ => 30 };
var soak = new Command(
    "soak",
    "Lets the host work for long, and looks whether it holds more and more. Exits with 1 where there were errors."
)
{
    data,
    customers,
    offers,
    minutes,
};
soak.SetAction(
    async (parsed, ct) =>
    {
        await using var bench = await OpenAsync(parsed, ct);
        return await Soak.RunAsync(bench, parsed.GetValue(minutes), ct) ? 0 : 1;
    }
);
root.Add(soak);

var failover = new Command(
    "failover",
    "Kills the primary of a cluster on this machine while people write (ops/cluster), and tells when the first write was acknowledged again, how many were "
        + "acknowledged, and how many are there. Exits with 1 where one was lost, or anything but 201 and 503 was answered."
);
failover.SetAction(
    async (parsed, ct) =>
    {
        await PublishHostAsync(parsed, ct);
        return await Failover.RunAsync(ct) ? 0 : 1;
    }
);
root.Add(failover);

// After Ctrl+C gigabytes may have to be deleted.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });

Task<Bench> OpenAsync(ParseResult parsed, CancellationToken ct) =>
    Bench.OpenAsync(parsed.GetValue(data), parsed.GetValue(customers), parsed.GetValue(offers), publish: !parsed.GetValue(noPublish), ct);

Task PublishHostAsync(ParseResult parsed, CancellationToken ct) =>
    parsed.GetValue(noPublish) ? Task.CompletedTask : Bench.PublishHostAsync(ct);
