using static Lending.Applications.Scoring.Tests.Cases;

namespace Lending.Applications.Scoring.Tests;

/// <summary>The vectors of the card and of its scale.</summary>
public sealed class ScorecardTests
{
    [Fact]
    public void The_scale_has_the_published_factor_and_offset()
    {
        var scale = Policy.Scorecard.Scale;

        Math.Round(scale.Factor, 4).ShouldBe(28.8539);
        Math.Round(scale.Offset, 4).ShouldBe(487.1229);
        double[] probabilities = [0.01, 0.02, 0.05, 0.10, 0.20];
        probabilities
            .Select(probability => (int)Math.Round(scale.Offset + scale.Factor * Math.Log((1 - probability) / probability)))
            .ShouldBe([620, 599, 572, 551, 527]);
        decimal.Round(scale.DefaultProbability(600), 6).ShouldBe(decimal.Round(1 / 51m, 6));
    }

    [Fact]
    public void Person_A_has_618_points_and_person_C_570()
    {
        var a = DecisionEngine.Decide(Policy, A).Score;
        var c = DecisionEngine.Decide(Policy, C).Score;

        (a.Points, Math.Round(a.DefaultProbability, 4)).ShouldBe((618, 0.0106m));
        (c.Points, Math.Round(c.DefaultProbability, 4)).ShouldBe((570, 0.0535m));
        PointsOf(a).ShouldBe([48, 40, 40, 30, 20, 0]);
        PointsOf(c).ShouldBe([48, 32, 0, 30, 20, 0]);
    }

    [Fact]
    public void The_most_is_640() =>
        (Policy.Scorecard.Intercept + Policy.Scorecard.Characteristics.Sum(part => part.MaximumPoints)).ShouldBe(640);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 48)]
    [InlineData(3, 30)]
    [InlineData(null, 30)]
    [InlineData(4, 12)]
    [InlineData(5, 0)]
    public void Each_class_has_its_points(int? known, int points) => Points(CharacteristicCode.BureauClass, known).ShouldBe(points);

    [Theory]
    [InlineData(0.10, 40)]
    [InlineData(0.1001, 32)]
    [InlineData(0.20, 32)]
    [InlineData(0.30, 20)]
    [InlineData(0.40, 8)]
    [InlineData(0.4001, 0)]
    public void Each_ratio_has_its_points(double ratio, int points) =>
        Points(CharacteristicCode.DebtService, (decimal)ratio).ShouldBe(points);

    [Theory]
    [InlineData(4, 40)]
    [InlineData(3.99, 30)]
    [InlineData(2, 30)]
    [InlineData(1, 18)]
    [InlineData(0.5, 8)]
    [InlineData(0.49, 0)]
    [InlineData(-3, 0)]
    public void Each_reserve_has_its_points(double times, int points) =>
        Points(CharacteristicCode.Reserve, (decimal)times).ShouldBe(points);

    [Theory]
    [InlineData(Employment.Permanent, 24, 30)]
    [InlineData(Employment.Permanent, 23, 20)]
    [InlineData(Employment.Pension, 0, 30)]
    [InlineData(Employment.SelfEmployed, 36, 20)]
    [InlineData(Employment.SelfEmployed, 35, 0)]
    [InlineData(Employment.FixedTerm, 100, 8)]
    [InlineData(Employment.Other, 100, 0)]
    public void Each_kind_of_work_has_its_points(Employment employment, int months, int points) =>
        Points(CharacteristicCode.Employment, months, employment).ShouldBe(points);

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 6)]
    [InlineData(2, 0)]
    public void Each_number_of_failed_payments_has_its_points(int arrears, int points) =>
        Points(CharacteristicCode.Arrears, arrears).ShouldBe(points);

    [Theory]
    [InlineData(20, 10)]
    [InlineData(19.99, 6)]
    [InlineData(10, 6)]
    [InlineData(9.99, 0)]
    public void Each_own_share_has_its_points(double percent, int points) =>
        Points(CharacteristicCode.OwnShare, (decimal)percent).ShouldBe(points);

    [Theory]
    [InlineData(1, null, null)]
    [InlineData(3, null, null)]
    [InlineData(4, null, 4)]
    [InlineData(2, 5, 5)]
    public void Of_two_the_worse_class_counts(int? first, int? second, int? worse)
    {
        var both = A with { Applicants = [Of(first), Of(second)] };

        DecisionEngine.Decide(Policy, both).Score.Characteristics[0].Value.ShouldBe(worse);

        static ApplicantFacts Of(int? known) =>
            A.Applicants[0] with
            {
                Bureau = new(known is null ? BureauOutcome.None : BureauOutcome.Hit, known),
            };
    }

    private static int Points(string code, decimal? value, Employment? kind = null) =>
        Policy.Scorecard.Characteristics.Single(part => part.Code == code).PointsOf(new Fact(value, kind));

    private static int[] PointsOf(Score score) => [.. score.Characteristics.Select(part => part.Points)];
}
