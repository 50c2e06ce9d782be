namespace Lending.Servicing.LedgerExports;

/// <summary>The columns of a batch of bookings, version 9, and the words that stand in them.</summary>
internal static class DatevColumns
{
    // Places of the columns that have a value.
    public const int Amount = 0;
    public const int DebitOrCredit = 1;
    public const int Currency = 2;
    public const int Account = 6;
    public const int ContraAccount = 7;
    public const int Day = 9;
    public const int Voucher = 10;
    public const int Text = 13;
    public const int NoteKind = 47;
    public const int Note = 48;
    public const int IsLocked = 113;

    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Umsatz (ohne Soll/Haben-Kz)",
        "Soll/Haben-Kennzeichen",
        "WKZ Umsatz",
        "Kurs",
        "Basis-Umsatz",
        "WKZ Basis-Umsatz",
        "Konto",
        "Gegenkonto (ohne BU-Schlüssel)",
        "BU-Schlüssel",
        "Belegdatum",
        "Belegfeld 1",
        "Belegfeld 2",
        "Skonto",
        "Buchungstext",
        "Postensperre",
        "Diverse Adressnummer",
        "Geschäftspartnerbank",
        "Sachverhalt",
        "Zinssperre",
        "Beleglink",
        .. Enumerable.Range(1, 8).SelectMany(number => new[] { $"Beleginfo - Art {number}", $"Beleginfo - Inhalt {number}" }),
        "KOST1 - Kostenstelle",
        "KOST2 - Kostenstelle",
        "Kost-Menge",
        "EU-Land u. UStID",
        "EU-Steuersatz",
        "Abw. Versteuerungsart",
        "Sachverhalt L+L",
        "Funktionsergänzung L+L",
        "BU 49 Hauptfunktionstyp",
        "BU 49 Hauptfunktionsnummer",
        "BU 49 Funktionsergänzung",
        .. Enumerable
            .Range(1, 20)
            .SelectMany(number => new[] { $"Zusatzinformation - Art {number}", $"Zusatzinformation - Inhalt {number}" }),
        "Stück",
        "Gewicht",
        "Zahlweise",
        "Forderungsart",
        "Veranlagungsjahr",
        "Zugeordnete Fälligkeit",
        "Skontotyp",
        "Auftragsnummer",
        "Buchungstyp",
        "USt-Schlüssel (Anzahlungen)",
        "EU-Land (Anzahlungen)",
        "Sachverhalt L+L (Anzahlungen)",
        "EU-Steuersatz (Anzahlungen)",
        "Erlöskonto (Anzahlungen)",
        "Herkunft-Kz",
        "Buchungs GUID",
        "KOST-Datum",
        "SEPA-Mandatsreferenz",
        "Skontosperre",
        "Gesellschaftername",
        "Beteiligtennummer",
        "Identifikationsnummer",
        "Zeichnernummer",
        "Postensperre bis",
        "Bezeichnung SoBil-Sachverhalt",
        "Kennzeichen SoBil-Buchung",
        "Festschreibung",
        "Leistungsdatum",
        "Datum Zuord. Steuerperiode",
        "Fälligkeit",
        "Generalumkehr (GU)",
        "Steuersatz",
        "Land",
    ];

    private static readonly Dictionary<string, string> Causes = new(StringComparer.Ordinal)
    {
        ["tranche"] = "Auszahlung",
        ["payment"] = "Zahlung",
        ["extra-repayment"] = "Sondertilgung",
        ["bank-return"] = "Rücklastschrift",
        ["installer-refund"] = "Erstattung des Händlers",
        ["goodwill"] = "Kulanz",
        ["credit-refund"] = "Erstattung Guthaben",
        ["call-due"] = "Kündigung",
        ["withdrawal"] = "Widerruf",
        ["write-off"] = "Abschreibung",
        ["waiver"] = "Verzicht",
        ["reschedule"] = "Planänderung",
        ["re-age"] = "Planänderung",
        ["re-amortise"] = "Planänderung",
        ["interest"] = "Zinsabgrenzung",
        ["due"] = "Fälligkeit einer Rate",
        ["default-interest"] = "Verzugszinsen",
        ["fee"] = "Gebühr",
        ["penalty"] = "Strafgebühr",
        ["enforcement-costs"] = "Kosten der Rechtsverfolgung",
        ["charge"] = "Gebühr oder Kosten",
        ["compensation"] = "Vorfälligkeitsentschädigung",
        ["cost-reduction"] = "Kostenermäßigung",
        ["dealer-fee"] = "Händlergebühr",
        ["credit"] = "Verrechnung Guthaben",
        ["tolerance"] = "Verzicht auf Restbetrag",
    };

    /// <summary>What an entry is for, in German; what is not known by name, as it is called.</summary>
    public static string TextOf(string cause) => Causes.TryGetValue(cause, out var text) ? text : cause[..Math.Min(cause.Length, 60)];
}
