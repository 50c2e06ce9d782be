using System.Xml;

namespace Lending.Payments.Sepa;

/// <summary>A file of transfers for the payer's bank: pain.001.001.09, in euros.</summary>
/// <param name="MessageId">What the bank knows the file by, at most 30 characters: it takes none twice.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="Transfers">The transfers.</param>
public sealed record CreditTransferFile(
    string MessageId,
    DateTimeOffset CreatedAt,
    PaymentParty Payer,
    IReadOnlyCollection<CreditTransfer> Transfers
)
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    /// <summary>The id of the part of a message that has the transfers of one day.</summary>
    public static string PartId(string messageId, DateOnly executeOn) => SepaFile.Id($"{messageId}-{SepaFile.MonthDay(executeOn)}");

    /// <summary>The file: one part for each day.</summary>
    public byte[] Write() =>
        SepaFile.Write(
            Namespace,
            "CstmrCdtTrfInitn",
            xml =>
            {
                xml.Header(MessageId, CreatedAt, Payer.Name, [.. Transfers.Select(transfer => transfer.Amount)]);
                foreach (var part in Transfers.GroupBy(transfer => transfer.ExecuteOn).OrderBy(part => part.Key))
                {
                    xml.Group("PmtInf", () => WritePart(xml, part.Key, [.. part]));
                }
            }
        );

    private void WritePart(XmlWriter xml, DateOnly executeOn, IReadOnlyList<CreditTransfer> transfers)
    {
        xml.Text("PmtInfId", PartId(MessageId, executeOn));
        xml.Text("PmtMtd", "TRF");
        xml.Sums([.. transfers.Select(transfer => transfer.Amount)]);
        xml.Group("PmtTpInf", () => xml.Group("SvcLvl", () => xml.Text("Cd", "SEPA")));
        xml.Group("ReqdExctnDt", () => xml.Text("Dt", SepaFile.Day(executeOn)));
        xml.Party("Dbtr", Payer);
        xml.Account("DbtrAcct", Payer.Iban);
        xml.Agent("DbtrAgt", Payer.Bic);
        xml.Text("ChrgBr", "SLEV");
        foreach (var transfer in transfers)
        {
            xml.Group("CdtTrfTxInf", () => WriteTransfer(xml, transfer));
        }
    }

    private static void WriteTransfer(XmlWriter xml, CreditTransfer transfer)
    {
        xml.Group("PmtId", () => xml.Text("EndToEndId", SepaFile.Id(transfer.EndToEndId)));
        xml.Group("Amt", () => xml.Euros("InstdAmt", transfer.Amount));
        if (transfer.Creditor.Bic is { } bic)
        {
            xml.Agent("CdtrAgt", bic);
        }
        xml.Party("Cdtr", transfer.Creditor);
        xml.Account("CdtrAcct", transfer.Creditor.Iban);
        xml.Remittance(transfer.Remittance);
    }
}
