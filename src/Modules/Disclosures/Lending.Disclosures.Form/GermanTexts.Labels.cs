namespace Lending.Disclosures.Form;

/// <content>The headings and labels of the form in German.</content>
internal sealed partial class GermanTexts
{
    public override IReadOnlyDictionary<string, string> Headings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormRows.KeyInformation] = "Wesentliche Informationen, Teil I",
            [FormRows.MoreKeyInformation] = "Wesentliche Informationen, Teil II",
            [FormRows.Features] = "Zusätzliche Informationen: 1. Hauptmerkmale des Kredits",
            [FormRows.Costs] = "Zusätzliche Informationen: 2. Kreditkosten",
            [FormRows.Legal] = "Zusätzliche Informationen: 3. Andere wichtige rechtliche Aspekte",
            [FormRows.Distance] = "Zusätzliche Informationen: 4. Fernabsatz von Finanzdienstleistungen",
        };

    public override IReadOnlyDictionary<string, (string Label, string? Explanation)> Labels { get; } =
        new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
        {
            ["creditor"] = ("Kreditgeber", null),
            ["intermediary"] = ("Kreditvermittler", null),
            ["amount-of-credit"] = (
                "Gesamtkreditbetrag",
                "Obergrenze oder Summe aller Beträge, die aufgrund des Kreditvertrags zur Verfügung gestellt werden."
            ),
            ["duration"] = ("Laufzeit des Kreditvertrags", null),
            ["borrowing-rate"] = ("Sollzinssatz", null),
            ["annual-percentage-rate"] = (
                "Effektiver Jahreszins",
                "Gesamtkosten als jährlicher Prozentsatz des Gesamtkreditbetrags. Er hilft Ihnen, verschiedene Angebote zu vergleichen."
            ),
            ["total-payable"] = (
                "Von Ihnen zu zahlender Gesamtbetrag",
                "Betrag des geliehenen Kapitals zuzüglich Zinsen und etwaiger Kosten im Zusammenhang mit Ihrem Kredit."
            ),
            ["goods"] = ("Ware oder Dienstleistung, mit der der Kredit verbunden ist", null),
            ["late-payment-costs"] = ("Kosten bei Zahlungsverzug", null),
            ["instalments"] = ("Teilzahlungen und die Reihenfolge, in der sie angerechnet werden", null),
            ["missed-payments"] = ("Warnhinweis: ausbleibende oder verspätete Zahlungen", null),
            ["withdrawal"] = ("Widerrufsrecht", null),
            ["early-repayment"] = (
                "Vorzeitige Rückzahlung",
                "Sie haben das Recht, den Kredit jederzeit ganz oder teilweise vorzeitig zurückzuzahlen."
            ),
            ["creditor-contact"] = ("Anschrift des Kreditgebers", null),
            ["intermediary-contact"] = ("Anschrift des Kreditvermittlers", null),
            ["credit-type"] = ("Kreditart", null),
            ["drawdown"] = ("Bedingungen für die Inanspruchnahme", "Wie und wann Sie das Geld erhalten."),
            ["other-drawdowns"] = ("Andere Arten der Inanspruchnahme", null),
            ["sureties"] = ("Verlangte Sicherheiten", "Die Sicherheiten, die Sie im Zusammenhang mit dem Kreditvertrag stellen."),
            ["no-amortisation"] = ("Keine unmittelbare Tilgung des Kapitals", null),
            ["personalised-price"] = ("Personalisierter Preis", null),
            ["rate-conditions"] = ("Sollzinssatz: Art, Zeiträume und Änderungen", null),
            ["representative-example"] = ("Effektiver Jahreszins: repräsentatives Beispiel und Annahmen", null),
            ["ancillary-services"] = ("Vorgeschriebene Versicherung oder andere Nebenleistung", null),
            ["charges"] = ("Kosten, und wann sie sich ändern können", null),
            ["notary"] = ("Notarkosten", null),
            ["compensation"] = ("Entschädigung bei vorzeitiger Rückzahlung", null),
            ["database"] = ("Datenbankabfrage", null),
            ["draft-agreement"] = ("Recht auf einen Kreditvertragsentwurf", null),
            ["validity"] = ("Wie lange der Kreditgeber an diese Informationen gebunden ist", null),
            ["redress"] = ("Außergerichtliche Beschwerde und Rechtsbehelfe", null),
            ["other-breaches"] = ("Warnhinweis: andere Verletzungen des Vertrags", null),
            ["schedule"] = ("Tilgungsplan", null),
            ["representative"] = ("Vertreter des Kreditgebers in Ihrem Land", null),
            ["register"] = ("Register und Nummer", null),
            ["supervisor"] = ("Aufsichtsbehörde", null),
            ["how-to-withdraw"] = ("Ausübung des Widerrufsrechts", null),
            ["law-and-court"] = ("Anwendbares Recht und zuständiges Gericht", null),
            ["language"] = ("Sprache", null),
        };
}
