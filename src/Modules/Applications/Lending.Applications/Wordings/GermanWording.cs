using System.Globalization;
using Lending.Applications.Bureau;
using Lending.Applications.Scoring;

namespace Lending.Applications.Wordings;

internal sealed class GermanWording : Wording
{
    public override string Language => "de";

    public override string ByRules => "Die Entscheidung fiel automatisch, nach festen Regeln.";

    public override string ByPerson => "Ein Mensch hat entschieden.";

    public override string Procedure =>
        "Zuerst berechnen wir, was von Ihrem Monatseinkommen nach Lebenshaltung, Wohnen, anderen Krediten und der neuen Rate übrig bleibt, und welcher Teil des "
        + "Einkommens an Kredite geht. Dann zählen Punkte für sechs Dinge: die Klasse der Auskunftei, der Teil des Einkommens für Kredite, wie oft die Rate "
        + "übrig bleibt, Ihre Arbeit, geplatzte Zahlungen der letzten 12 Monate und Ihr eigener Anteil am Preis. Was das Leben mindestens "
        + "kostet, kann vom Land abhängen, in dem Sie wohnen; sonst zählen Alter, Name, Anschrift und Staatsangehörigkeit nicht.";

    public override string Rights =>
        "Sie können verlangen, dass ein Mensch die Entscheidung prüft, Ihren Standpunkt darlegen und die Entscheidung anfechten: Fordern Sie zu Ihrem Antrag "
        + "eine Überprüfung an, oder schreiben Sie uns.";

    public override string DebtAdvice =>
        "Wenn Schulden Sie belasten, helfen Beratungsstellen der Verbraucherzentralen, der Wohlfahrtsverbände und Ihrer Gemeinde, meist kostenlos.";

    public override string NoBureau => "Es wurde keine Auskunftei nach Ihnen gefragt.";

    protected override CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("de-DE");

    public override string Reason(string code) =>
        code switch
        {
            RuleCode.Surplus => "Von Ihrem Einkommen bliebe im Monat zu wenig übrig.",
            RuleCode.Dsti => "Ein zu großer Teil Ihres Einkommens ginge an Kredite.",
            DecisionReason.BureauUnavailable => "Die Auskunftei hat nicht rechtzeitig geantwortet.",
            DecisionReason.BureauAmbiguous => "Die Auskunftei konnte nicht sicher sagen, welche Person gemeint ist.",
            DecisionReason.CountryUnknown => "Für das Land, in dem Sie wohnen, ist nicht festgelegt, was das Leben mindestens kostet.",
            CharacteristicCode.BureauClass => "Die Klasse der Auskunftei kostet Punkte.",
            CharacteristicCode.DebtService => "Der Teil Ihres Einkommens, der an Kredite geht, kostet Punkte.",
            CharacteristicCode.Reserve => "Was im Monat übrig bleibt, gemessen an der Rate, kostet Punkte.",
            CharacteristicCode.Employment => "Art oder Dauer Ihrer Arbeit kostet Punkte.",
            CharacteristicCode.Arrears => "Geplatzte Zahlungen der letzten 12 Monate kosten Punkte.",
            CharacteristicCode.OwnShare => "Der Teil des Preises, den Sie selbst zahlen, kostet Punkte.",
            RefusalCode.EvidenceMissing => "Ihre Angaben sind nicht ausreichend belegt.",
            RefusalCode.EvidenceContradictory => "Ihre Angaben passen nicht zu den Nachweisen.",
            RefusalCode.IdentityUncertain => "Es steht nicht sicher fest, dass der Antrag von Ihnen ist.",
            RefusalCode.ConditionsNotMet => "Was für die Genehmigung noch fehlte, ist nicht gekommen.",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There is no text for it."),
        };

    public override string Bureau(string name, string contact, ScoreInquiry inquiry)
    {
        var answer = inquiry.Outcome switch
        {
            BureauOutcome.Hit => $"Sie antwortete mit Klasse {inquiry.Class} von 5; 1 ist die beste.",
            BureauOutcome.None => "Sie weiß nichts von Ihnen.",
            BureauOutcome.Ambiguous => "Sie konnte nicht sagen, welche Person gemeint ist.",
            _ => "Sie hat nicht geantwortet.",
        };
        var named = contact.Length == 0 ? name : $"{name} ({contact})";
        return $"Wir haben die Auskunftei {named} nach Ihnen gefragt, mit Name, Anschrift, Betrag und Laufzeit. {answer}";
    }

    protected override string WouldPass(IReadOnlyList<string> changes) => $"Es würde genügen: {string.Join(" und ", changes)}.";

    protected override string Change(CounterfactualChange change, string currency) =>
        change.Fact switch
        {
            ChangedFact.Instalment => $"eine Rate bis {Amount(change.Value, currency)}",
            ChangedFact.NetIncome => $"ein Nettoeinkommen ab {Amount(change.Value, currency)} im Monat",
            ChangedFact.BureauClass => $"Klasse {Number(change.Value)} der Auskunftei oder besser",
            ChangedFact.Employment =>
                $"{Work(change.Employment)}{(change.Value > 0 ? $" seit mindestens {Number(change.Value)} Monaten" : "")}",
            ChangedFact.Arrears => $"höchstens {Number(change.Value)} geplatzte Zahlungen in 12 Monaten",
            ChangedFact.OwnShare => $"ein eigener Anteil ab {Number(change.Value)} %",
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Fact, "There is no text for it."),
        };

    private static string Work(Employment? employment) =>
        employment switch
        {
            Employment.Permanent => "unbefristete Arbeit",
            Employment.FixedTerm => "befristete Arbeit",
            Employment.SelfEmployed => "selbstständige Arbeit",
            Employment.Pension => "eine Rente",
            _ => "anderes Einkommen",
        };
}
