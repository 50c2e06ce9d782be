using Lending.Pdf;
using Lending.Servicing.Books;

namespace Lending.Servicing.Papers;

/// <summary>Papers in English.</summary>
internal sealed class EnglishPaperWording() : PaperWording(DocumentLanguage.English)
{
    public override string LoanAccount => "Loan account";
    public override string Date => "Date";
    public override string Total => "Total";
    public override string Balance => "Balance";

    public override string Statement => "Account statement";
    public override string OpeningBalance => "Balance before";
    public override string ClosingBalance => "Balance at the end";
    public override string Entry => "Entry";
    public override string Debit => "You owe more";
    public override string Credit => "You owe less";
    public override string NothingMoved => "Nothing was booked in this period.";
    public override string StatementNote =>
        "The balance is what you owe: principal and all that is due, less what you have paid ahead. A balance below zero is your credit. Interest of a period "
        + "counts from its due date on. Payments with an earlier value date, and payments that a bank takes back, may change a statement later.";

    public override string InterestPaid => "Interest paid in the year";
    public override string PrincipalRepaid => "Principal repaid in the year";
    public override string PrincipalLeft => "Principal left at the end";
    public override string Item => "Item";
    public override string Opening => "Owed before";
    public override string Charged => "Added";
    public override string Paid => "Paid";
    public override string GivenUp => "Given up";
    public override string Closing => "Owed at the end";
    public override string InterestNote =>
        "Interest counts from its due date on, and as paid on the day of the payment; default interest counts from the end of its month. Given up is what was waived, credited for costs of a term that is not "
        + "used, or written off in the lender’s books.";

    public override string Plan => "Repayment plan";
    public override string AmountLent => "Amount of the loan";
    public override string BorrowingRate => "Borrowing rate a year";
    public override string LastDueDate => "Last instalment due";
    public override string Number => "No.";
    public override string DueDate => "Due date";
    public override string Instalment => "Instalment";
    public override string Principal => "Principal";
    public override string Interest => "Interest";
    public override string OtherCosts => "Other costs";
    public override string PrincipalAfter => "Principal after";

    protected override string AccountLabel => "Account for payments";
    protected override string ReferenceLabel => "reference";

    public override string Period(DateOnly from, DateOnly to) => $"{Format.LongDate(from)} to {Format.LongDate(to)}";

    public override string InterestStatement(int year) => $"Interest statement {year}";

    public override string PlanText(DateOnly asOf) =>
        $"As of {Format.LongDate(asOf)}. You may ask for this plan free of charge at any time during the term (section 492(3) BGB).";

    public override string PlanNote(string currency) =>
        $"All amounts in {currency}. Each instalment is paid by its due date, and split into principal, interest and other costs as shown; other costs are fees and "
        + "penalties that are due with it. Instalments to come are shown as they are if everything is paid on time. Default interest is not part of the plan. "
        + "The plan changes with early repayments and with what you agree with the lender.";

    public override string Name(StatementLineKind kind) =>
        kind switch
        {
            StatementLineKind.Payout => "Payout",
            StatementLineKind.Payment => "Payment",
            StatementLineKind.Return => "Payment taken back by the bank",
            StatementLineKind.Interest => "Interest due",
            StatementLineKind.DefaultInterest => "Default interest",
            StatementLineKind.Charge => "Fee or costs",
            StatementLineKind.Compensation => "Compensation for early repayment",
            StatementLineKind.CostReduction => "Reduction of costs",
            StatementLineKind.Waiver => "Waiver",
            _ => "Other booking",
        };

    public override string Name(OwedKind kind) =>
        kind switch
        {
            OwedKind.Principal => "Principal",
            OwedKind.Interest => "Contract interest",
            OwedKind.DefaultInterest => "Default interest",
            _ => "Fees and costs",
        };
}
