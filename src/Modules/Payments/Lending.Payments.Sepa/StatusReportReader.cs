using System.Xml.Linq;

namespace Lending.Payments.Sepa;

/// <summary>Reads what became of a file that was handed in. Only what is final is told: what is refused, and what is carried out.</summary>
internal static class StatusReportReader
{
    public static BankFile Read(XElement report)
    {
        var original = report.IdNeeded("OrgnlGrpInfAndSts", "OrgnlMsgId");
        return new BankFile(BankFileKind.StatusReport, report.IdNeeded("GrpHdr", "MsgId"), [], [.. ReportsOf(report, original).Distinct()]);
    }

    private static IEnumerable<PaymentReport> ReportsOf(XElement report, string original)
    {
        var file = report.Needed("OrgnlGrpInfAndSts");
        return OutcomeOf(file.TextOf("GrpSts")) is { } outcome
            ? [new(original, null, null, outcome, ReasonOf(file))]
            : report.All("OrgnlPmtInfAndSts").SelectMany(part => ReportsOfPart(part, original));
    }

    private static IEnumerable<PaymentReport> ReportsOfPart(XElement part, string original)
    {
        var partId = part.IdNeeded("OrgnlPmtInfId");
        if (OutcomeOf(part.TextOf("PmtInfSts")) is { } outcome)
        {
            return [new(original, partId, null, outcome, ReasonOf(part))];
        }
        return part.All("TxInfAndSts")
            .Select(payment => (Payment: payment, Outcome: OutcomeOf(payment.TextOf("TxSts"))))
            .Where(told => told.Outcome is not null)
            .Select(told => new PaymentReport(
                original,
                partId,
                told.Payment.IdNeeded("OrgnlEndToEndId"),
                told.Outcome!.Value,
                ReasonOf(told.Payment)
            ));
    }

    // Accepted, and even accepted for settlement (ACSP), is not final: nothing is done about it.
    private static PaymentOutcome? OutcomeOf(string? status) =>
        status switch
        {
            "RJCT" => PaymentOutcome.Rejected,
            "ACSC" or "ACCC" => PaymentOutcome.Settled,
            _ => null,
        };

    private static string? ReasonOf(XElement element) =>
        element.IdOf("StsRsnInf", "Rsn", "Cd") ?? element.IdOf("StsRsnInf", "Rsn", "Prtry");
}
