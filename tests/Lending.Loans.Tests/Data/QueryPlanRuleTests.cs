using System.Text.Json;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>The rule that the tests of plans hold plans against.</summary>
public sealed class QueryPlanRuleTests
{
    [Theory]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", "reads all of offers")]
    [InlineData("""{ "Node Type": "Parallel Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", "reads all of offers")]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "settings", "Plan Rows": 9 }""", null)]
    [InlineData(
        """{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Result", "Plan Rows": 5000 }] }""",
        "sorts 5000 rows"
    )]
    [InlineData(
        """{ "Node Type": "Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 9, "Actual Rows": 3, "Actual Loops": 500 }] }""",
        "sorts 1500 rows"
    )]
    [InlineData("""{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Index Scan", "Plan Rows": 90 }] }""", null)]
    [InlineData("""{ "Node Type": "Incremental Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 5000 }] }""", "sorts 5000 rows")]
    [InlineData(
        """{ "Node Type": "Incremental Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 5000, "Actual Rows": 102, "Actual Loops": 1 }] }""",
        null
    )]
    [InlineData("""{ "Node Type": "Index Scan", "Relation Name": "offers", "Plan Rows": 50000 }""", "walks over 50000 rows of offers")]
    [InlineData(
        """{ "Node Type": "Index Scan", "Relation Name": "offers", "Actual Rows": 1, "Actual Loops": 2, "Rows Removed by Filter": 4000 }""",
        "walks over 8002 rows of offers"
    )]
    [InlineData(
        """{ "Node Type": "Index Scan", "Relation Name": "offers", "Actual Rows": 101, "Actual Loops": 1, "Plan Rows": 50000 }""",
        null
    )]
    [InlineData(
        """{ "Node Type": "Limit", "Plan Rows": 1, "Plans": [{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }] }""",
        "reads all of offers"
    )]
    public void The_rule_finds_what_it_is_for(string plan, string? fault) =>
        QueryPlans.FindFault(JsonElement.Parse(plan), PlanTables.Names).ShouldBe(fault);
}
