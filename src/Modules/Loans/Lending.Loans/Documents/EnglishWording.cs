using Lending.Loans.Amortization;
using Lending.Pdf;

namespace Lending.Loans.Documents;

/// <summary>The document in English.</summary>
internal sealed class EnglishWording() : Wording(DocumentLanguage.English)
{
    public override string Title => "Loan offer";
    public override string Subtitle => "Information on the consumer credit and offer to conclude the credit agreement";
    public override string OfferNumber => "Offer number";
    public override string Version => "Version";
    public override string Date => "Date";
    public override string Lender => "Lender";
    public override string Customer => "Customer";
    public override string AmountOfCredit => "Total amount of credit";
    public override string MonthlyInstalment => "Monthly instalment";
    public override string FirstInstalment => "First instalment";
    public override string Term => "Term";
    public override string Aprc => "Annual percentage rate of charge (APRC)";
    public override string AprcShort => "APRC";
    public override string NotComputed => "not computed";
    public override string TotalPayable => "Total amount payable";

    public override string MainFeatures => "Main features of the credit";
    public override string CreditType => "Type of credit";
    public override string CreditTypeText => "Consumer credit that is repaid in monthly instalments";
    public override string Product => "Product";
    public override string CashPrice => "Cash price of the goods or service";
    public override string AmountOwed => "Principal to be repaid";
    public override string BorrowingRate => "Borrowing rate";
    public override string Instalments => "Instalments";
    public override string FirstDueDate => "First instalment due";
    public override string LastDueDate => "Last instalment due";
    public override string Payout => "Payout";
    public override string PayoutText => "In one sum, after this offer has been accepted";
    public override string Allocation => "Use of payments";
    public override string AllocationText => "Each instalment pays the interest that is due, and then the principal";
    public override string Calculation => "Calculation";

    public override string Costs => "Costs of the credit";
    public override string Interest => "Interest";
    public override string UpfrontFee => "Fee paid at the start";
    public override string FinancedFee => "Fee added to the principal";
    public override string MonthlyFees => "Monthly fees";
    public override string DealerFee => "Dealer fee, contained in the principal";
    public override string TotalCostOfCredit => "Total cost of the credit";

    public override string RepresentativeExample => "Representative example";

    public override string Withdrawal => "Right of withdrawal";
    public override string EarlyRepayment => "Early repayment";
    public override string EarlyRepaymentText =>
        "You may repay the credit early at any time, in full or in part. The total cost of the credit is then reduced by the interest and the costs "
        + "for the rest of the term. Where the law entitles the lender to compensation, it is at most 1% of the amount repaid early, or 0.5% if one "
        + "year or less of the term is left, and never more than the interest that you would have paid for the rest of the term.";
    public override string LatePayment => "Late or missing payments";
    public override string LatePaymentText =>
        "Missing payments can have serious consequences for you, such as default interest at the statutory rate, the costs of collection, "
        + "termination of the agreement, and difficulty in obtaining credit later.";
    public override string Validity => "How long this offer binds the lender";

    public override string Acceptance => "Acceptance";
    public override string PlaceAndDate => "Place and date";
    public override string Signature => "Signature";
    public override string Verification => "Verification";
    public override string VerificationText =>
        "The code names this version of the offer and the hash of its content. The lender’s system answers with the same hash for the same content: "
        + "a document that shows another one is not this offer.";
    public override string Hash => "SHA-256";

    public override string Schedule => "Repayment schedule";
    public override string Number => "No.";
    public override string DueDate => "Due date";
    public override string Payment => "Instalment";
    public override string Principal => "Principal";
    public override string Fee => "Fee";
    public override string Balance => "Balance";
    public override string Total => "Total";

    public override string RateText(OfferDocumentModel offer) =>
        offer.Quote.Terms.RateSteps.Count == 0
            ? $"{Rate(offer.Quote.Terms.AnnualRatePercent)} a year, fixed for the whole term"
            : $"{Rate(offer.Quote.Terms.AnnualRatePercent)} a year"
                + string.Concat(
                    offer.Quote.Terms.RateSteps.Select(rate => $", from instalment {rate.FromInstalment}: {Rate(rate.AnnualRatePercent)}")
                )
                + "; fixed for each of these periods";

    public override string InstalmentsText(OfferDocumentModel offer)
    {
        var payments = offer.Quote.Instalments;
        var text =
            payments.Count > MostInstalmentsInWords
                ? $"{offer.Quote.Terms.TermMonths} monthly instalments between {Money(payments.Min(run => run.Payment), offer.Currency)} and "
                    + $"{Money(payments.Max(run => run.Payment), offer.Currency)}, as listed in the repayment schedule"
                : string.Join(
                    ", then ",
                    payments.Select(
                        (run, index) =>
                            $"{CountOf(run)}{(index > 0 ? "" : CountOf(run) == 1 ? " monthly instalment" : " monthly instalments")} of {Money(run.Payment, offer.Currency)}"
                    )
                );
        return offer.Quote.MonthlyFee == 0 ? text : $"{text}, each with a monthly fee of {Money(offer.Quote.MonthlyFee, offer.Currency)}";
    }

    public override string CalculationText(OfferDocumentModel offer)
    {
        var name = offer.Quote.Terms.Method switch
        {
            ScheduleMethod.EqualInstalments => "Equal instalments",
            ScheduleMethod.DecliningBalance => "Interest on the declining balance",
            ScheduleMethod.EqualPrincipal => "Equal principal payments",
            var method => method.Name(),
        };
        var stub = offer.Quote.Terms.StubDayCount is { } dayCount ? $", those before the first whole month by {dayCount.Name()}" : "";
        return $"{name}; days counted by {offer.Quote.Terms.DayCount.Name()}{stub}; method version {offer.Quote.MethodVersion}";
    }

    public override string ExampleText(OfferDocumentModel offer)
    {
        var fees = FeesOf(
            offer,
            fee => $"a fee of {Money(fee, offer.Currency)} paid at the start",
            fee => $"a fee of {Money(fee, offer.Currency)} added to the principal",
            _ => $"monthly fees of {Money(offer.TotalMonthlyFees, offer.Currency)} in all",
            fee => $"a dealer fee of {Money(fee, offer.Currency)}"
        );
        return $"A total amount of credit of {Money(offer.Quote.AmountOfCredit, offer.Currency)} at a borrowing rate of {RateText(offer)}, is repaid over "
            + $"{Months(offer.Quote.Terms.TermMonths)} in {InstalmentsText(offer)}. The total amount payable is {Money(offer.Quote.TotalPayable, offer.Currency)}, of which "
            + $"{Money(offer.Quote.TotalCostOfCredit, offer.Currency)} is the total cost of the credit"
            + (fees.Any() ? $", with {string.Join(", ", fees)}" : "")
            + (
                offer.AprcPercent is null
                    ? ". The annual percentage rate of charge (APRC) was not computed when this offer was made."
                    : $". The annual percentage rate of charge (APRC) is {AprcRate(offer.AprcPercent)}."
            );
    }

    public override string AprcAssumptionsText(OfferDocumentModel offer) =>
        "The APRC is the total cost of the credit as a yearly percentage of the total amount of credit. It assumes that the agreement stays in "
        + "force for the agreed term, that both sides meet their obligations on the agreed dates"
        + (offer.Quote.Terms.PayoutDate is { } payout ? $", and that the credit is paid out on {LongDate(payout)}." : ".");

    public override string WithdrawalText(OfferDocumentModel offer) =>
        $"You may withdraw from the credit agreement within 14 calendar days without giving a reason. The period begins on the day on which the agreement "
        + $"is concluded, or on the later day on which you receive its terms and the information that the law requires. To withdraw, notify {offer.Lender} "
        + "clearly, on paper or another durable medium such as an e-mail, or in your account. A notice that is sent before the period ends is in time.";

    public override string WithdrawalConsequences(OfferDocumentModel offer) =>
        "If you withdraw after money has been paid out, you repay it without undue delay and within 30 calendar days of sending your notice, "
        + "together with the interest at the agreed borrowing rate from the day of payout to the day of repayment: "
        + $"{Money(offer.DailyInterest, offer.Currency)} for each day if the whole amount was paid out. The lender may claim no other "
        + "compensation, except for charges that it paid to public authorities and cannot recover.";

    public override string ValidityText(OfferDocumentModel offer) =>
        $"This offer becomes binding when {offer.Lender} approves it. You may then accept it until the end of the "
        + $"{Ordinal(offer.ValidityDays)} day after the day of approval; after that it lapses.";

    public override string AcceptanceText(OfferDocumentModel offer) =>
        $"I have received this document and accept loan offer {offer.OfferId}, version {offer.Version}. "
        + "(Where you accept online, your typed name, the version and the hash are recorded in place of your signature.)";

    public override string ScheduleText(OfferDocumentModel offer) =>
        $"All amounts in {offer.Currency.Code}. The balance is what remains to be repaid after the instalment.";

    private static string Ordinal(int number) =>
        number
        + (
            (number % 100, number % 10) switch
            {
                (11 or 12 or 13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            }
        );
}
