using System.Xml.Linq;

namespace Lending.Payments.Sepa;

/// <summary>Reads what became of a file that was handed in. Only what the bank does not carry out is told; the rest shows in the books.</summary>
internal static class StatusReportReader
{
    private const string Rejected = "RJCT";

    public static BankFile Read(XElement report)
    {
        var original = report.IdNeeded("OrgnlGrpInfAndSts", "OrgnlMsgId");
        return new BankFile(
            BankFileKind.StatusReport,
            report.IdNeeded("GrpHdr", "MsgId"),
            [],
            [.. RejectionsOf(report, original).Distinct()]
        );
    }

    private static IEnumerable<PaymentRejection> RejectionsOf(XElement report, string original)
    {
        var file = report.Needed("OrgnlGrpInfAndSts");
        if (file.TextOf("GrpSts") == Rejected)
        {
            return [new(original, null, null, ReasonOf(file))];
        }
        return report.All("OrgnlPmtInfAndSts").SelectMany(part => RejectionsOfPart(part, original));
    }

    private static IEnumerable<PaymentRejection> RejectionsOfPart(XElement part, string original)
    {
        var partId = part.IdNeeded("OrgnlPmtInfId");
        if (part.TextOf("PmtInfSts") == Rejected)
        {
            return [new(original, partId, null, ReasonOf(part))];
        }
        return part.All("TxInfAndSts")
            .Where(payment => payment.TextOf("TxSts") == Rejected)
            .Select(payment => new PaymentRejection(original, partId, payment.IdNeeded("OrgnlEndToEndId"), ReasonOf(payment)));
    }

    private static string? ReasonOf(XElement element) =>
        element.IdOf("StsRsnInf", "Rsn", "Cd") ?? element.IdOf("StsRsnInf", "Rsn", "Prtry");
}
