using FsCheck;
using FsCheck.Fluent;
using Lending.Applications.Risk;

namespace Lending.Applications.Tests.Risk;

/// <summary>How signals become a score.</summary>
public sealed class RiskModelTests
{
    private static readonly RiskModel Model = RiskModel.Standard;

    private static readonly Gen<Dictionary<RiskSignal, decimal>> Observed =
        from signals in Gen.SubListOf(Enum.GetValues<RiskSignal>())
        from values in Gen.ArrayOf(Gen.Choose(0, 2_000), signals.Count)
        from isShare in Gen.Elements(true, false)
        select signals.Zip(values).ToDictionary(pair => pair.First, pair => isShare ? pair.Second / 2_000m : pair.Second);

    [Theory]
    [InlineData(new[] { 0.35, 0.25 }, 0.5125)]
    [InlineData(new[] { 0.6, 0.5, 0.3 }, 0.86)]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1 }, 0.4095)]
    [InlineData(new double[0], 0)]
    [InlineData(new[] { 1.0, 0.2 }, 1)]
    public void Parts_add_up_and_never_exceed_one(double[] parts, double score) =>
        RiskModel.Combine(parts.Select(part => (decimal)part)).ShouldBe((decimal)score);

    [Theory]
    [InlineData(0, "Continue")]
    [InlineData(0.2999, "Continue")]
    [InlineData(0.3, "Code")]
    [InlineData(0.6999, "Code")]
    [InlineData(0.7, "Review")]
    [InlineData(1, "Review")]
    public void Below_0_3_nothing_below_0_7_a_code_above_a_person(double score, string level) =>
        Model.LevelOf((decimal)score).ToString().ShouldBe(level);

    [Fact]
    public void Each_signal_is_weighed_once_and_no_number_leaves_0_to_1()
    {
        Model.Methods.Select(method => method.Method).ShouldBe(Enum.GetValues<RiskMethod>());
        Model.Methods.SelectMany(method => method.Signals).Select(rule => rule.Signal).Order().ShouldBe(Enum.GetValues<RiskSignal>());
        Model.Methods.ShouldAllBe(method => method.Weight > 0 && method.Weight <= 1);
        var steps = Model.Methods.SelectMany(method => method.Signals).SelectMany(rule => rule.Steps).ToList();
        steps.ShouldAllBe(step => step.From > 0 && step.Score > 0 && step.Score <= 1);
    }

    [Fact]
    public void A_score_is_between_0_and_1_whatever_was_observed_and_0_for_nothing()
    {
        ForAll(signals => Model.Score(signals).Score.ShouldBeInRange(0, 1));

        Model.Score(new Dictionary<RiskSignal, decimal>()).Score.ShouldBe(0);
    }

    [Fact]
    public void More_of_a_signal_is_never_less_risk() =>
        ForAll(signals =>
        {
            var score = Model.Score(signals).Score;
            foreach (var signal in Enum.GetValues<RiskSignal>())
            {
                var more = new Dictionary<RiskSignal, decimal>(signals) { [signal] = signals.GetValueOrDefault(signal) * 2 + 1 };
                Model.Score(more).Score.ShouldBeGreaterThanOrEqualTo(score, $"{signal}");
            }
        });

    [Fact]
    public void The_order_of_methods_and_signals_does_not_matter() =>
        ForAll(signals =>
        {
            var turned = Model with
            {
                Methods = [.. Model.Methods.Reverse().Select(method => method with { Signals = [.. method.Signals.Reverse()] })],
            };

            turned.Score(signals).Score.ShouldBe(Model.Score(signals).Score);
        });

    [Fact]
    public void A_score_that_was_kept_is_scored_the_same_and_a_changed_one_is_not() =>
        ForAll(signals =>
        {
            var json = new StoredRisk(Model, signals, Form: null, Address: null, UserAgent: null, Model.Score(signals)).ToJson();

            var kept = StoredRisk.Parse(json);

            kept.ToJson().ShouldBe(json);
            kept.IsReproduced().ShouldBeTrue();
            (kept with { Result = kept.Result with { Score = 1 - kept.Result.Score + 0.0001m } }).IsReproduced().ShouldBeFalse();
        });

    private static void ForAll(Action<Dictionary<RiskSignal, decimal>> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Arb.From(Observed), property));
}
