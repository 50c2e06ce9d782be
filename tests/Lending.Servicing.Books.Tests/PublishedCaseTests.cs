using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lending.Servicing.Books.Tests;

/// <summary>
/// Every case of published-cases.json goes through the simulation, which is the code that posts. Each names its source; figures only were taken from there.
/// </summary>
public sealed class PublishedCaseTests
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonNode[] _cases =
    [
        .. JsonNode
            .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "published-cases.json")))!
            .AsArray()
            .Select(node => node!),
    ];

    public static TheoryData<string> Ids => [.. _cases.Select(node => node["id"]!.GetValue<string>())];

    [Fact]
    public void There_are_cases_of_every_chapter()
    {
        var ids = _cases.Select(node => node["id"]!.GetValue<string>()).ToList();
        ids.Count.ShouldBeGreaterThan(70);
        ids.Distinct().Count().ShouldBe(ids.Count);
        "ABCDEGJ".ShouldAllBe(chapter => ids.Any(id => id[0] == chapter));
        _cases.ShouldAllBe(node => node["source"]!.GetValue<string>().Length > 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Published_case_comes_out(string id)
    {
        var test = _cases.First(node => node["id"]!.GetValue<string>() == id);
        foreach (var expect in test["expect"]!.AsArray())
        {
            var loan = test["loan"]!.Deserialize<SimulatedLoan>(_json)! with
            {
                Events = test["events"].Deserialize<List<EventDocument>>(_json)!,
                PayoffOn = test["payoffOn"]?.Deserialize<List<DateOnly>>(_json) ?? [],
                AsOf = expect!["asOf"].Deserialize<DateOnly>(_json),
            };
            var simulated = LoanSimulation.Run(loan);
            Ledger.TrialBalance(simulated.State.Entries).ShouldBe(0);
            var result = JsonSerializer.SerializeToNode(simulated, _json)!;
            foreach (var (path, value) in expect["that"]!.AsObject())
            {
                Text(Find(result, loan, path)).ShouldBe(Text(value), $"{id}, {loan.AsOf}: {path}");
            }
        }
    }

    [Fact]
    public void The_comparison_sees_a_wrong_figure()
    {
        var result = JsonNode.Parse("""{"a": [{"b": 1.20}, {"b": 2}]}""")!;

        Text(Find(result, new SimulatedLoan(), "a[*].b")).ShouldBe(Text(JsonNode.Parse("[1.2, 2.00]")));
        Text(Find(result, new SimulatedLoan(), "a[-1].b")).ShouldNotBe("1.2");
        Text(Find(result, new SimulatedLoan(), "a[9].b")).ShouldBe("null");
        Text(Find(result, new SimulatedLoan(), "sum:a[*].b")).ShouldBe("3.2");
    }

    private static JsonNode? Find(JsonNode result, SimulatedLoan loan, string path)
    {
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return Walk(result, path);
        }

        var rest = path[(colon + 1)..];
        switch (path[..colon])
        {
            case "sum":
                return Walk(result, rest)!.AsArray().Sum(node => node!.GetValue<decimal>());
            case "count":
                return (decimal)Walk(result, rest)!.AsArray().Count;
            // Published without cents.
            case "whole":
                return decimal.Round(Find(result, loan, rest)!.GetValue<decimal>());
            case "entry":
                var (entryOf, account) = Split(rest);
                return result["state"]!["entries"]!
                    .AsArray()
                    .Where(entry => entry!["key"]!.GetValue<string>() == $"event:{IdOf(loan, entryOf)}")
                    .SelectMany(entry => entry!["lines"]!.AsArray())
                    .Where(line => line!["account"]!.GetValue<string>() == account)
                    .Sum(line => line!["amount"]!.GetValue<decimal>());
            case "allocation":
                var (paidBy, kind) = Split(rest);
                var allocation = result["state"]!["allocations"]!
                    .AsArray()
                    .First(node => node!["eventId"]!.GetValue<Guid>() == IdOf(loan, paidBy))!;
                return kind == "credit" ? allocation["toCredit"] : allocation["byKind"]![kind];
            default:
                throw new FormatException(path);
        }
    }

    private static (string Name, string Tail) Split(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return (text[..dot], text[(dot + 1)..]);
    }

    private static Guid IdOf(SimulatedLoan loan, string name) =>
        LoanSimulation.EventsOf(loan)[loan.Events.ToList().FindIndex(happened => happened.Id == name)].Id;

    private static JsonNode? Walk(JsonNode? node, string path)
    {
        var steps = path.Split('.');
        for (var index = 0; index < steps.Length && node is not null; index++)
        {
            var bracket = steps[index].IndexOf('[', StringComparison.Ordinal);
            node = node[bracket < 0 ? steps[index] : steps[index][..bracket]];
            if (bracket < 0 || node is null)
            {
                continue;
            }

            var place = steps[index][(bracket + 1)..^1];
            var items = node.AsArray();
            if (place == "*")
            {
                var rest = string.Join('.', steps[(index + 1)..]);
                return new JsonArray([.. items.Select(item => Walk(item, rest)?.DeepClone())]);
            }

            var at = int.Parse(place, System.Globalization.CultureInfo.InvariantCulture);
            at = at < 0 ? items.Count + at : at;
            node = at >= 0 && at < items.Count ? items[at] : null;
        }

        return node;
    }

    // Numbers without trailing zeros, so that 1.20 is 1.2.
    private static string Text(JsonNode? node) =>
        node switch
        {
            null => "null",
            JsonArray array => "[" + string.Join(", ", array.Select(Text)) + "]",
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => (
                value.GetValue<decimal>() / 1.0000000000000000000000000000m
            ).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => node.ToString(),
        };
}
