using FsCheck;
using FsCheck.Fluent;

namespace Lending.Applications.Scoring.Tests;

/// <summary>Which policies can be decided by.</summary>
public sealed class CreditPolicyRulesTests
{
    public static TheoryData<string, CreditPolicy> Wrong =>
        new()
        {
            { "version", Cases.Policy with { Version = "" } },
            { "currency", Cases.Policy with { Currency = "ABC" } },
            { "minimumSurplus", Cases.Policy with { MinimumSurplus = -0.01m } },
            { "maximumDebtService", Cases.Policy with { MaximumDebtService = 1.01m } },
            { "reviewFromPoints", Cases.Policy with { ReviewFromPoints = 561 } },
            { "lumpSums.child", Cases.Policy with { LumpSums = Cases.Policy.LumpSums with { Child = -1 } } },
            { "lumpSumsByCountry", Cases.Policy with { LumpSumsByCountry = Tables("de") } },
            { "lumpSumsByCountry", Cases.Policy with { LumpSumsByCountry = new Dictionary<string, LumpSums>(StringComparer.Ordinal) } },
            { "lumpSumsByCountry.AT.car", Cases.Policy with { LumpSumsByCountry = Tables("AT", car: -1) } },
            { "growthPercentWithoutReassessment", Cases.Policy with { GrowthPercentWithoutReassessment = 25.01m } },
            { "growthPercentWithoutReassessment", Cases.Policy with { GrowthPercentWithoutReassessment = -1 } },
            { "scorecard.intercept", WithCard(card => card with { Intercept = 1_001 }) },
            { "scorecard.scale", WithCard(card => card with { Scale = card.Scale with { PointsToDouble = 0 } }) },
            { "scorecard.characteristics", WithCard(card => card with { Characteristics = [.. card.Characteristics.Skip(1)] }) },
            {
                "scorecard.characteristics",
                WithCard(card => card with { Characteristics = [.. card.Characteristics, card.Characteristics[0]] })
            },
            // Nobody in the last one.
            { "scorecard.characteristics[0].bins", WithBins(0, [new(60) { AtMost = 1 }]) },
            { "scorecard.characteristics[0].bins", WithBins(0, []) },
            // The worse one first.
            { "scorecard.characteristics[0].bins", WithBins(0, [new(10) { AtMost = 1 }, new(20) { AtMost = 2 }, new(0)]) },
            { "scorecard.characteristics[0].bins", WithBins(0, [new(20) { AtMost = 2 }, new(10) { AtMost = 1 }, new(0)]) },
            // Not to be known is worse than the worst, or better than the best.
            { "scorecard.characteristics[0].bins", WithBins(0, [new(20) { AtMost = 2 }, new(-1) { IsForMissing = true }, new(0)]) },
            { "scorecard.characteristics[0].bins", WithBins(0, [new(20) { AtMost = 2 }, new(21) { IsForMissing = true }, new(0)]) },
            { "scorecard.characteristics[0].bins", WithBins(0, [new(20) { AtMost = 1_000_001 }, new(0)]) },
            // A large class would be good.
            { "scorecard.characteristics[0].bins", WithBins(0, [new(20) { AtLeast = 2 }, new(0)]) },
            { "scorecard.characteristics[2].bins", WithBins(2, [new(20) { AtMost = 2 }, new(0)]) },
            { "scorecard.characteristics[3].bins", WithBins(3, [new(20) { AtLeast = 2 }, new(0)]) },
            { "scorecard.characteristics[3].bins", WithBins(3, [new(20) { Kinds = [] }, new(0)]) },
        };

    private static Dictionary<string, LumpSums> Tables(string country, decimal car = 150) =>
        new(StringComparer.Ordinal) { [country] = Cases.Policy.LumpSums with { Car = car } };

    [Fact]
    public void The_standard_policy_is_one() => CreditPolicyRules.FaultsOf(Cases.Policy).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_named(string path, CreditPolicy policy) =>
        CreditPolicyRules.FaultsOf(policy).Select(fault => fault.Path).ShouldBe([path]);

    [Fact]
    public void With_any_policy_that_has_no_fault_everybody_is_decided_on_and_what_is_said_to_pass_does()
    {
        var policies =
            from points in Gen.Choose(0, 60).ListOf(18)
            from limits in Gen.Choose(1, 400).ListOf(18)
            from intercept in Gen.Choose(-100, 600)
            from review in Gen.Choose(300, 600)
            from gap in Gen.Choose(0, 60)
            from surplus in Gen.Choose(0, 400)
            select Cases.Policy with
            {
                Version = "random",
                MinimumSurplus = surplus,
                ReviewFromPoints = review,
                ApproveFromPoints = review + gap,
                Scorecard = Cases.Policy.Scorecard with
                {
                    Intercept = intercept,
                    Characteristics =
                    [
                        .. CreditPolicyRules.Characteristics.Select(
                            (code, index) =>
                                new Characteristic(
                                    code,
                                    BinsOf(code, points[(3 * index)..(3 * index + 3)], limits[(3 * index)..(3 * index + 3)])
                                )
                        ),
                    ],
                },
            };
        var cases = from policy in policies from inputs in Cases.Inputs select (policy, inputs);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                Arb.From(cases),
                drawn =>
                {
                    CreditPolicyRules.FaultsOf(drawn.policy).ShouldBeEmpty();
                    var decision = StoredDecision.Of(drawn.policy, drawn.inputs);
                    decision.IsReproduced().ShouldBeTrue();
                    foreach (var reason in decision.Result.Reasons.Where(reason => reason.Counterfactual is not null))
                    {
                        var changed = reason.Counterfactual!.Changes.Aggregate(drawn.inputs, (present, change) => change.ApplyTo(present));
                        DecisionEngine.Evaluate(drawn.policy, changed).Passes(reason.Rule).ShouldBeTrue();
                    }
                }
            )
        );
    }

    private static IReadOnlyList<Bin> BinsOf(string code, IEnumerable<int> points, IEnumerable<int> limits)
    {
        var (falling, rising) = (points.OrderDescending().ToList(), limits.Distinct().Order().ToList());
        Bin[] named = code switch
        {
            CharacteristicCode.Employment =>
            [
                new(falling[0]) { Kinds = [Employment.Permanent], AtLeast = rising[0] },
                new(falling[1]) { Kinds = [Employment.Pension] },
            ],
            CharacteristicCode.Reserve or CharacteristicCode.OwnShare =>
            [
                .. rising.Take(2).OrderDescending().Select((limit, index) => new Bin(falling[index]) { AtLeast = limit / 10m }),
            ],
            CharacteristicCode.DebtService =>
            [
                .. rising.Take(2).Select((limit, index) => new Bin(falling[index]) { AtMost = limit / 400m }),
            ],
            _ => [.. rising.Take(2).Select((limit, index) => new Bin(falling[index]) { AtMost = limit % 5 + 10 * index })],
        };
        return [.. named, new(falling[2])];
    }

    private static CreditPolicy WithCard(Func<Scorecard, Scorecard> change) =>
        Cases.Policy with
        {
            Scorecard = change(Cases.Policy.Scorecard),
        };

    private static CreditPolicy WithBins(int index, IReadOnlyList<Bin> bins) =>
        WithCard(card =>
            card with
            {
                Characteristics = [.. card.Characteristics.Select((part, place) => place == index ? part with { Bins = bins } : part)],
            }
        );
}
