using Lending.Pdf;
using Lending.Servicing.Books;

namespace Lending.Servicing.Papers;

/// <summary>Papers in German.</summary>
internal sealed class GermanPaperWording() : PaperWording(DocumentLanguage.German)
{
    public override string LoanAccount => "Darlehenskonto";
    public override string Date => "Datum";
    public override string Total => "Summe";
    public override string Balance => "Saldo";

    public override string Statement => "Kontoauszug";
    public override string OpeningBalance => "Saldo zu Beginn";
    public override string ClosingBalance => "Saldo am Ende";
    public override string Entry => "Vorgang";
    public override string Debit => "Belastung";
    public override string Credit => "Gutschrift";
    public override string NothingMoved => "In diesem Zeitraum wurde nichts gebucht.";
    public override string StatementNote =>
        "Der Saldo ist, was Sie schulden: das Kapital und alles Fällige, abzüglich dessen, was Sie im Voraus gezahlt haben. Ein negativer Saldo ist Ihr Guthaben. "
        + "Zinsen zählen ab ihrer Fälligkeit. Zahlungen mit früherer Wertstellung und Rücklastschriften können einen Auszug nachträglich ändern.";

    public override string InterestPaid => "Im Jahr gezahlte Zinsen";
    public override string PrincipalRepaid => "Im Jahr getilgtes Kapital";
    public override string PrincipalLeft => "Restkapital am Ende";
    public override string Item => "Posten";
    public override string Opening => "Zu Beginn offen";
    public override string Charged => "Hinzugekommen";
    public override string Paid => "Gezahlt";
    public override string GivenUp => "Erlassen";
    public override string Closing => "Am Ende offen";
    public override string InterestNote =>
        "Zinsen zählen ab ihrer Fälligkeit und gelten am Tag der Zahlung als gezahlt; Verzugszinsen zählen ab dem Ende ihres Monats. Erlassen ist, worauf verzichtet wurde, was als Kosten der nicht genutzten "
        + "Laufzeit gutgeschrieben oder in den Büchern des Darlehensgebers abgeschrieben wurde.";

    public override string Plan => "Tilgungsplan";
    public override string AmountLent => "Darlehensbetrag";
    public override string BorrowingRate => "Sollzinssatz pro Jahr";
    public override string LastDueDate => "Letzte Rate fällig am";
    public override string Number => "Nr.";
    public override string DueDate => "Fällig am";
    public override string Instalment => "Rate";
    public override string Principal => "Tilgung";
    public override string Interest => "Zinsen";
    public override string OtherCosts => "Sonstige Kosten";
    public override string PrincipalAfter => "Restkapital";

    protected override string AccountLabel => "Konto für Zahlungen";
    protected override string ReferenceLabel => "Verwendungszweck";

    public override string Period(DateOnly from, DateOnly to) => $"{Format.LongDate(from)} bis {Format.LongDate(to)}";

    public override string InterestStatement(int year) => $"Zinsbescheinigung {year}";

    public override string PlanText(DateOnly asOf) =>
        $"Stand {Format.LongDate(asOf)}. Sie können diesen Plan während der Laufzeit jederzeit kostenlos verlangen (§ 492 Abs. 3 BGB).";

    public override string PlanNote(string currency) =>
        $"Alle Beträge in {currency}. Jede Rate ist bis zu ihrer Fälligkeit zu zahlen und wie gezeigt in Tilgung, Zinsen und sonstige Kosten aufgeschlüsselt; sonstige "
        + "Kosten sind Gebühren und Vertragsstrafen, die mit ihr fällig sind. Künftige Raten sind so gezeigt, wie sie sind, wenn alles pünktlich gezahlt wird. "
        + "Verzugszinsen sind nicht Teil des Plans. Vorzeitige Rückzahlungen und Vereinbarungen mit dem Darlehensgeber ändern den Plan.";

    public override string Name(StatementLineKind kind) =>
        kind switch
        {
            StatementLineKind.Payout => "Auszahlung",
            StatementLineKind.Payment => "Zahlung",
            StatementLineKind.Return => "Rücklastschrift",
            StatementLineKind.Interest => "Fällige Zinsen",
            StatementLineKind.DefaultInterest => "Verzugszinsen",
            StatementLineKind.Charge => "Gebühr oder Kosten",
            StatementLineKind.Compensation => "Vorfälligkeitsentschädigung",
            StatementLineKind.CostReduction => "Kostenermäßigung",
            StatementLineKind.Waiver => "Verzicht",
            _ => "Sonstige Buchung",
        };

    public override string Name(OwedKind kind) =>
        kind switch
        {
            OwedKind.Principal => "Kapital",
            OwedKind.Interest => "Vertragszinsen",
            OwedKind.DefaultInterest => "Verzugszinsen",
            _ => "Gebühren und Kosten",
        };
}
