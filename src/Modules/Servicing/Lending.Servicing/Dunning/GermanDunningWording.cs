using Lending.Pdf;
using Lending.Servicing.Books;

namespace Lending.Servicing.Dunning;

/// <summary>Letters in German.</summary>
internal sealed class GermanDunningWording() : DunningWording(DocumentLanguage.German)
{
    protected override string NoticeTitle => "Letzte Mahnung vor der Kündigung des Darlehens";
    protected override string Help =>
        "Wenn Sie nicht zahlen können, sprechen Sie bitte mit uns: Wir suchen gemeinsam nach einer Lösung, zum Beispiel einer Stundung oder kleineren Raten. "
        + "Verbraucherzentralen und Wohlfahrtsverbände bieten kostenlose und unabhängige Schuldnerberatung an.";
    protected override string NoticeHelp =>
        "Wir bieten Ihnen ein Gespräch über die Möglichkeiten einer einvernehmlichen Regelung an, zum Beispiel eine Stundung oder kleinere Raten: Bitte melden Sie sich "
        + "innerhalb dieser Frist. Verbraucherzentralen und Wohlfahrtsverbände bieten kostenlose und unabhängige Schuldnerberatung an.";
    protected override string Charges => "Gebühren und Kosten";
    protected override string Credit => "Ihr Guthaben";

    protected override string Title(int level) => level == 1 ? "Zahlungserinnerung" : $"{level}. Mahnung";

    protected override string Salutation(string name) => $"Guten Tag {name},";

    protected override string Demand(string total, string on, string payBy, Guid accountId, string? payTo) =>
        $"am {on} sind auf Ihrem Darlehenskonto {accountId} insgesamt {total} überfällig. Bitte zahlen Sie diesen Betrag bis zum {payBy} "
        + (payTo is null ? "und geben Sie dabei das Darlehenskonto an. " : $"auf dieses Konto: {payTo}. ")
        + "Haben Sie inzwischen gezahlt, ist dieses Schreiben gegenstandslos.";

    protected override string Consequence(LoanLaw law)
    {
        var (points, norm) =
            law.IsConsumersSecuredByLand ? ("zweieinhalb", "§\u00a0497 Abs.\u00a04")
            : law.IsConsumers ? ("fünf", "§§\u00a0288, 497")
            : ("fünf", "§\u00a0288");
        return $"Für überfällige Beträge fallen Verzugszinsen von {points} Prozentpunkten über dem Basiszinssatz pro Jahr an ({norm} BGB). Dieses Schreiben kostet Sie nichts.";
    }

    protected override string NoticeConsequence(LoanLaw law, string total, string payBy) =>
        $"Zahlen Sie den rückständigen Betrag von {total} nicht innerhalb von zwei Wochen nach Zugang dieses Schreibens, verlangen wir die gesamte Restschuld "
        + $"(§ {(law.IsConsumers ? 498 : 314)} BGB). Eine Zahlung, die bis zum {payBy} eingeht, ist in jedem Fall rechtzeitig. {Consequence(law)}";

    protected override string Instalment(string dueOn) => $"Rate, fällig am {dueOn}";

    protected override string DefaultInterest(string until) => $"Verzugszinsen bis {until}";
}
