using System.Xml.Linq;

namespace Lending.Payments.Sepa.Tests;

/// <summary>Files for the bank: the published cases M5 and M6, and the order of elements that the schemas of ISO 20022 ask for.</summary>
public sealed class SepaFileTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 26, 9, 30, 15, TimeSpan.Zero);
    private static readonly PaymentParty _creditor = new(
        "Sonnenkredit GmbH",
        Iban.Parse("DE87200500001234567890"),
        "BANKDEFFXXX",
        new StructuredAddress("Hauptstraße", "1", "10115", "Berlin", "DE")
    );
    private static readonly PaymentParty _debtor = new("Jürgen Müller & Söhne", Iban.Parse("DE89370400440532013000"));

    [Fact]
    public void A_file_of_debits_has_a_part_for_each_day_and_sequence_type()
    {
        // M5
        var file = Debits(Debit("A-1", 10.12m, SequenceType.First), Debit("A-2", 50.00m, SequenceType.Recurring));

        file.Name.LocalName.ShouldBe("Document");
        file.Name.NamespaceName.ShouldBe("urn:iso:std:iso:20022:tech:xsd:pain.008.001.08");
        Texts(file, "GrpHdr", "NbOfTxs").ShouldBe(["2"]);
        Texts(file, "GrpHdr", "CtrlSum").ShouldBe(["60.12"]);
        Texts(file, "PmtInf", "CtrlSum").ShouldBe(["10.12", "50.00"]);
        Texts(file, "PmtTpInf", "SeqTp").ShouldBe(["FRST", "RCUR"]);
        Texts(file, "PmtInf", "ReqdColltnDt").ShouldBe(["2026-12-01", "2026-12-01"]);
        Texts(file, "PmtInf", "PmtInfId").ShouldBe(["RUN1-1201FT", "RUN1-1201RR"]);
    }

    [Fact]
    public void The_sum_is_that_of_all_debits()
    {
        // M6
        var file = Debits(Debit("A-1", 6543.14m, SequenceType.Recurring), Debit("A-2", 112.72m, SequenceType.Recurring));

        Texts(file, "GrpHdr", "CtrlSum").ShouldBe(["6655.86"]);
        Texts(file, "PmtInf", "NbOfTxs").ShouldBe(["2"]);
    }

    [Fact]
    public void Elements_of_debits_stand_in_the_order_of_the_schema()
    {
        var file = Debits(Debit("A-1", 10.12m, SequenceType.First));

        Children(file, "GrpHdr").ShouldBe(["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]);
        Children(file, "PmtInf")
            .ShouldBe([
                "PmtInfId",
                "PmtMtd",
                "NbOfTxs",
                "CtrlSum",
                "PmtTpInf",
                "ReqdColltnDt",
                "Cdtr",
                "CdtrAcct",
                "CdtrAgt",
                "ChrgBr",
                "CdtrSchmeId",
                "DrctDbtTxInf",
            ]);
        Children(file, "DrctDbtTxInf").ShouldBe(["PmtId", "InstdAmt", "DrctDbtTx", "DbtrAgt", "Dbtr", "DbtrAcct", "RmtInf"]);
        Children(file, "PstlAdr").ShouldBe(["StrtNm", "BldgNb", "PstCd", "TwnNm", "Ctry"]);
        Texts(file, "Othr", "Id").ShouldBe(["DE98ZZZ09999999999", "NOTPROVIDED"]);
        Texts(file, "MndtRltdInf", "DtOfSgntr").ShouldBe(["2026-11-02"]);
        Texts(file, "FinInstnId", "BICFI").ShouldBe(["BANKDEFFXXX"]);
    }

    [Fact]
    public void Texts_have_only_characters_that_all_banks_take()
    {
        var file = Debits(Debit("A-1", 10.12m, SequenceType.First));

        Texts(file, "Dbtr", "Nm").ShouldBe(["Juergen Mueller + Soehne"]);
        Texts(file, "PstlAdr", "StrtNm").ShouldBe(["Hauptstrasse"]);
        SepaText.Of("Łukasz Čapek, 東京 <b>", 70).ShouldBe("Lukasz Capek, .. .b.");
        SepaText.Of(new string('x', 100), SepaText.MaximumName).Length.ShouldBe(70);
    }

    [Fact]
    public void A_reference_stands_in_its_own_place_and_any_other_text_in_another()
    {
        var reference = Debits(Debit("A-1", 1, SequenceType.First) with { Remittance = "RF84LN202600000001" });
        var text = Debits(Debit("A-1", 1, SequenceType.First));

        Texts(reference, "CdtrRefInf", "Ref").ShouldBe(["RF84LN202600000001"]);
        Texts(reference, "RmtInf", "Ustrd").ShouldBeEmpty();
        Texts(text, "RmtInf", "Ustrd").ShouldBe(["Rate Dezember"]);
    }

    [Fact]
    public void A_file_of_transfers_has_a_part_for_each_day()
    {
        // M6
        var file = Read(
            new CreditTransferFile(
                "PAY1",
                _now,
                _creditor,
                [
                    new("P-1", new(2026, 12, 1), 10.12m, _debtor, "Rechnung 1"),
                    new("P-2", new(2026, 12, 1), 50.00m, _debtor with { Bic = "DEUTDEDBDUE" }, "Rechnung 2"),
                ]
            ).Write()
        );

        file.Name.NamespaceName.ShouldBe("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
        Texts(file, "GrpHdr", "CtrlSum").ShouldBe(["60.12"]);
        Texts(file, "ReqdExctnDt", "Dt").ShouldBe(["2026-12-01"]);
        Children(file, "PmtInf")
            .ShouldBe([
                "PmtInfId",
                "PmtMtd",
                "NbOfTxs",
                "CtrlSum",
                "PmtTpInf",
                "ReqdExctnDt",
                "Dbtr",
                "DbtrAcct",
                "DbtrAgt",
                "ChrgBr",
                "CdtTrfTxInf",
                "CdtTrfTxInf",
            ]);
        Children(file, "CdtTrfTxInf").ShouldBe(["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.001)]
    [InlineData(1_000_000_000)]
    public void Amounts_that_the_scheme_does_not_know_are_refused(double amount) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Debits(Debit("A-1", (decimal)amount, SequenceType.First)));

    [Theory]
    [InlineData("")]
    [InlineData("with_underscore")]
    [InlineData("123456789012345678901234567890123456")]
    public void Ids_are_never_cut_or_changed(string id) => Should.Throw<ArgumentException>(() => Debits(Debit(id, 1, SequenceType.First)));

    private static DirectDebit Debit(string id, decimal amount, SequenceType sequence) =>
        new(id, new(2026, 12, 1), sequence, amount, "M-1", new(2026, 11, 2), _debtor, "Rate Dezember");

    private static XElement Debits(params DirectDebit[] debits) =>
        Read(new DirectDebitFile("RUN1", _now, _creditor, "DE98ZZZ09999999999", debits).Write());

    private static XElement Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return XDocument.Load(stream).Root!;
    }

    private static IEnumerable<string> Texts(XElement file, string parent, string name) =>
        file.Descendants(file.Name.Namespace + parent).Elements(file.Name.Namespace + name).Select(element => element.Value);

    private static IEnumerable<string> Children(XElement file, string name) =>
        file.Descendants(file.Name.Namespace + name).First().Elements().Select(element => element.Name.LocalName);
}
