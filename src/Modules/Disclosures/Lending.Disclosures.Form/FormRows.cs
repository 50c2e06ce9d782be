namespace Lending.Disclosures.Form;

/// <summary>A row as the law describes it.</summary>
/// <param name="Section">The part that it stands in.</param>
/// <param name="Key">Its name; each language has a label of this name.</param>
/// <param name="Fulfils">What of the law it fulfils.</param>
/// <param name="Value">What it says.</param>
internal sealed record RowRule(string Section, string Key, string[] Fulfils, Func<FormTexts, FormFacts, string> Value)
{
    /// <summary>Whether it is there; where it is not applicable, the whole row vanishes.</summary>
    public Func<FormFacts, bool> Applies { get; init; } = _ => true;
}

/// <summary>All rows of annex I of Directive (EU) 2023/2225, in its order, with the letters of Article 10 that each fulfils.</summary>
internal static class FormRows
{
    /// <summary>Always on the first page.</summary>
    public const string KeyInformation = "key-information-1";

    /// <summary>On the first page, too, or at the top of the second.</summary>
    public const string MoreKeyInformation = "key-information-2";

    public const string Features = "main-features";
    public const string Costs = "costs";
    public const string Legal = "legal-aspects";
    public const string Distance = "distance-marketing";

    /// <summary>What contracts at a distance have to say (Directive 2002/65/EC, article 3, to which article 10(2) refers).</summary>
    public const string DistanceMarketing = "2002/65/EC 3";

    public static readonly IReadOnlyList<RowRule> All =
    [
        new(KeyInformation, "creditor", ["10(3)(a)"], (_, facts) => facts.Credit.Lender),
        new(KeyInformation, "intermediary", ["10(3)(a)"], (_, facts) => facts.Creditor.Intermediary!.Name)
        {
            Applies = facts => facts.Creditor.Intermediary is not null,
        },
        new(KeyInformation, "amount-of-credit", ["10(3)(b)"], (texts, facts) => texts.Money(facts.Credit.AmountOfCredit, facts.Currency)),
        new(KeyInformation, "duration", ["10(3)(c)"], (texts, facts) => texts.Duration(facts)),
        new(KeyInformation, "borrowing-rate", ["10(3)(d)"], (texts, facts) => texts.Rates(facts)),
        new(KeyInformation, "annual-percentage-rate", ["10(3)(e)"], (texts, facts) => texts.AnnualPercentageRate(facts)),
        new(KeyInformation, "total-payable", ["10(3)(e)"], (texts, facts) => texts.TotalPayable(facts)),
        new(KeyInformation, "goods", ["10(3)(f)"], (texts, facts) => texts.Goods(facts)) { Applies = facts => facts.Goods is not null },
        new(KeyInformation, "late-payment-costs", ["10(3)(g)"], (texts, facts) => texts.LatePaymentCosts(facts)),
        new(MoreKeyInformation, "instalments", ["10(3)(h)"], (texts, facts) => texts.Instalments(facts)),
        new(MoreKeyInformation, "missed-payments", ["10(3)(i)"], (texts, _) => texts.MissedPayments),
        new(MoreKeyInformation, "withdrawal", ["10(3)(j)"], (texts, _) => texts.Withdrawal),
        new(MoreKeyInformation, "early-repayment", ["10(3)(k)"], (texts, facts) => texts.EarlyRepayment(facts)),
        new(MoreKeyInformation, "creditor-contact", ["10(3)(l)"], (texts, facts) => texts.CreditorContact(facts)),
        new(MoreKeyInformation, "intermediary-contact", ["10(3)(l)"], (texts, facts) => texts.IntermediaryContact(facts))
        {
            Applies = facts => facts.Creditor.Intermediary is not null,
        },
        new(Features, "credit-type", ["10(5)(a)"], (texts, facts) => texts.CreditType(facts)),
        new(Features, "drawdown", ["10(5)(b)"], (texts, facts) => texts.Drawdown(facts)),
        new(Features, "other-drawdowns", ["10(5)(d)"], (texts, _) => texts.OtherDrawdowns)
        {
            Applies = facts => facts.Creditor.HasDearerDrawdowns,
        },
        new(Features, "sureties", ["10(5)(i)"], (_, facts) => facts.Sureties!) { Applies = facts => facts.Sureties is not null },
        new(Features, "no-amortisation", ["10(9)"], (texts, _) => texts.NoAmortisation)
        {
            Applies = facts => facts.Creditor.RepaysByCapital,
        },
        new(Features, "personalised-price", ["10(5)(m)"], (texts, _) => texts.PersonalisedPrice)
        {
            Applies = facts => facts.Creditor.PersonalisesPrices,
        },
        new(Costs, "rate-conditions", ["10(5)(c)"], (texts, facts) => texts.RateConditions(facts)),
        new(Costs, "representative-example", ["10(5)(f)"], (texts, facts) => texts.Example(facts)),
        new(Costs, "ancillary-services", ["10(5)(h)"], (texts, facts) => texts.AncillaryServices(facts)),
        new(Costs, "charges", ["10(5)(e)"], (texts, facts) => texts.Charges(facts)) { Applies = facts => facts.HasCharges },
        new(Costs, "notary", ["10(5)(g)"], (_, facts) => facts.Creditor.NotaryCosts!)
        {
            Applies = facts => facts.Creditor.NotaryCosts is not null,
        },
        new(Legal, "compensation", ["10(5)(j)"], (texts, _) => texts.Compensation)
        {
            Applies = facts => facts.Creditor.AsksForCompensation,
        },
        new(Legal, "database", ["10(5)(k)"], (texts, _) => texts.Database),
        new(Legal, "draft-agreement", ["10(5)(l)"], (texts, _) => texts.DraftAgreement),
        new(Legal, "validity", ["10(5)(n)"], (texts, facts) => texts.Validity(facts)) { Applies = facts => facts.ValidThrough is not null },
        new(Legal, "redress", ["10(5)(o)"], (_, facts) => facts.Creditor.Redress),
        new(Legal, "other-breaches", ["10(5)(p)"], (texts, _) => texts.OtherBreaches),
        new(Legal, "schedule", ["10(5)(q)"], (texts, facts) => texts.ScheduleReference(facts)),
        new(Distance, "representative", [DistanceMarketing], (_, facts) => facts.Creditor.Representative!)
        {
            Applies = facts => facts.Creditor.Representative is not null,
        },
        new(Distance, "register", [DistanceMarketing], (_, facts) => facts.Creditor.Register!)
        {
            Applies = facts => facts.Creditor.Register is not null,
        },
        new(Distance, "supervisor", [DistanceMarketing], (_, facts) => facts.Creditor.Supervisor!)
        {
            Applies = facts => facts.Creditor.Supervisor is not null,
        },
        new(Distance, "how-to-withdraw", [DistanceMarketing, "26"], (texts, facts) => texts.HowToWithdraw(facts)),
        new(Distance, "law-and-court", [DistanceMarketing], (_, facts) => facts.Creditor.LawAndCourt!)
        {
            Applies = facts => facts.Creditor.LawAndCourt is not null,
        },
        new(Distance, "language", [DistanceMarketing], (texts, _) => texts.LanguageOfAgreement),
    ];
}
