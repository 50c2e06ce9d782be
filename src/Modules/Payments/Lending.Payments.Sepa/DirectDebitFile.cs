using System.Xml;

namespace Lending.Payments.Sepa;

/// <summary>A file of debits for the creditor's bank: pain.008.001.08, CORE, in euros.</summary>
/// <param name="MessageId">What the bank knows the file by, at most 27 characters: it takes none twice.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Creditor">Who is paid.</param>
/// <param name="CreditorIdentifier">The creditor's identifier.</param>
/// <param name="Debits">The debits.</param>
public sealed record DirectDebitFile(
    string MessageId,
    DateTimeOffset CreatedAt,
    PaymentParty Creditor,
    string CreditorIdentifier,
    IReadOnlyCollection<DirectDebit> Debits
)
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";

    /// <summary>The id of the part of a message that has the debits of one day and sequence type.</summary>
    public static string PartId(string messageId, DateOnly collectOn, SequenceType sequence) =>
        SepaFile.Id($"{messageId}-{SepaFile.MonthDay(collectOn)}{CodeOf(sequence)[0]}{CodeOf(sequence)[^1]}");

    /// <summary>The file: one part for each day and sequence type.</summary>
    public byte[] Write() =>
        SepaFile.Write(
            Namespace,
            "CstmrDrctDbtInitn",
            xml =>
            {
                xml.Header(MessageId, CreatedAt, Creditor.Name, [.. Debits.Select(debit => debit.Amount)]);
                foreach (
                    var part in Debits
                        .GroupBy(debit => (debit.CollectOn, debit.Sequence))
                        .OrderBy(part => part.Key.CollectOn)
                        .ThenBy(part => part.Key.Sequence)
                )
                {
                    xml.Group("PmtInf", () => WritePart(xml, part.Key.CollectOn, part.Key.Sequence, [.. part]));
                }
            }
        );

    private void WritePart(XmlWriter xml, DateOnly collectOn, SequenceType sequence, IReadOnlyList<DirectDebit> debits)
    {
        xml.Text("PmtInfId", PartId(MessageId, collectOn, sequence));
        xml.Text("PmtMtd", "DD");
        xml.Sums([.. debits.Select(debit => debit.Amount)]);
        xml.Group(
            "PmtTpInf",
            () =>
            {
                xml.Group("SvcLvl", () => xml.Text("Cd", "SEPA"));
                xml.Group("LclInstrm", () => xml.Text("Cd", "CORE"));
                xml.Text("SeqTp", CodeOf(sequence));
            }
        );
        xml.Text("ReqdColltnDt", SepaFile.Day(collectOn));
        xml.Party("Cdtr", Creditor);
        xml.Account("CdtrAcct", Creditor.Iban);
        xml.Agent("CdtrAgt", Creditor.Bic);
        xml.Text("ChrgBr", "SLEV");
        xml.Group("CdtrSchmeId", () => xml.Group("Id", () => xml.Group("PrvtId", () => xml.Group("Othr", () => WriteCreditorId(xml)))));
        foreach (var debit in debits)
        {
            xml.Group("DrctDbtTxInf", () => WriteDebit(xml, debit));
        }
    }

    private void WriteCreditorId(XmlWriter xml)
    {
        xml.Text("Id", CreditorIdentifier);
        xml.Group("SchmeNm", () => xml.Text("Prtry", "SEPA"));
    }

    private static void WriteDebit(XmlWriter xml, DirectDebit debit)
    {
        xml.Group("PmtId", () => xml.Text("EndToEndId", SepaFile.Id(debit.EndToEndId)));
        xml.Euros("InstdAmt", debit.Amount);
        xml.Group(
            "DrctDbtTx",
            () =>
                xml.Group(
                    "MndtRltdInf",
                    () =>
                    {
                        xml.Text("MndtId", SepaFile.Id(debit.MandateReference));
                        xml.Text("DtOfSgntr", SepaFile.Day(debit.SignedOn));
                    }
                )
        );
        xml.Agent("DbtrAgt", debit.Debtor.Bic);
        xml.Party("Dbtr", debit.Debtor);
        xml.Account("DbtrAcct", debit.Debtor.Iban);
        xml.Remittance(debit.Remittance);
    }

    private static string CodeOf(SequenceType sequence) =>
        sequence switch
        {
            SequenceType.First => "FRST",
            SequenceType.Recurring => "RCUR",
            SequenceType.Final => "FNAL",
            _ => "OOFF",
        };
}
