using System.Globalization;
using Lending.Applications.Bureau;
using Lending.Applications.Scoring;

namespace Lending.Applications.Wordings;

internal sealed class EnglishWording : Wording
{
    public override string Language => "en";

    public override string ByRules => "The decision was made automatically, by fixed rules.";

    public override string ByPerson => "A person made the decision.";

    public override string Procedure =>
        "First we compute what is left of your monthly income after living, housing, other loans and the new instalment, and how much of the income goes to "
        + "loans. Then points are added for six things: the credit bureau's class, how much of the income goes to loans, how many times the instalment is "
        + "left, your work, failed payments of the last 12 months, and your own share of the price. What living costs at least may depend on the country that you live in; otherwise, age, name, "
        + "address and nationality do not count.";

    public override string Rights =>
        "You can demand that a person checks the decision, give your own view, and contest it: request a review of your application, or write to us.";

    public override string DebtAdvice =>
        "If debts worry you, advice centres of consumer organisations, welfare associations and your municipality help, mostly free of charge.";

    public override string NoBureau => "No credit bureau was asked about you.";

    protected override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("en-GB");

    public override string Reason(string code) =>
        code switch
        {
            RuleCode.Surplus => "Too little of your income would be left in a month.",
            RuleCode.Dsti => "Too much of your income would go to loans.",
            DecisionReason.BureauUnavailable => "The credit bureau gave no answer in time.",
            DecisionReason.BureauAmbiguous => "The credit bureau could not tell for sure which person is meant.",
            DecisionReason.CountryUnknown => "What living costs at least is not known for the country that you live in.",
            CharacteristicCode.BureauClass => "The credit bureau's class costs points.",
            CharacteristicCode.DebtService => "The part of your income that goes to loans costs points.",
            CharacteristicCode.Reserve => "What is left in a month, measured by the instalment, costs points.",
            CharacteristicCode.Employment => "The kind or duration of your work costs points.",
            CharacteristicCode.Arrears => "Failed payments of the last 12 months cost points.",
            CharacteristicCode.OwnShare => "The part of the price that you pay yourself costs points.",
            RefusalCode.EvidenceMissing => "What you stated is not proved well enough.",
            RefusalCode.EvidenceContradictory => "What you stated does not agree with what is to prove it.",
            RefusalCode.IdentityUncertain => "We cannot be certain that the application was made by you.",
            RefusalCode.ConditionsNotMet => "What the approval was tied to has not come.",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There is no text for it."),
        };

    public override string Bureau(string name, string contact, ScoreInquiry inquiry)
    {
        var answer = inquiry.Outcome switch
        {
            BureauOutcome.Hit => $"It answered class {inquiry.Class} of 5, 1 being the best.",
            BureauOutcome.None => "It knows nothing of you.",
            BureauOutcome.Ambiguous => "It could not tell which person is meant.",
            _ => "It gave no answer.",
        };
        return $"We asked {Named(name, contact)} about you, with your name, your address, the amount and the term. {answer}";
    }

    protected override string WouldPass(IReadOnlyList<string> changes) => $"It would pass with {string.Join(" and ", changes)}.";

    protected override string Change(CounterfactualChange change, string currency) =>
        change.Fact switch
        {
            ChangedFact.Instalment => $"an instalment of up to {Amount(change.Value, currency)}",
            ChangedFact.NetIncome => $"a net income of at least {Amount(change.Value, currency)} a month",
            ChangedFact.BureauClass => $"class {Number(change.Value)} of the credit bureau or better",
            ChangedFact.Employment =>
                $"{Work(change.Employment)}{(change.Value > 0 ? $" for at least {Number(change.Value)} months" : "")}",
            ChangedFact.Arrears => $"at most {Number(change.Value)} failed payments in 12 months",
            ChangedFact.OwnShare => $"an own share of at least {Number(change.Value)} %",
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Fact, "There is no text for it."),
        };

    private static string Work(Employment? employment) =>
        employment switch
        {
            Employment.Permanent => "permanent work",
            Employment.FixedTerm => "fixed-term work",
            Employment.SelfEmployed => "self-employed work",
            Employment.Pension => "a pension",
            _ => "other income",
        };

    private static string Named(string name, string contact) => contact.Length == 0 ? name : $"{name} ({contact})";
}
