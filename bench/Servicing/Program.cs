using System.CommandLine;
using Lending.Bench.Load;
using Lending.Bench.Servicing;

var loans = new Option<int[]>("--loans")
{
    Description = "How many loans the month ends for, one size after the other.",
    DefaultValueFactory = _ => [10_000, 100_000, 1_000_000],
    AllowMultipleArgumentsPerToken = true,
};
var payments = new Option<int>("--payments")
{
    Description = "How many payments each side posts in a turn.",
    DefaultValueFactory = _ => 2_000,
};
var rounds = new Option<int>("--rounds")
{
    Description = "How often both sides take their turn at payments.",
    DefaultValueFactory = _ => 3,
};
var parts = new Option<string[]>("--parts")
{
    Description = "Which: replay, read, payment, month-end.",
    DefaultValueFactory = _ => ["replay", "read", "payment", "month-end"],
    AllowMultipleArgumentsPerToken = true,
};
var data = new Option<string?>("--data") { Description = "An empty folder for the database. Default: a temporary one." };
var root = new RootCommand(
    "Measures the Servicing module on a PostgreSQL of its own: the end of a month against a bare INSERT … SELECT of as many lines, posting a payment against an "
        + "SQL function, the replay of a long life, and reading an account. Prints which goals are met; exits with 1 for wrong books, not for a missed goal."
)
{
    loans,
    payments,
    rounds,
    parts,
    data,
};
root.SetAction(
    async (parsed, ct) =>
    {
        var chosen = parsed.GetValue(parts)!;
        List<Goal> goals = [];
        if (chosen.Contains("replay"))
        {
            goals.AddRange(Replays.Measure());
        }
        if (chosen is not ["replay"])
        {
            await using var bench = await ServicingBench.StartAsync(parsed.GetValue(data), ct);
            if (chosen.Contains("read"))
            {
                goals.Add(await Reads.MeasureAsync(bench));
            }
            if (chosen.Contains("payment"))
            {
                goals.AddRange(await Payments.MeasureAsync(bench, parsed.GetValue(payments), parsed.GetValue(rounds), ct));
            }
            // Last: it moves the clock.
            if (chosen.Contains("month-end"))
            {
                goals.AddRange(await MonthEnds.MeasureAsync(bench, parsed.GetValue(loans)!, ct));
            }
        }
        Goal.Print(goals);
    }
);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
