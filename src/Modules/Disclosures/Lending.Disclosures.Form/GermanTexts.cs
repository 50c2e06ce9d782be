using System.Globalization;
using Lending.Pdf;
using static Lending.Pdf.DocumentLanguage;

namespace Lending.Disclosures.Form;

/// <summary>The form in German. It is a translation of ours: the wording of the German law's own annex has to take its place.</summary>
internal sealed partial class GermanTexts() : FormTexts(DocumentLanguage.German)
{
    public override string Title => "Europäische Standardinformationen für Verbraucherkredite";

    public override string? Note => "Übersetzung. Maßgeblich ist der Wortlaut des gesetzlichen Musters.";

    public override string MissedPayments =>
        "Ausbleibende oder verspätete Zahlungen können schwerwiegende Folgen für Sie haben, zum Beispiel einen Zwangsverkauf, und es Ihnen erschweren, in "
        + "Zukunft einen Kredit zu erhalten.";

    public override string Withdrawal => "Ja. Sie haben das Recht, innerhalb von 14 Kalendertagen den Kreditvertrag zu widerrufen.";

    public override string OtherDrawdowns =>
        "Andere Arten der Inanspruchnahme können bei dieser Art von Kreditvertrag zu einem höheren effektiven Jahreszins führen.";

    public override string NoAmortisation =>
        "Die Zahlungen bewirken keine unmittelbare Tilgung des Kapitals. Der Vertrag garantiert nicht, dass der in Anspruch genommene Gesamtkreditbetrag durch "
        + "sie zurückgezahlt wird.";

    public override string PersonalisedPrice =>
        "Der Preis wurde auf der Grundlage einer automatisierten Verarbeitung Ihrer Daten, einschließlich Profiling, personalisiert.";

    public override string Compensation =>
        $"Höchstens 1{NoBreakSpace}% des vorzeitig zurückgezahlten Betrags, wenn zwischen der vorzeitigen Rückzahlung und dem vereinbarten Ende mehr als ein Jahr "
        + $"liegt, sonst höchstens 0,5{NoBreakSpace}%; nie mehr als die Zinsen, die Sie in dieser Zeit gezahlt hätten.";

    public override string Database =>
        "Der Kreditgeber muss Sie unverzüglich und unentgeltlich über das Ergebnis einer Datenbankabfrage unterrichten, wenn Ihr Kreditantrag aufgrund einer "
        + "solchen Abfrage abgelehnt wird.";

    public override string DraftAgreement =>
        "Sie haben das Recht, auf Verlangen unentgeltlich eine Kopie des Kreditvertragsentwurfs zu erhalten, solange der Kreditgeber zum Abschluss des Vertrags "
        + "mit Ihnen bereit ist.";

    public override string OtherBreaches =>
        "Auch die Verletzung anderer Pflichten als der Zahlung kann schwerwiegende Folgen für Sie haben: Der Kreditgeber kann Schadensersatz verlangen oder aus "
        + "wichtigem Grund kündigen und die gesamte Restschuld sofort fordern.";

    public override string LanguageOfAgreement =>
        "Informationen und Vertrag sind in deutscher Sprache; der Kreditgeber verständigt sich mit Ihnen auf Deutsch.";

    public override string OfferHash => "SHA-256 des Angebots";

    public override string FormHash => "SHA-256 dieses Formulars";

    protected override IReadOnlyList<string> ScheduleHeaders { get; } =
    ["Nr.", "Fällig am", "Zu zahlen", "Zinsen", "Gebühr", "Tilgung", "Restschuld"];

    protected override string ScheduleSum => "Summe";

    public override string Reference(FormFacts facts) =>
        $"Angebot {facts.Credit.OfferId}, Version {facts.Credit.Version}, gegeben am {Date(facts.GivenOn)}";

    public override string Duration(FormFacts facts) =>
        $"{Months(facts)}, von der Auszahlung am {Date(facts.Credit.PayoutOn)} bis zum {Date(facts.Credit.Instalments[^1].DueOn)}";

    public override string Rates(FormFacts facts) =>
        facts.Credit.LaterRates.Count == 0
            ? $"{Rate(facts.Credit.AnnualRatePercent)} pro Jahr, fest"
            : $"{Rate(facts.Credit.AnnualRatePercent)} pro Jahr, fest, bis Rate {facts.Credit.LaterRates[0].FromInstalment - 1}"
                + string.Concat(
                    facts.Credit.LaterRates.Select(rate => $"; ab Rate {rate.FromInstalment}: {Rate(rate.AnnualRatePercent)}, fest")
                );

    public override string AnnualPercentageRate(FormFacts facts) =>
        facts.Credit.AprcPercent is { } percent ? Annual(percent) : "Bei Erstellung dieses Angebots nicht berechnet";

    public override string TotalPayable(FormFacts facts) =>
        $"{Money(facts.Credit.TotalPayable, facts.Currency)}: der Gesamtkreditbetrag von {Money(facts.Credit.AmountOfCredit, facts.Currency)} und die Gesamtkosten "
        + $"des Kredits von {Money(facts.Credit.TotalCostOfCredit, facts.Currency)}";

    public override string Goods(FormFacts facts) =>
        $"{facts.Goods}\nBarzahlungspreis: {Money(facts.Credit.AmountOfCredit, facts.Currency)}";

    public override string LatePaymentCosts(FormFacts facts) =>
        $"Bei verspäteten Zahlungen werden Ihnen {Points(facts.Creditor.LateRatePointsAboveBaseRate)} Prozentpunkte über dem Basiszinssatz pro Jahr berechnet. Der "
        + "Satz folgt dem Basiszinssatz, der zum 1. Januar und 1. Juli neu festgesetzt wird."
        + (facts.Creditor.DefaultCharges is { } charges ? $"\nVerzugskosten: {charges}" : "");

    public override string Instalments(FormFacts facts) =>
        (
            AreFew(facts)
                ? $"Sie müssen Folgendes zahlen: {string.Join(", danach ", facts.Runs.Select((run, index) => $"{Count(run.Count, index)} {(run.Count == 1 ? "zu" : "zu je")} {Money(run.Payment, facts.Currency)}"))}"
                : $"Sie müssen Folgendes zahlen: {facts.Credit.Instalments.Count} Monatsraten zwischen {Money(facts.Runs.Min(run => run.Payment), facts.Currency)} und "
                    + $"{Money(facts.Runs.Max(run => run.Payment), facts.Currency)}, wie der Tilgungsplan sie aufführt"
        )
        + $", die erste am {Date(facts.Credit.Instalments[0].DueOn)}."
        + (
            facts.Credit.MonthlyFee == 0
                ? ""
                : $" Mit jeder Rate wird eine Gebühr von {Money(facts.Credit.MonthlyFee, facts.Currency)} gezahlt."
        )
        + (
            facts.Credit.UpfrontFee == 0
                ? ""
                : $" Am Tag der Auszahlung wird eine Gebühr von {Money(facts.Credit.UpfrontFee, facts.Currency)} gezahlt."
        )
        + "\nJede Rate deckt zuerst die fälligen Zinsen, dann das Kapital.";

    public override string EarlyRepayment(FormFacts facts) =>
        facts.Creditor.AsksForCompensation
            ? "Ja. Dem Kreditgeber steht bei vorzeitiger Rückzahlung eine Entschädigung zu."
            : "Ja. Der Kreditgeber verlangt keine Entschädigung.";

    public override string CreditType(FormFacts facts) =>
        facts.Goods is null
            ? "Ratenkredit, der in monatlichen Raten zurückgezahlt wird"
            : "Ratenkredit, der mit dem oben genannten Kauf verbunden ist und in monatlichen Raten zurückgezahlt wird";

    public override string Drawdown(FormFacts facts) =>
        $"Auszahlung in einer Summe nach Abschluss des Vertrags; geplant für den {Date(facts.Credit.PayoutOn)}";

    public override string RateConditions(FormFacts facts) =>
        $"{Rates(facts)}. "
        + (
            facts.Credit.LaterRates.Count == 0
                ? "Der Satz ist für die gesamte Laufzeit fest und hängt von keinem Index oder Referenzzinssatz ab."
                : "Jeder Satz ist für seine Raten fest; die Änderungen sind im Voraus vereinbart und hängen von keinem Index oder Referenzzinssatz ab."
        );

    public override string Example(FormFacts facts)
    {
        var fees = FeesOf(
            facts,
            fee => $"eine Gebühr von {Money(fee, facts.Currency)} zu Beginn",
            fee => $"eine mitfinanzierte Gebühr von {Money(fee, facts.Currency)}",
            _ => $"monatliche Gebühren von insgesamt {Money(facts.TotalMonthlyFees, facts.Currency)}",
            fee => $"eine Händlergebühr von {Money(fee, facts.Currency)}"
        );
        return $"Nach Ihren Wünschen zu Betrag und Laufzeit: {Money(facts.Credit.AmountOfCredit, facts.Currency)} über {Months(facts)} zu {Rates(facts)}. Der "
            + $"Gesamtbetrag beträgt {Money(facts.Credit.TotalPayable, facts.Currency)}, davon sind {Money(facts.Credit.TotalCostOfCredit, facts.Currency)} "
            + "Gesamtkosten des Kredits"
            + (fees.Any() ? $"; darin enthalten: {string.Join(", ", fees)}" : "")
            + (facts.Credit.AprcPercent is { } percent ? $". Der effektive Jahreszins beträgt {Annual(percent)}." : ".")
            + $"\nAngenommen wird: Der Kredit wird am {Date(facts.Credit.PayoutOn)} in voller Höhe ausgezahlt, der Vertrag gilt für die vereinbarte Laufzeit, beide "
            + "Seiten erfüllen ihre Verpflichtungen zu den vereinbarten Terminen, und Sätze und Kosten bleiben, wie sie hier stehen.";
    }

    public override string AncillaryServices(FormFacts facts) =>
        facts.Creditor.AncillaryServices is { } services
            ? $"Ja, um den Kredit überhaupt oder zu diesen Bedingungen zu erhalten: {services}"
            : "Weder eine Versicherung zur Absicherung des Kredits noch eine andere Nebenleistung ist vorgeschrieben.";

    public override string Charges(FormFacts facts) =>
        string.Join(
            '\n',
            FeesOf(
                    facts,
                    fee => $"{Money(fee, facts.Currency)}, zu zahlen am Tag der Auszahlung",
                    fee => $"{Money(fee, facts.Currency)}, dem Kapital zugeschlagen und mit ihm zurückgezahlt",
                    fee => $"{Money(fee, facts.Currency)} mit jeder Rate, insgesamt {Money(facts.TotalMonthlyFees, facts.Currency)}",
                    fee => $"{Money(fee, facts.Currency)}, die der Händler dem Kreditgeber überlässt, im Kapital enthalten"
                )
                .Concat(facts.Creditor.AccountCharges is { } charges ? [charges] : [])
                .Append("Diese Kosten ändern sich während der Laufzeit nicht.")
        );

    public override string Validity(FormFacts facts) =>
        $"Die Angaben in diesem Formular gelten vom {Date(facts.GivenOn)} bis zum {Date(facts.ValidThrough!.Value)}.";

    public override string ScheduleReference(FormFacts facts) =>
        "Alle Zahlungen stehen am Ende dieses Formulars. Sie enthalten jede Gebühr, die mit einer Rate gezahlt wird; ihre Summe beträgt "
        + $"{Money(facts.Credit.TotalPayable - facts.Credit.UpfrontFee, facts.Currency)}."
        + (facts.Credit.LaterRates.Count == 0 ? "" : " Zahlungen zu späteren Sätzen sind mit den im Voraus vereinbarten Sätzen berechnet.");

    public override string HowToWithdraw(FormFacts facts) =>
        $"Erklären Sie den Widerruf gegenüber {facts.Credit.Lender} innerhalb von 14 Kalendertagen nach Abschluss des Vertrags oder, falls später, nach Erhalt seiner "
        + $"Bedingungen, eindeutig auf Papier oder einem anderen dauerhaften Datenträger (zum Beispiel per E-Mail an {facts.Creditor.Email}) oder in Ihrem Konto; Gründe "
        + "sind nicht nötig, rechtzeitiges Absenden genügt. Zahlen Sie innerhalb von 30 Kalendertagen nach dem Absenden zurück, was ausgezahlt wurde, mit Zinsen von "
        + $"{Money(facts.Credit.DailyInterest, facts.Currency)} für jeden Tag, wenn der ganze Betrag ausgezahlt wurde.";

    protected override string ScheduleCaption(FormFacts facts) =>
        $"Tilgungsplan. Alle Beträge in {facts.Credit.Currency}; die Restschuld ist, was nach der Rate noch zurückzuzahlen ist.";

    protected override string Contact(string address, string phone, string email, string? website) =>
        $"{address}\nTelefon: {phone}\nE-Mail: {email}" + (website is null ? "" : $"\nInternet: {website}");

    private static string Count(int count, int index) =>
        count.ToString(CultureInfo.InvariantCulture)
        + (
            index > 0 ? ""
            : count == 1 ? " Monatsrate"
            : " Monatsraten"
        );
}
