using System.Globalization;
using Lending.Pdf;

namespace Lending.Disclosures.Form;

/// <summary>The form in English.</summary>
internal sealed partial class EnglishTexts() : FormTexts(DocumentLanguage.English)
{
    public override string Title => "Standard European Consumer Credit Information";

    public override string? Note => null;

    public override string MissedPayments =>
        "Missing or late payments could have severe consequences for you, such as a forced sale, and make it more difficult for you to obtain credit in the "
        + "future.";

    public override string Withdrawal =>
        "Yes. You have the right to withdraw from the credit agreement within a period of 14 calendar days.";

    public override string OtherDrawdowns =>
        "Other drawdown mechanisms for this type of credit agreement may result in higher annual percentage rates of charge.";

    public override string NoAmortisation =>
        "Repayments do not give rise to immediate amortisation of the capital. The agreement gives no guarantee that the total amount of credit drawn down "
        + "will be repaid by them.";

    public override string PersonalisedPrice =>
        "The price was personalised on the basis of automated processing of your data, including profiling.";

    public override string Compensation =>
        "At most 1% of the amount repaid early if more than one year lies between the early repayment and the agreed end, otherwise at most 0.5%; never more "
        + "than the interest that you would have paid in that time.";

    public override string Database =>
        "The creditor must inform you immediately and without charge of the result of consulting a database if your application for credit is rejected on the "
        + "basis of such a consultation.";

    public override string DraftAgreement =>
        "You have the right, upon request, to obtain a copy of the draft credit agreement free of charge, as long as the creditor is willing to conclude it "
        + "with you.";

    public override string OtherBreaches =>
        "Not keeping other commitments than those to pay could have severe consequences for you: the creditor may claim damages or, for a serious reason, "
        + "terminate the agreement and demand the whole balance at once.";

    public override string LanguageOfAgreement =>
        "Information and agreement are in English, and the creditor communicates with you in English.";

    public override string OfferHash => "SHA-256 of the offer";

    public override string FormHash => "SHA-256 of this form";

    protected override IReadOnlyList<string> ScheduleHeaders { get; } = ["No.", "Due on", "To pay", "Interest", "Fee", "Repaid", "Balance"];

    protected override string ScheduleSum => "Sum";

    public override string Reference(FormFacts facts) =>
        $"Offer {facts.Credit.OfferId}, version {facts.Credit.Version}, given on {Date(facts.GivenOn)}";

    public override string Duration(FormFacts facts) =>
        $"{Months(facts)}, from the payout on {Date(facts.Credit.PayoutOn)} to {Date(facts.Credit.Instalments[^1].DueOn)}";

    public override string Rates(FormFacts facts) =>
        facts.Credit.LaterRates.Count == 0
            ? $"{Rate(facts.Credit.AnnualRatePercent)} a year, fixed"
            : $"{Rate(facts.Credit.AnnualRatePercent)} a year, fixed, up to instalment {facts.Credit.LaterRates[0].FromInstalment - 1}"
                + string.Concat(
                    facts.Credit.LaterRates.Select(rate =>
                        $"; from instalment {rate.FromInstalment}: {Rate(rate.AnnualRatePercent)}, fixed"
                    )
                );

    public override string AnnualPercentageRate(FormFacts facts) =>
        facts.Credit.AprcPercent is { } percent ? Annual(percent) : "Not computed when this offer was made";

    public override string TotalPayable(FormFacts facts) =>
        $"{Money(facts.Credit.TotalPayable, facts.Currency)}: the total amount of credit of {Money(facts.Credit.AmountOfCredit, facts.Currency)} and the total "
        + $"cost of the credit of {Money(facts.Credit.TotalCostOfCredit, facts.Currency)}";

    public override string Goods(FormFacts facts) => $"{facts.Goods}\nCash price: {Money(facts.Credit.AmountOfCredit, facts.Currency)}";

    public override string LatePaymentCosts(FormFacts facts) =>
        $"You will be charged {Points(facts.Creditor.LateRatePointsAboveBaseRate)} percentage points above the base rate for late payments, a year. The rate "
        + "follows the base rate, which is set anew on 1 January and 1 July."
        + (facts.Creditor.DefaultCharges is { } charges ? $"\nDefault charges: {charges}" : "");

    public override string Instalments(FormFacts facts) =>
        (
            AreFew(facts)
                ? $"You will have to pay {string.Join(", then ", facts.Runs.Select((run, index) => $"{Count(run.Count, index)} of {Money(run.Payment, facts.Currency)}"))}"
                : $"You will have to pay {facts.Credit.Instalments.Count} monthly instalments between {Money(facts.Runs.Min(run => run.Payment), facts.Currency)} and "
                    + $"{Money(facts.Runs.Max(run => run.Payment), facts.Currency)}, as the repayment schedule lists them"
        )
        + $", the first one on {Date(facts.Credit.Instalments[0].DueOn)}."
        + (facts.Credit.MonthlyFee == 0 ? "" : $" A fee of {Money(facts.Credit.MonthlyFee, facts.Currency)} is paid with each.")
        + (
            facts.Credit.UpfrontFee == 0
                ? ""
                : $" A fee of {Money(facts.Credit.UpfrontFee, facts.Currency)} is paid on the day of the payout."
        )
        + "\nEach instalment pays the interest due first, then the capital.";

    public override string EarlyRepayment(FormFacts facts) =>
        facts.Creditor.AsksForCompensation
            ? "Yes. The creditor is entitled to compensation in the case of early repayment."
            : "Yes. The creditor asks for no compensation.";

    public override string CreditType(FormFacts facts) =>
        facts.Goods is null
            ? "Instalment credit, repaid in monthly instalments"
            : "Instalment credit linked to the purchase named above, repaid in monthly instalments";

    public override string Drawdown(FormFacts facts) =>
        $"Paid out in one sum after the agreement is concluded; planned for {Date(facts.Credit.PayoutOn)}";

    public override string RateConditions(FormFacts facts) =>
        $"{Rates(facts)}. "
        + (
            facts.Credit.LaterRates.Count == 0
                ? "The rate is fixed for the whole duration and depends on no index or reference rate."
                : "Each rate is fixed for its instalments; the changes are agreed in advance and depend on no index or reference rate."
        );

    public override string Example(FormFacts facts)
    {
        var fees = FeesOf(
            facts,
            fee => $"a fee of {Money(fee, facts.Currency)} paid at the start",
            fee => $"a fee of {Money(fee, facts.Currency)} added to the capital",
            _ => $"monthly fees of {Money(facts.TotalMonthlyFees, facts.Currency)} in all",
            fee => $"a dealer fee of {Money(fee, facts.Currency)}"
        );
        return $"With your wishes for amount and duration: {Money(facts.Credit.AmountOfCredit, facts.Currency)} over {Months(facts)} at {Rates(facts)}. The total "
            + $"amount payable is {Money(facts.Credit.TotalPayable, facts.Currency)}, of which {Money(facts.Credit.TotalCostOfCredit, facts.Currency)} is the total "
            + "cost of the credit"
            + (fees.Any() ? $", with {string.Join(", ", fees)}" : "")
            + (facts.Credit.AprcPercent is { } percent ? $". The APR is {Annual(percent)}." : ".")
            + $"\nAssumed: the credit is paid out in full on {Date(facts.Credit.PayoutOn)}, the agreement stays in force for the agreed duration, both sides meet "
            + "their obligations on the agreed dates, and rates and charges stay as they are stated here.";
    }

    public override string AncillaryServices(FormFacts facts) =>
        facts.Creditor.AncillaryServices is { } services
            ? $"Yes, in order to obtain the credit, or to obtain it on these terms: {services}"
            : "No insurance policy securing the credit and no other ancillary service contract is compulsory.";

    public override string Charges(FormFacts facts) =>
        string.Join(
            '\n',
            FeesOf(
                    facts,
                    fee => $"{Money(fee, facts.Currency)}, paid on the day of the payout",
                    fee => $"{Money(fee, facts.Currency)}, added to the capital and repaid with it",
                    fee => $"{Money(fee, facts.Currency)} with each instalment, {Money(facts.TotalMonthlyFees, facts.Currency)} in all",
                    fee => $"{Money(fee, facts.Currency)} that the dealer leaves to the creditor, contained in the capital"
                )
                .Concat(facts.Creditor.AccountCharges is { } charges ? [charges] : [])
                .Append("These charges do not change during the agreement.")
        );

    public override string Validity(FormFacts facts) =>
        $"The information contained in this form is valid from {Date(facts.GivenOn)} until {Date(facts.ValidThrough!.Value)}.";

    public override string ScheduleReference(FormFacts facts) =>
        $"All payments are listed at the end of this form. They include every fee that is paid with an instalment; their sum is "
        + $"{Money(facts.Credit.TotalPayable - facts.Credit.UpfrontFee, facts.Currency)}."
        + (facts.Credit.LaterRates.Count == 0 ? "" : " Payments at later rates are computed with the rates agreed in advance.");

    public override string HowToWithdraw(FormFacts facts) =>
        $"Tell {facts.Credit.Lender} within 14 calendar days of concluding the agreement, or of receiving its terms if that is later, clearly and on paper or "
        + $"another durable medium (such as an e-mail to {facts.Creditor.Email}), or in your account; no reason is needed, and sending it in time suffices. "
        + "Repay what was paid out within 30 calendar days of sending it, with interest of "
        + $"{Money(facts.Credit.DailyInterest, facts.Currency)} for each day if the whole amount was paid out.";

    protected override string ScheduleCaption(FormFacts facts) =>
        $"Repayment schedule. All amounts in {facts.Credit.Currency}; the balance is what remains to be repaid after the instalment.";

    protected override string Contact(string address, string phone, string email, string? website) =>
        $"{address}\nTelephone: {phone}\nE-mail: {email}" + (website is null ? "" : $"\nWeb: {website}");

    private static string Count(int count, int index) =>
        count.ToString(CultureInfo.InvariantCulture)
        + (
            index > 0 ? ""
            : count == 1 ? " monthly instalment"
            : " monthly instalments"
        );
}
