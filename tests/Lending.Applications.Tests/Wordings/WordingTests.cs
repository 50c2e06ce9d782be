using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Lending.Applications.Wordings;
using Lending.Platform.Persistence;
using Lending.Testing;

namespace Lending.Applications.Tests.Wordings;

/// <summary>Each reason and each change has a text in each language, and they differ.</summary>
public sealed class WordingTests
{
    private static readonly string[] Codes =
    [
        RuleCode.Surplus,
        RuleCode.Dsti,
        DecisionReason.BureauUnavailable,
        DecisionReason.BureauAmbiguous,
        DecisionReason.CountryUnknown,
        .. CreditPolicy.Standard.Scorecard.Characteristics.Select(characteristic => characteristic.Code),
        RefusalCode.EvidenceMissing,
        RefusalCode.EvidenceContradictory,
        RefusalCode.IdentityUncertain,
        RefusalCode.ConditionsNotMet,
    ];

    private static readonly string[] Outcomes = ["HIT", "NONE", "AMBIGUOUS", "?"];

    [Fact]
    public void Each_code_has_a_text_of_its_own_in_each_language()
    {
        Wording.All.Select(wording => wording.Language).ShouldBe(["en", "de"]);
        Codes.Length.ShouldBe(15);
        var texts = Wording.All.SelectMany(wording => Codes.Select(wording.Reason)).ToList();

        texts.Distinct().Count().ShouldBe(texts.Count);
    }

    [Fact]
    public void A_person_can_give_each_reason_but_what_is_no_fault_of_the_customer_s()
    {
        string[] nobodysFault = [DecisionReason.BureauUnavailable, DecisionReason.BureauAmbiguous, DecisionReason.CountryUnknown];

        Enum.GetValues<RefusalReason>().Select(EnumText.Of).ShouldBe(Codes.Except(nobodysFault), ignoreOrder: true);
    }

    [Fact]
    public void Each_change_has_a_text_in_each_language()
    {
        foreach (var wording in Wording.All)
        {
            var texts = Enum.GetValues<ChangedFact>()
                .Select(fact => wording.WouldPass(new([new(fact, 12.5m, Employment.Permanent)]), "EUR"))
                .ToList();

            texts.Distinct().Count().ShouldBe(Enum.GetValues<ChangedFact>().Length);
            texts.ShouldAllBe(text => text!.Contains("12", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_answer_of_a_bureau_has_a_text_and_nothing_is_said_where_nothing_would_do()
    {
        foreach (var wording in Wording.All)
        {
            wording.WouldPass(counterfactual: null, "EUR").ShouldBeNull();
            var texts = Outcomes
                .Select(outcome =>
                {
                    var inquiry = new ScoreInquiry(Unique.Id(), Unique.Id(), DateTimeOffset.UnixEpoch);
                    inquiry.Take(new BureauReply { Outcome = outcome, Class = 3 }, DateTimeOffset.UnixEpoch);
                    return wording.Bureau("Auskunft", "", inquiry);
                })
                .ToList();
            texts.Distinct().Count().ShouldBe(4);
        }
    }
}
