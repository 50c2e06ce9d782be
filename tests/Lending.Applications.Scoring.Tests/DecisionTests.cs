using static Lending.Applications.Scoring.Tests.Cases;

namespace Lending.Applications.Scoring.Tests;

/// <summary>Decisions and their reasons.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void A_decision_on_no_income_at_all_is_read_back()
    {
        var inputs = A with { Budget = A.Budget with { NetIncome = 0 } };
        var json = StoredDecision.Of(Policy, inputs).ToJson();

        var kept = StoredDecision.Parse(json);

        kept.Result.Affordability.DebtService.ShouldBeNull();
        kept.ToJson().ShouldBe(json);
        kept.IsReproduced().ShouldBeTrue();
    }

    [Fact]
    public void Person_A_is_approved_and_told_no_reason()
    {
        var decision = DecisionEngine.Decide(Policy, A);

        decision.Outcome.ShouldBe(DecisionOutcome.Approve);
        decision.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void Person_C_is_refused_by_the_surplus_although_the_points_would_do_and_70_would_pass()
    {
        var decision = DecisionEngine.Decide(Policy, C);

        decision.Outcome.ShouldBe(DecisionOutcome.Refuse);
        decision.Passes(RuleCode.Score).ShouldBeTrue();
        var reason = decision.Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe(RuleCode.Surplus);
        reason.Counterfactual!.Changes.ShouldBe([new(ChangedFact.Instalment, 70.00m)]);
    }

    [Fact]
    public void Where_no_instalment_would_do_the_smallest_income_is_told()
    {
        // 1,700 without the loan leaves less than 200.
        var poor = C with
        {
            Budget = C.Budget with { NetIncome = 1_700 },
        };

        var reason = DecisionEngine.Decide(Policy, poor).Reasons[0];

        // 800 + 700 + 180 + 150 + 231.19 + 200.
        reason.Counterfactual!.Changes.ShouldBe([new(ChangedFact.NetIncome, 2_261.19m)]);
    }

    [Fact]
    public void Too_few_points_are_told_by_what_has_lost_most()
    {
        var weak = A with
        {
            Applicants =
            [
                new()
                {
                    Employment = Employment.FixedTerm,
                    EmploymentMonths = 6,
                    Arrears = 2,
                    Bureau = new(BureauOutcome.Hit, 5),
                },
            ],
        };

        var decision = DecisionEngine.Decide(Policy, weak);

        // 440 + 0 + 40 + 40 + 8 + 0 + 0.
        decision.Score.Points.ShouldBe(528);
        decision.Outcome.ShouldBe(DecisionOutcome.Refuse);
        decision
            .Reasons.Select(reason => (reason.Code, reason.LostPoints))
            .ShouldBe([("BUREAU_CLASS", 60), ("EMPLOYMENT", 22), ("ARREARS", 20), ("OWN_SHARE", 10)]);
        // 48 more for class 2 do; all that work can give is 22, and needs the best class beside it.
        decision.Reasons[0].Counterfactual!.Changes.ShouldBe([new(ChangedFact.BureauClass, 2)]);
        decision
            .Reasons[1]
            .Counterfactual!.Changes.ShouldBe([new(ChangedFact.Employment, 24, Employment.Permanent), new(ChangedFact.BureauClass, 1)]);
    }

    [Theory]
    [InlineData(4, 10, DecisionOutcome.Approve)]
    [InlineData(5, 10, DecisionOutcome.Approve)]
    [InlineData(5, 0, DecisionOutcome.Review)]
    public void Points_between_are_for_a_person(int bureauClass, int share, DecisionOutcome outcome)
    {
        var applicant = A.Applicants[0] with { Arrears = 2, Bureau = new(BureauOutcome.Hit, bureauClass) };

        // 440 + class + 40 + 40 + 30 + 0 + share.
        var decision = DecisionEngine.Decide(
            Policy with
            {
                ApproveFromPoints = 555,
            },
            A with
            {
                OwnSharePercent = share,
                Applicants = [applicant],
            }
        );

        decision.Outcome.ShouldBe(outcome);
    }

    [Fact]
    public void An_unclear_answer_of_the_bureau_never_refuses_and_never_approves() =>
        ForAll(inputs =>
        {
            var isUnclear = inputs.Applicants.Any(applicant =>
                applicant.Bureau.Outcome is BureauOutcome.Ambiguous or BureauOutcome.Unavailable
            );
            if (isUnclear)
            {
                DecisionEngine.Decide(Policy, inputs).Outcome.ShouldBe(DecisionOutcome.Review);
            }
        });

    [Fact]
    public void Whoever_is_not_approved_is_told_why_and_nobody_more_than_four_reasons() =>
        ForAll(inputs =>
        {
            var decision = DecisionEngine.Decide(Policy, inputs);

            (decision.Reasons.Count == 0).ShouldBe(decision.Outcome == DecisionOutcome.Approve);
            decision.Reasons.Count.ShouldBeLessThanOrEqualTo(4);
            decision.Reasons.ShouldAllBe(reason => !decision.Passes(reason.Rule));
            var lost = decision.Reasons.Where(reason => reason.LostPoints is not null).Select(reason => reason.LostPoints!.Value).ToList();
            lost.ShouldBe(lost.OrderDescending());
        });

    [Fact]
    public void A_counterfactual_that_is_applied_passes_the_rule() =>
        ForAll(inputs =>
        {
            foreach (var reason in DecisionEngine.Decide(Policy, inputs).Reasons.Where(reason => reason.Rule != RuleCode.Bureau))
            {
                // All points together are 640, and no income is too small for ever, so there is always one.
                var changed = reason
                    .Counterfactual.ShouldNotBeNull()
                    .Changes.Aggregate(inputs, (present, change) => change.ApplyTo(present));
                DecisionEngine.Decide(Policy, changed).Passes(reason.Rule).ShouldBeTrue($"{reason.Code} of {inputs}");
            }
        });

    [Fact]
    public void A_counterfactual_asks_for_no_more_than_it_must() =>
        ForAll(inputs =>
        {
            foreach (var reason in DecisionEngine.Decide(Policy, inputs).Reasons)
            {
                if (reason is { Code: RuleCode.Surplus or RuleCode.Dsti, Counterfactual.Changes: [var change] })
                {
                    var less = change with { Value = change.Value + (change.Fact == ChangedFact.Instalment ? 0.01m : -0.01m) };
                    DecisionEngine.Decide(Policy, less.ApplyTo(inputs)).Passes(reason.Rule).ShouldBeFalse();
                }
            }
        });

    [Fact]
    public void A_decision_that_was_kept_is_decided_the_same_to_the_last_byte() =>
        ForAll(inputs =>
        {
            var json = StoredDecision.Of(Policy, inputs).ToJson();

            var kept = StoredDecision.Parse(json);

            kept.ToJson().ShouldBe(json);
            kept.IsReproduced().ShouldBeTrue();
        });

    [Fact]
    public void A_decision_that_somebody_changed_is_not_reproduced()
    {
        var kept = StoredDecision.Of(Policy, C);

        (kept with { Result = kept.Result with { Outcome = DecisionOutcome.Approve } }).IsReproduced().ShouldBeFalse();
        (kept with { Inputs = kept.Inputs with { Instalment = 70 } }).IsReproduced().ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(276.30, 0)]
    [InlineData(276.30, 3)]
    public void A_decision_is_about_an_instalment_and_one_or_two_people(double instalment, int people) =>
        Should.Throw<ArgumentException>(() =>
            DecisionEngine.Decide(
                Policy,
                A with
                {
                    Instalment = (decimal)instalment,
                    Applicants = [.. Enumerable.Repeat(A.Applicants[0], people)],
                }
            )
        );
}
