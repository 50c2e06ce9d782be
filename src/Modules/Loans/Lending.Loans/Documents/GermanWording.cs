using Lending.Loans.Amortization;
using Lending.Pdf;
using static Lending.Pdf.DocumentLanguage;

namespace Lending.Loans.Documents;

/// <summary>The document in German.</summary>
internal sealed class GermanWording() : Wording(DocumentLanguage.German)
{
    public override string Title => "Darlehensangebot";
    public override string Subtitle => "Informationen zum Verbraucherkredit und Angebot auf Abschluss des Darlehensvertrags";
    public override string OfferNumber => "Angebotsnummer";
    public override string Version => "Version";
    public override string Date => "Datum";
    public override string Lender => "Darlehensgeber";
    public override string Customer => "Darlehensnehmer";
    public override string AmountOfCredit => "Nettodarlehensbetrag";
    public override string MonthlyInstalment => "Monatliche Rate";
    public override string FirstInstalment => "Erste Rate";
    public override string Term => "Laufzeit";
    public override string Aprc => "Effektiver Jahreszins";
    public override string NotComputed => "nicht berechnet";
    public override string AprcShort => "Effektiver Jahreszins";
    public override string TotalPayable => "Gesamtbetrag";

    public override string MainFeatures => "Wesentliche Merkmale des Darlehens";
    public override string CreditType => "Art des Darlehens";
    public override string CreditTypeText => "Verbraucherdarlehen, das in monatlichen Raten zurückgezahlt wird";
    public override string Product => "Produkt";
    public override string CashPrice => "Barzahlungspreis der Ware oder Leistung";
    public override string AmountOwed => "Zu tilgender Betrag";
    public override string BorrowingRate => "Sollzinssatz";
    public override string Instalments => "Raten";
    public override string FirstDueDate => "Erste Rate fällig am";
    public override string LastDueDate => "Letzte Rate fällig am";
    public override string Payout => "Auszahlung";
    public override string PayoutText => "In einer Summe, nachdem dieses Angebot angenommen wurde";
    public override string Allocation => "Verrechnung der Zahlungen";
    public override string AllocationText => "Jede Rate deckt zuerst die fälligen Zinsen, dann die Tilgung";
    public override string Calculation => "Berechnung";

    public override string Costs => "Kosten des Darlehens";
    public override string Interest => "Zinsen";
    public override string UpfrontFee => "Gebühr zu Beginn";
    public override string FinancedFee => "Mitfinanzierte Gebühr";
    public override string MonthlyFees => "Monatliche Gebühren";
    public override string DealerFee => "Händlergebühr, im zu tilgenden Betrag enthalten";
    public override string TotalCostOfCredit => "Gesamtkosten des Darlehens";

    public override string RepresentativeExample => "Repräsentatives Beispiel";

    public override string Withdrawal => "Widerrufsrecht";
    public override string EarlyRepayment => "Vorzeitige Rückzahlung";
    public override string EarlyRepaymentText =>
        "Sie können das Darlehen jederzeit ganz oder teilweise vorzeitig zurückzahlen. Die Gesamtkosten ermäßigen sich dann um die Zinsen und die Kosten, "
        + "die auf die restliche Laufzeit entfallen. Soweit der Darlehensgeber nach dem Gesetz eine Vorfälligkeitsentschädigung verlangen kann, beträgt sie "
        + $"höchstens 1{NoBreakSpace}% des vorzeitig zurückgezahlten Betrags, bei einer restlichen Laufzeit von höchstens einem Jahr 0,5{NoBreakSpace}%, und nie mehr als die "
        + "Sollzinsen, die Sie für die restliche Laufzeit entrichtet hätten.";
    public override string LatePayment => "Verspätete oder ausbleibende Zahlungen";
    public override string LatePaymentText =>
        "Ausbleibende Zahlungen können schwerwiegende Folgen für Sie haben: Verzugszinsen in gesetzlicher Höhe, Kosten der Beitreibung, Kündigung des "
        + "Vertrags und Schwierigkeiten, später ein Darlehen zu erhalten.";
    public override string Validity => "Bindung an das Angebot";

    public override string Acceptance => "Annahme";
    public override string PlaceAndDate => "Ort und Datum";
    public override string Signature => "Unterschrift";
    public override string Verification => "Prüfcode";
    public override string VerificationText =>
        "Der Code nennt diese Version des Angebots und die Prüfsumme ihres Inhalts. Das System des Darlehensgebers antwortet für denselben Inhalt mit "
        + "derselben Prüfsumme: Ein Dokument mit einer anderen ist nicht dieses Angebot.";
    public override string Hash => "SHA-256";

    public override string Schedule => "Tilgungsplan";
    public override string Number => "Nr.";
    public override string DueDate => "Fällig am";
    public override string Payment => "Rate";
    public override string Principal => "Tilgung";
    public override string Fee => "Gebühr";
    public override string Balance => "Restschuld";
    public override string Total => "Summe";

    public override string RateText(OfferDocumentModel offer) =>
        offer.Quote.Terms.RateSteps.Count == 0
            ? $"{Rate(offer.Quote.Terms.AnnualRatePercent)} pro Jahr, gebunden für die gesamte Laufzeit"
            : $"{Rate(offer.Quote.Terms.AnnualRatePercent)} pro Jahr"
                + string.Concat(
                    offer.Quote.Terms.RateSteps.Select(rate => $", ab Rate {rate.FromInstalment}: {Rate(rate.AnnualRatePercent)}")
                )
                + "; gebunden in jedem dieser Abschnitte";

    public override string InstalmentsText(OfferDocumentModel offer)
    {
        var payments = offer.Quote.Instalments;
        var text =
            payments.Count > MostInstalmentsInWords
                ? $"{offer.Quote.Terms.TermMonths} Monatsraten zwischen {Money(payments.Min(run => run.Payment), offer.Currency)} und "
                    + $"{Money(payments.Max(run => run.Payment), offer.Currency)} gemäß Tilgungsplan"
                : string.Join(
                    ", danach ",
                    payments.Select(
                        (run, index) =>
                            $"{CountOf(run)} {(index > 0 ? "zu" : CountOf(run) == 1 ? "Monatsrate zu" : "Monatsraten zu")} {(CountOf(run) == 1 ? "" : "je ")}{Money(run.Payment, offer.Currency)}"
                    )
                );
        return offer.Quote.MonthlyFee == 0
            ? text
            : $"{text}, jeweils zuzüglich einer monatlichen Gebühr von {Money(offer.Quote.MonthlyFee, offer.Currency)}";
    }

    public override string CalculationText(OfferDocumentModel offer)
    {
        var name = offer.Quote.Terms.Method switch
        {
            ScheduleMethod.EqualInstalments => "Gleich hohe Raten (Annuität)",
            ScheduleMethod.DecliningBalance => "Zinsen auf die Restschuld",
            ScheduleMethod.EqualPrincipal => "Gleich hohe Tilgung",
            var method => method.Name(),
        };
        var stub = offer.Quote.Terms.StubDayCount is { } dayCount ? $", die vor dem ersten ganzen Monat nach {dayCount.Name()}" : "";
        return $"{name}; Zinstage nach {offer.Quote.Terms.DayCount.Name()}{stub}; Version {offer.Quote.MethodVersion} des Verfahrens";
    }

    public override string ExampleText(OfferDocumentModel offer)
    {
        var fees = FeesOf(
            offer,
            fee => $"eine Gebühr von {Money(fee, offer.Currency)} zu Beginn",
            fee => $"eine mitfinanzierte Gebühr von {Money(fee, offer.Currency)}",
            _ => $"monatliche Gebühren von insgesamt {Money(offer.TotalMonthlyFees, offer.Currency)}",
            fee => $"eine Händlergebühr von {Money(fee, offer.Currency)}"
        );
        return $"Nettodarlehensbetrag {Money(offer.Quote.AmountOfCredit, offer.Currency)}; Sollzinssatz {RateText(offer)}; Laufzeit {Months(offer.Quote.Terms.TermMonths)}; "
            + $"{InstalmentsText(offer)}. Der Gesamtbetrag beträgt {Money(offer.Quote.TotalPayable, offer.Currency)}, davon sind "
            + $"{Money(offer.Quote.TotalCostOfCredit, offer.Currency)} Gesamtkosten des Darlehens"
            + (fees.Any() ? $"; darin enthalten: {string.Join(", ", fees)}" : "")
            + (
                offer.AprcPercent is null
                    ? ". Der effektive Jahreszins wurde bei Erstellung dieses Angebots nicht berechnet."
                    : $". Der effektive Jahreszins beträgt {AprcRate(offer.AprcPercent)}."
            );
    }

    public override string AprcAssumptionsText(OfferDocumentModel offer) =>
        "Der effektive Jahreszins beziffert die Gesamtkosten des Darlehens als jährlichen Prozentsatz des Nettodarlehensbetrags. Angenommen wird, dass "
        + "der Vertrag für die vereinbarte Laufzeit gilt, dass beide Seiten ihre Verpflichtungen zu den vereinbarten Terminen erfüllen"
        + (offer.Quote.Terms.PayoutDate is { } payout ? $" und dass das Darlehen am {LongDate(payout)} ausgezahlt wird." : ".");

    public override string WithdrawalText(OfferDocumentModel offer) =>
        "Sie können Ihre Vertragserklärung innerhalb von 14 Tagen ohne Angabe von Gründen widerrufen. Die Frist beginnt mit dem Abschluss des Vertrags, "
        + "jedoch nicht, bevor Sie die Vertragsbedingungen und die gesetzlich vorgeschriebenen Angaben erhalten haben. Der Widerruf ist eindeutig zu erklären "
        + $"gegenüber {offer.Lender}, auf Papier oder einem anderen dauerhaften Datenträger (zum Beispiel per E-Mail) oder in Ihrem Konto. Zur Wahrung der "
        + "Frist genügt die rechtzeitige Absendung.";

    public override string WithdrawalConsequences(OfferDocumentModel offer) =>
        "Soweit das Darlehen bereits ausgezahlt wurde, haben Sie es unverzüglich und spätestens innerhalb von 30 Tagen nach Absendung des Widerrufs "
        + "zurückzuzahlen und für die Zeit von der Auszahlung bis zur Rückzahlung den vereinbarten Sollzins zu entrichten: "
        + $"{Money(offer.DailyInterest, offer.Currency)} für jeden Tag, wenn der ganze Betrag ausgezahlt wurde. Weitere Entschädigung kann der "
        + "Darlehensgeber nicht verlangen, ausgenommen Entgelte, die er an öffentliche Stellen gezahlt hat und nicht zurückerhält.";

    public override string ValidityText(OfferDocumentModel offer) =>
        $"Dieses Angebot wird bindend, wenn {offer.Lender} es genehmigt. Sie können es dann bis zum Ende des {offer.ValidityDays}. Tages nach dem Tag der "
        + "Genehmigung annehmen; danach erlischt es.";

    public override string AcceptanceText(OfferDocumentModel offer) =>
        $"Ich habe dieses Dokument erhalten und nehme das Darlehensangebot {offer.OfferId}, Version {offer.Version}, an. "
        + "(Bei Annahme online treten Ihr eingegebener Name, die Version und die Prüfsumme an die Stelle der Unterschrift.)";

    public override string ScheduleText(OfferDocumentModel offer) =>
        $"Alle Beträge in {offer.Currency.Code}. Die Restschuld ist der Betrag, der nach der Rate noch zu tilgen ist.";
}
