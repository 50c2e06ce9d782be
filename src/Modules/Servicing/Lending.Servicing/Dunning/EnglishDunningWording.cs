using Lending.Pdf;
using Lending.Servicing.Books;

namespace Lending.Servicing.Dunning;

/// <summary>Letters in English.</summary>
internal sealed class EnglishDunningWording() : DunningWording(DocumentLanguage.English)
{
    protected override string NoticeTitle => "Last demand before your loan is called due";
    protected override string Help =>
        "If you cannot pay, please talk to us: we will look for a solution together, such as more time or smaller instalments. Consumer advice centres and "
        + "welfare organisations offer independent debt advice free of charge.";
    protected override string NoticeHelp =>
        "We offer you a conversation about a solution that both of us can agree to, such as more time or smaller instalments: please contact us within this period. "
        + "Consumer advice centres and welfare organisations offer independent debt advice free of charge.";
    protected override string Charges => "Fees and costs";
    protected override string Credit => "Your credit";

    protected override string Title(int level) => level == 1 ? "Payment reminder" : $"Dunning letter {level}";

    protected override string Salutation(string name) => $"Dear {name},";

    protected override string Demand(string total, string on, string payBy, Guid accountId, string? payTo) =>
        $"On {on}, {total} are overdue on your loan account {accountId}. Please pay this amount by {payBy} "
        + (payTo is null ? "and name the loan account with your payment. " : $"to this account: {payTo}. ")
        + "If you have paid in the meantime, please disregard this letter.";

    protected override string Consequence(LoanLaw law)
    {
        var (points, norm) =
            law.IsConsumersSecuredByLand ? ("two and a half", "section 497(4)")
            : law.IsConsumers ? ("five", "sections 288 and 497")
            : ("five", "section 288");
        return $"Overdue amounts bear default interest of {points} percentage points above the base rate a year ({norm} BGB). This letter costs you nothing.";
    }

    protected override string NoticeConsequence(LoanLaw law, string total, string payBy) =>
        $"If you do not pay the overdue amount of {total} within two weeks of receiving this letter, we will demand the whole of what is left of the loan "
        + $"(section {(law.IsConsumers ? 498 : 314)} BGB). A payment that arrives by {payBy} is in time in any case. {Consequence(law)}";

    protected override string Instalment(string dueOn) => $"Instalment due on {dueOn}";

    protected override string DefaultInterest(string until) => $"Default interest until {until}";
}
