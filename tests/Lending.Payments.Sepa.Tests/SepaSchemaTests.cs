using System.Xml.Linq;

namespace Lending.Payments.Sepa.Tests;

/// <summary>Files for the bank keep the rules of the scheme, whatever is in them; and each rule finds what breaks it.</summary>
public sealed class SepaSchemaTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 26, 9, 30, 15, TimeSpan.Zero);
    private static readonly PaymentParty _self = new(
        "Sonnenkredit GmbH",
        Iban.Parse("DE87200500001234567890"),
        "BANKDEFFXXX",
        new StructuredAddress("Hauptstraße", "1", "10115", "Berlin", "DE")
    );

    // The longest and the oddest of everything that files may be asked to say.
    private static readonly PaymentParty[] _others =
    [
        new("Jürgen Müller & Söhne", Iban.Parse("DE89370400440532013000")),
        new(
            new string('Ł', 100),
            Iban.Parse("FR1420041010050500013M02606"),
            "AGRIFRPP",
            new StructuredAddress(new string('é', 90), "12 a–c", "75 001", "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson", "FR")
        ),
        new("東京 <b>", Iban.Parse("NL91ABNA0417164300"), Address: new StructuredAddress(null, null, null, "Utrecht", "NL")),
    ];

    private static readonly string[] _remittances = ["Rate Dezember", "RF84LN202600000001", new string('ß', 200)];

    [Fact]
    public void Files_of_debits_are_right_whatever_is_in_them() => SepaSchema.ProblemsOf(Debits()).ShouldBeEmpty();

    [Fact]
    public void Files_of_transfers_are_right_whatever_is_in_them() => SepaSchema.ProblemsOf(Transfers()).ShouldBeEmpty();

    [Theory]
    [InlineData("MsgId", "")]
    [InlineData("MsgId", "/RUN1")] // an id does not begin with a slash,
    [InlineData("PmtInfId", "RUN1//1")] // nor has two in a row
    [InlineData("EndToEndId", "123456789012345678901234567890123456")]
    [InlineData("EndToEndId", "with_underscore")]
    [InlineData("CreDtTm", "2026-11-26")]
    [InlineData("NbOfTxs", "0")]
    [InlineData("NbOfTxs", "7")]
    [InlineData("CtrlSum", "1.00")]
    [InlineData("CtrlSum", "1.001")]
    [InlineData("PmtMtd", "CHK")]
    [InlineData("SvcLvl", "URGP")]
    [InlineData("ChrgBr", "DEBT")]
    [InlineData("Nm", "")]
    [InlineData("Nm", "Müller")]
    [InlineData("Nm", "12345678901234567890123456789012345678901234567890123456789012345678901")]
    [InlineData("StrtNm", "Hauptstraße")]
    [InlineData("BldgNb", "12345678901234567")]
    [InlineData("PstCd", "12345678901234567")]
    [InlineData("TwnNm", "123456789012345678901234567890123456")]
    [InlineData("Ctry", "Germany")]
    [InlineData("IBAN", "DE99200500001234567890")] // check digits
    [InlineData("IBAN", "DE87 2005 0000 1234 5678 90")]
    [InlineData("BICFI", "AGRIF2PP")]
    [InlineData("InstdAmt", "0.00")]
    [InlineData("InstdAmt", "1.001")]
    [InlineData("InstdAmt", "1000000000.00")]
    [InlineData("Ustrd", "Überweisung")]
    [InlineData("Ustrd", "")]
    [InlineData("Ref", "RF17LN202600000001")] // check digits
    [InlineData("Ref", "LN202600000001")]
    public void What_breaks_a_rule_of_both_messages_is_found(string element, string value)
    {
        ShouldBeFound(Debits(), element, found => found.Value = value);
        ShouldBeFound(Transfers(), element, found => found.Value = value);
    }

    [Theory]
    [InlineData("LclInstrm", "B2B")]
    [InlineData("SeqTp", "FIRST")]
    [InlineData("ReqdColltnDt", "2026-12-01Z")]
    [InlineData("ReqdColltnDt", "2026-02-30")]
    [InlineData("MndtId", "")]
    [InlineData("MndtId", "M//1")]
    [InlineData("DtOfSgntr", "02.11.2026")]
    [InlineData("PrvtId", "DE98")]
    public void What_breaks_a_rule_of_debits_is_found(string element, string value) =>
        ShouldBeFound(Debits(), element, found => (found.Descendants().LastOrDefault(leaf => !leaf.HasElements) ?? found).Value = value);

    [Theory]
    [InlineData("DE97ZZZ09999999999")] // check digits
    [InlineData("ZZZ09999999999")]
    public void A_wrong_identifier_of_the_creditor_is_found(string identifier) =>
        ShouldBeFound(Debits(), "PrvtId", found => found.Descendants().First(leaf => !leaf.HasElements).Value = identifier);

    [Fact]
    public void No_element_of_a_file_can_be_left_out_or_come_later_or_be_one_that_nobody_knows()
    {
        // What the scheme leaves to who writes it.
        string[] optional = ["PstlAdr", "StrtNm", "BldgNb", "PstCd", "CdtrAgt", "RmtInf", "Issr"];
        foreach (var write in (Func<XDocument>[])[Debits, Transfers])
        {
            foreach (var name in write().Descendants().Select(element => element.Name.LocalName).Distinct().ToList())
            {
                ShouldBeFound(write(), name, element => element.Name = element.Name.Namespace + "Unknown");
                if (!optional.Contains(name, StringComparer.Ordinal) && name != "Document")
                {
                    ShouldBeFound(write(), name, element => element.Remove());
                }
                if (
                    write()
                        .Descendants()
                        .Any(element => element.Name.LocalName == name && element.NextNode is XElement next && next.Name != element.Name)
                )
                {
                    ShouldBeFound(write(), name, MoveBehindTheNext);
                }
            }
        }
    }

    [Fact]
    public void Another_currency_one_id_for_two_payments_and_another_message_are_found()
    {
        ShouldBeFound(Debits(), "InstdAmt", amount => amount.SetAttributeValue("Ccy", "USD"));
        ShouldBeFound(Transfers(), "InstdAmt", amount => amount.SetAttributeValue("Ccy", null));
        ShouldBeFound(Debits(), "EndToEndId", id => id.Value = "P-1");
        SepaSchema.ProblemsOf(XDocument.Parse("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'/>")).ShouldHaveSingleItem();
    }

    private static void MoveBehindTheNext(XElement element)
    {
        var next = (XElement)element.NextNode!;
        element.Remove();
        next.AddAfterSelf(element);
    }

    // The last one of its name that something stands behind, so that there is a place to move to.
    private static void ShouldBeFound(XDocument file, string element, Action<XElement> spoil)
    {
        var found = file.Descendants().Where(candidate => candidate.Name.LocalName == element).ToList();
        found.ShouldNotBeEmpty(element);
        var spoilt = found.FindLast(candidate => candidate.NextNode is XElement next && next.Name != candidate.Name) ?? found[^1];
        spoil(spoilt);
        SepaSchema.ProblemsOf(file).ShouldNotBeEmpty(element);
    }

    private static XDocument Debits() =>
        Read(
            new DirectDebitFile(
                "RUN1",
                _now,
                _self,
                "DE98ZZZ09999999999",
                [
                    .. Enum.GetValues<SequenceType>()
                        .SelectMany(sequence => _others.Select((debtor, number) => (sequence, debtor, number)))
                        .Select(
                            (debit, place) =>
                                new DirectDebit(
                                    $"P-{place + 1}",
                                    new(2026, 12, 1),
                                    debit.sequence,
                                    place == 0 ? 999_999_999.99m : 0.01m,
                                    "M-1",
                                    new(2026, 11, 2),
                                    debit.debtor,
                                    _remittances[debit.number]
                                )
                        ),
                ]
            ).Write()
        );

    private static XDocument Transfers() =>
        Read(
            new CreditTransferFile(
                "PAY1",
                _now,
                _self,
                [
                    .. _others.Select(
                        (creditor, number) =>
                            new CreditTransfer($"P-{number + 1}", new(2026, 12, 1 + number), 12.34m, creditor, _remittances[number])
                    ),
                ]
            ).Write()
        );

    private static XDocument Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return XDocument.Load(stream);
    }
}
