using static Lending.Applications.Scoring.Tests.Cases;

namespace Lending.Applications.Scoring.Tests;

/// <summary>The vectors of the affordability formula, and what its parts do.</summary>
public sealed class AffordabilityTests
{
    [Fact]
    public void Person_A_has_1123_70_left()
    {
        var affordability = DecisionEngine.Decide(Policy, A).Affordability;

        affordability.Surplus.ShouldBe(1_123.70m);
        affordability.DebtService.ShouldBe(0.0863m);
        StressOf(affordability).ShouldBe([803.70m, 1_043.70m]);
    }

    [Fact]
    public void Person_C_has_38_81_left()
    {
        var affordability = DecisionEngine.Decide(Policy, C).Affordability;

        affordability.Surplus.ShouldBe(38.81m);
        affordability.DebtService.ShouldBe(0.1958m);
        StressOf(affordability).ShouldBe([-171.19m, -41.19m]);
    }

    [Theory]
    [InlineData(1, 0, 800)]
    [InlineData(2, 0, 1_100)]
    [InlineData(2, 3, 1_700)]
    [InlineData(3, 1, 1_600)]
    public void The_table_knows_what_a_household_costs(int adults, int children, int expected) =>
        Policy.LumpSums.Of(A.Budget with { Adults = adults, Children = children }).ShouldBe(expected);

    [Fact]
    public void The_higher_of_stated_and_lump_sum_counts()
    {
        Decide(799.99m).LivingExpenses.ShouldBe(800);
        Decide(800.01m).LivingExpenses.ShouldBe(800.01m);
        // Under stress the table is 880, which is still less than what was stated.
        StressOf(Decide(900))[1].ShouldBe(Decide(900).Surplus);

        static Affordability Decide(decimal stated) =>
            DecisionEngine.Decide(Policy, A with { Budget = A.Budget with { StatedExpenses = stated } }).Affordability;
    }

    [Fact]
    public void Stressed_income_is_rounded_half_to_even()
    {
        // 90 % of 3,200.05 is 2,880.045.
        var affordability = DecisionEngine.Decide(Policy, A with { Budget = A.Budget with { NetIncome = 3_200.05m } }).Affordability;

        StressOf(affordability)[0].ShouldBe(2_880.04m - 800 - 850 - 150 - 276.30m);
    }

    [Fact]
    public void Without_an_income_there_is_no_ratio_and_the_rule_is_not_passed()
    {
        var decision = DecisionEngine.Decide(Policy, A with { Budget = A.Budget with { NetIncome = 0 } });

        decision.Affordability.DebtService.ShouldBeNull();
        decision.Passes(RuleCode.Dsti).ShouldBeFalse();
    }

    [Theory]
    [InlineData(923.70, true)]
    [InlineData(923.71, false)]
    public void Exactly_200_is_enough(double housingMore, bool passes)
    {
        var budget = A.Budget with { Housing = A.Budget.Housing + (decimal)housingMore };

        DecisionEngine.Decide(Policy, A with { Budget = budget }).Passes(RuleCode.Surplus).ShouldBe(passes);
    }

    [Theory]
    [InlineData(1_280, true)]
    [InlineData(1_280.01, false)]
    public void Exactly_40_percent_is_not_too_much(double instalments, bool passes)
    {
        var budget = A.Budget with { ExistingInstalments = (decimal)instalments - A.Instalment };

        DecisionEngine.Decide(Policy, A with { Budget = budget }).Passes(RuleCode.Dsti).ShouldBe(passes);
    }

    private static decimal[] StressOf(Affordability affordability) => [.. affordability.Stress.Select(stressed => stressed.Surplus)];
}
