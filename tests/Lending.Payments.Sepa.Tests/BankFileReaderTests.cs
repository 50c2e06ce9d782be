namespace Lending.Payments.Sepa.Tests;

/// <summary>Files of banks, among them the published case M8, entries with several groups of details, and fees inside of returns.</summary>
public sealed class BankFileReaderTests
{
    [Fact]
    public void A_minimal_statement_is_read()
    {
        // M8
        var file = Read(
            Camt053(
                "NL26VAYB8060476890",
                """
                <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">18.15</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2014-10-18</Dt></Dt></Bal>
                <Ntry><Amt Ccy="EUR">8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2014-10-18</Dt></BookgDt></Ntry>
                """
            )
        );

        file.Kind.ShouldBe(BankFileKind.Statement);
        var statement = file.Statements.ShouldHaveSingleItem();
        statement.Account.ShouldBe("NL26VAYB8060476890");
        statement.Page.ShouldBe(1);
        var line = statement.Lines.ShouldHaveSingleItem();
        line.Amount.ShouldBe(8.85m);
        line.ValueOn.ShouldBe(new DateOnly(2014, 10, 18));
        line.Detail.ShouldBe(0);
    }

    [Fact]
    public void A_payment_is_told_with_who_paid_and_for_what_in_old_versions_and_in_new_ones()
    {
        const string old = """
            <Dbtr><Nm>Erika Muster</Nm></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>
            """;
        const string recent = """
            <Dbtr><Pty><Nm>Erika Muster</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>
            """;
        foreach (var (version, status, parties) in ((string, string, string)[])[("02", "BOOK", old), ("08", "<Cd>BOOK</Cd>", recent)])
        {
            var file = Read(
                Camt053(
                    "DE87200500001234567890",
                    $"""
                    <Ntry><Amt Ccy="EUR">86.07</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts><BookgDt><Dt>2026-02-02</Dt></BookgDt>
                    <ValDt><DtTm>2026-02-01T00:00:00</DtTm></ValDt><AcctSvcrRef>BANK-1</AcctSvcrRef>
                    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>{parties}</RltdPties>
                    <RmtInf><Ustrd>Rate Februar</Ustrd><Ustrd>RF84LN202600000001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
                    """,
                    version
                )
            );

            var line = file.Statements[0].Lines.ShouldHaveSingleItem();
            line.EndToEndId.ShouldBeNull("the bank says that there is none");
            line.Reference.ShouldBe("RF84LN202600000001");
            line.PartyName.ShouldBe("Erika Muster");
            line.PartyIban.ShouldBe("DE89370400440532013000");
            line.BankReference.ShouldBe("BANK-1");
            line.BookedOn.ShouldBe(new DateOnly(2026, 2, 2));
            line.ValueOn.ShouldBe(new DateOnly(2026, 2, 1));
            line.IsReturn.ShouldBeFalse();
        }
    }

    [Fact]
    public void No_detail_of_an_entry_with_several_groups_of_them_is_lost()
    {
        var file = Read(
            Camt053(
                "DE87200500001234567890",
                $"""
                <Ntry><Amt Ccy="EUR">60.12</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-01</Dt></BookgDt>
                <NtryDtls>{Detail("E-1", "10.12")}</NtryDtls>
                <NtryDtls>{Detail("E-2", "20.00")}{Detail("E-3", "30.00")}</NtryDtls></Ntry>
                """
            )
        );

        var lines = file.Statements[0].Lines;
        lines.Select(line => line.EndToEndId).ShouldBe(["E-1", "E-2", "E-3"]);
        lines.Select(line => line.Amount).ShouldBe([10.12m, 20, 30]);
        lines.Select(line => line.Detail).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Details_that_are_not_the_whole_leave_one_line_for_a_person()
    {
        var file = Read(
            Camt053(
                "DE87200500001234567890",
                $"""
                <Ntry><Amt Ccy="EUR">60.12</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-01</Dt></BookgDt>
                <NtryDtls>{Detail("E-1", "10.12")}{Detail("E-2", "20.00")}</NtryDtls></Ntry>
                """
            )
        );

        var line = file.Statements[0].Lines.ShouldHaveSingleItem();
        line.Amount.ShouldBe(60.12m);
        line.Detail.ShouldBe(0);
        line.EndToEndId.ShouldBeNull();
    }

    [Fact]
    public void A_batch_names_the_part_of_the_file_that_it_is()
    {
        var file = Read(
            Camt053(
                "DE87200500001234567890",
                """
                <Ntry><Amt Ccy="EUR">60.12</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-01</Dt></BookgDt>
                <NtryDtls><Btch><PmtInfId>RUN1-1201RR</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>
                """
            )
        );

        var line = file.Statements[0].Lines.ShouldHaveSingleItem();
        line.PartId.ShouldBe("RUN1-1201RR");
        line.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""<AmtDtls><InstdAmt><Amt Ccy="EUR">350.00</Amt></InstdAmt></AmtDtls>""")]
    [InlineData("""<Chrgs><Amt Ccy="EUR">3.00</Amt></Chrgs>""")]
    [InlineData("""<Chrgs><Rcrd><Amt Ccy="EUR">1.00</Amt></Rcrd><Rcrd><Amt Ccy="EUR">2.00</Amt></Rcrd></Chrgs>""")]
    [InlineData("""<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3.00</TtlChrgsAndTaxAmt></Chrgs>""")]
    public void What_came_back_has_the_amount_that_was_booked_however_the_bank_tells_of_its_fee(string amounts)
    {
        var file = Read(
            Camt053(
                "DE87200500001234567890",
                $"""
                <Ntry><Amt Ccy="EUR">353.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-03</Dt></BookgDt>
                <NtryDtls><TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs>{amounts}
                <RltdPties><Dbtr><Nm>Erika Muster</Nm></Dbtr></RltdPties><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
                """
            )
        );

        var line = file.Statements[0].Lines.ShouldHaveSingleItem();
        line.IsReturn.ShouldBeTrue();
        line.ReasonCode.ShouldBe("AM04");
        line.Amount.ShouldBe(-353);
        line.PartyName.ShouldBe("Erika Muster", "of what comes back, the other side is who had paid");
    }

    [Fact]
    public void What_is_only_announced_is_left_out()
    {
        var file = Read(
            Camt053(
                "DE87200500001234567890",
                """
                <Ntry><Amt Ccy="EUR">8.85</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2014-10-18</Dt></BookgDt></Ntry>
                """
            )
        );

        file.Statements[0].Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_notice_is_read_as_a_statement_is()
    {
        var file = Read(
            """
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-1</MsgId></GrpHdr>
            <Ntfctn><Id>N-1-1</Id><Acct><Id><IBAN>DE87200500001234567890</IBAN></Id><Ccy>EUR</Ccy></Acct>
            <Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2026-12-01</Dt></ValDt></Ntry>
            </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
            """
        );

        file.Kind.ShouldBe(BankFileKind.Notification);
        file.Statements[0].Lines.ShouldHaveSingleItem().BookedOn.ShouldBe(new DateOnly(2026, 12, 1));
    }

    [Theory]
    [InlineData("<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>", "", null, null, "FF01")]
    [InlineData(
        "",
        "<OrgnlPmtInfAndSts><OrgnlPmtInfId>P-1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf></OrgnlPmtInfAndSts>",
        "P-1",
        null,
        "AM05"
    )]
    [InlineData(
        "",
        "<OrgnlPmtInfAndSts><OrgnlPmtInfId>P-1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>E-1</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>"
            + "<TxInfAndSts><OrgnlEndToEndId>E-2</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>",
        "P-1",
        "E-2",
        "AC01"
    )]
    public void A_report_tells_what_is_not_carried_out(string group, string parts, string? partId, string? endToEndId, string reason)
    {
        var file = Read(
            $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>RUN1</OrgnlMsgId><OrgnlMsgNmId>pain.008</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>{parts}</CstmrPmtStsRpt></Document>
            """
        );

        file.Kind.ShouldBe(BankFileKind.StatusReport);
        file.Reports.ShouldBe([new PaymentReport("RUN1", partId, endToEndId, PaymentOutcome.Rejected, reason)]);
    }

    [Theory]
    [InlineData("<GrpSts>ACSC</GrpSts>", "", null, null)]
    [InlineData("<GrpSts>PART</GrpSts>", "<PmtInfSts>ACCC</PmtInfSts>", "P-1", null)]
    [InlineData(
        "<GrpSts>ACCP</GrpSts>",
        "<TxInfAndSts><OrgnlEndToEndId>E-1</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>",
        "P-1",
        "E-1"
    )]
    public void A_report_tells_what_was_carried_out_where_that_is_final(string group, string part, string? partId, string? endToEndId)
    {
        var file = Read(
            $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>RUN1</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>P-1</OrgnlPmtInfId>{part}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """
        );

        file.Reports.ShouldBe([new PaymentReport("RUN1", partId, endToEndId, PaymentOutcome.Settled, null)]);
    }

    [Theory]
    [InlineData("<GrpHdr><MsgId>M</MsgId></GrpHdr>", "<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>", 2)]
    [InlineData("<GrpHdr><MsgId>M</MsgId><MsgPgntn><PgNb>3</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>", "", 3)]
    [InlineData("<GrpHdr><MsgId>M</MsgId></GrpHdr>", "", 1)]
    public void A_statement_says_which_of_its_pages_it_is(string header, string pages, int expected)
    {
        var file = Read(
            $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>{header}
            <Stmt><Id>S-1</Id>{pages}<Acct><Id><IBAN>DE87200500001234567890</IBAN></Id></Acct></Stmt></BkToCstmrStmt></Document>
            """
        );

        file.Statements.ShouldHaveSingleItem().Page.ShouldBe(expected);
    }

    [Theory]
    [InlineData("no xml")]
    [InlineData("<a/>")]
    [InlineData("""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>""")]
    [InlineData("""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>""")]
    [InlineData(
        """<!DOCTYPE Document [<!ENTITY x "y">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>&x;</BkToCstmrStmt></Document>"""
    )]
    [InlineData("""<!DOCTYPE Document SYSTEM "file:///etc/passwd"><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>""")]
    public void Other_files_are_refused(string text) => Should.Throw<BankFileException>(() => Read(text));

    [Theory]
    [InlineData("""<Amt Ccy="EUR">-5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>""")]
    [InlineData("""<Amt Ccy="EUR">five</Amt><CdtDbtInd>CRDT</CdtDbtInd>""")]
    [InlineData("""<Amt>5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>""")]
    [InlineData("""<Amt Ccy="EUR">5.00</Amt>""")]
    [InlineData("""<Amt Ccy="eur">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>""")]
    [InlineData("""<Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><AcctSvcrRef>123456789012345678901234567890123456</AcctSvcrRef>""")]
    [InlineData("""<Amt Ccy="EUR">99999999999999999999999999999999</Amt><CdtDbtInd>CRDT</CdtDbtInd>""")]
    public void Entries_that_cannot_be_understood_are_no_reason_to_guess(string amount) =>
        Should.Throw<BankFileException>(() =>
            Read(Camt053("DE87200500001234567890", $"<Ntry>{amount}<Sts>BOOK</Sts><BookgDt><Dt>2014-10-18</Dt></BookgDt></Ntry>"))
        );

    [Fact]
    public void A_file_that_is_too_long_is_refused() =>
        Should.Throw<BankFileException>(() => Read($"<a>{new string('x', BankFileReader.MaximumCharacters + 1)}</a>"));

    private static string Detail(string endToEndId, string amount) =>
        $"""<TxDtls><Refs><EndToEndId>{endToEndId}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls></TxDtls>""";

    private static string Camt053(string iban, string content, string version = "02") =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>S-1</MsgId></GrpHdr>
            <Stmt><Id>S-1-1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{content}</Stmt></BkToCstmrStmt></Document>
            """;

    // Some banks' files begin with a mark of their encoding.
    private static BankFile Read(string text) => BankFileReader.Read('\uFEFF' + text);
}
