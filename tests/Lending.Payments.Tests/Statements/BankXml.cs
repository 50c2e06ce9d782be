using System.Globalization;
using Lending.Testing;

namespace Lending.Payments.Tests.Statements;

/// <summary>Files of a bank that is made up.</summary>
internal static class BankXml
{
    /// <summary>A statement with these entries.</summary>
    public static string Statement(params string[] entries) => StatementOf(Unique.Text(), entries);

    public static string StatementOf(string id, params string[] entries) => PageOf(id, page: null, entries);

    /// <summary>A page of a statement that has several.</summary>
    public static string PageOf(string id, int? page, params string[] entries) =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{id}</MsgId></GrpHdr>
            <Stmt><Id>{id}</Id>{(
                page is null ? "" : $"<StmtPgntn><PgNb>{page}</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
            )}<Acct><Id><IBAN>{PaymentsFixture.OwnIban}</IBAN></Id><Ccy>EUR</Ccy></Acct>{string.Concat(
                entries
            )}</Stmt></BkToCstmrStmt></Document>
            """;

    /// <summary>A notice with these entries.</summary>
    public static string Notice(params string[] entries)
    {
        var id = Unique.Text();
        return $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>{id}</MsgId></GrpHdr>
            <Ntfctn><Id>{id}</Id><Acct><Id><IBAN>{PaymentsFixture.OwnIban}</IBAN></Id></Acct>{string.Concat(
                entries
            )}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
            """;
    }

    /// <summary>What was not carried out of a file.</summary>
    public static string Report(string messageId, string group, string parts = "") =>
        $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>{Unique.Text()}</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>{messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>{parts}</CstmrPmtStsRpt></Document>
            """;

    /// <summary>Money that came by a debit of ours.</summary>
    public static string Paid(string endToEndId, decimal amount, string day = "2026-06-16") =>
        Entry(amount, "CRDT", day, $"<NtryDtls><TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs></TxDtls></NtryDtls>");

    /// <summary>Money of ours that the bank has sent.</summary>
    public static string Sent(string endToEndId, decimal amount, string day = "2026-06-16") =>
        Entry(amount, "DBIT", day, $"<NtryDtls><TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs></TxDtls></NtryDtls>");

    /// <summary>Money of ours that was sent and came back.</summary>
    public static string SentBack(string endToEndId, decimal amount, string reason, string day = "2026-06-18") =>
        Entry(
            amount,
            "CRDT",
            day,
            $"""
            <NtryDtls><TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs><RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf></TxDtls></NtryDtls>
            """
        );

    /// <summary>Money of a debit of ours that went back, with what the bank took for it.</summary>
    public static string Returned(string endToEndId, decimal amount, string reason, decimal fee = 0, string day = "2026-06-18") =>
        Entry(
            amount + fee,
            "DBIT",
            day,
            $"""
            <NtryDtls><TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs><AmtDtls><InstdAmt><Amt Ccy="EUR">{Text(
                amount
            )}</Amt></InstdAmt></AmtDtls>
            <RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf></TxDtls></NtryDtls>
            """
        );

    /// <summary>A transfer that came.</summary>
    public static string Transfer(
        decimal amount,
        string remittance,
        string? iban = null,
        string? bankReference = null,
        string day = "2026-06-12"
    ) =>
        Entry(
            amount,
            "CRDT",
            day,
            $"""
            <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
            <RltdPties><Dbtr><Pty><Nm>Erika Muster</Nm></Pty></Dbtr>{(
                iban is null ? "" : $"<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct>"
            )}</RltdPties>
            <RmtInf><Ustrd>{remittance}</Ustrd></RmtInf></TxDtls></NtryDtls>
            """,
            bankReference
        );

    public static string Entry(decimal amount, string direction, string day, string details, string? bankReference = null) =>
        $"""
            <Ntry><Amt Ccy="EUR">{Text(
                amount
            )}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
            <ValDt><Dt>{day}</Dt></ValDt>{(bankReference is null ? "" : $"<AcctSvcrRef>{bankReference}</AcctSvcrRef>")}{details}</Ntry>
            """;

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
