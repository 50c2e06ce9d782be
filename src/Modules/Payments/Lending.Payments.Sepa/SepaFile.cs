using System.Globalization;
using System.Text;
using System.Xml;

namespace Lending.Payments.Sepa;

/// <summary>What the files for the bank have in common.</summary>
internal static class SepaFile
{
    public const int MaximumId = 35;

    // Neither in nor out: an amount of the scheme has nine digits before the point.
    private const decimal MaximumAmount = 999_999_999.99m;

    public static byte[] Write(string @namespace, string root, Action<XmlWriter> content)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("Document", @namespace);
            xml.WriteStartElement(root);
            content(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    public static void Group(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name);
        content();
        xml.WriteEndElement();
    }

    public static void Text(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, text);

    public static void Header(
        this XmlWriter xml,
        string messageId,
        DateTimeOffset createdAt,
        string sender,
        IReadOnlyCollection<decimal> amounts
    ) =>
        xml.Group(
            "GrpHdr",
            () =>
            {
                xml.Text("MsgId", Id(messageId));
                xml.Text("CreDtTm", createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                xml.Sums(amounts);
                xml.Group("InitgPty", () => xml.Text("Nm", Name(sender)));
            }
        );

    public static void Sums(this XmlWriter xml, IReadOnlyCollection<decimal> amounts)
    {
        xml.Text("NbOfTxs", amounts.Count.ToString(CultureInfo.InvariantCulture));
        xml.Text("CtrlSum", Amount(amounts.Sum()));
    }

    public static void Euros(this XmlWriter xml, string name, decimal amount)
    {
        if (amount is <= 0 or > MaximumAmount || decimal.Round(amount, 2) != amount)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "It is no amount of SEPA.");
        }
        xml.WriteStartElement(name);
        xml.WriteAttributeString("Ccy", "EUR");
        xml.WriteString(Amount(amount));
        xml.WriteEndElement();
    }

    public static void Party(this XmlWriter xml, string name, PaymentParty party) =>
        xml.Group(
            name,
            () =>
            {
                xml.Text("Nm", Name(party.Name));
                if (party.Address is { } address)
                {
                    xml.Group("PstlAdr", () => xml.Address(address));
                }
            }
        );

    public static void Account(this XmlWriter xml, string name, Iban iban) =>
        xml.Group(name, () => xml.Group("Id", () => xml.Text("IBAN", iban.Value)));

    /// <summary>The bank; the account's number says which one it is, where no code is given.</summary>
    public static void Agent(this XmlWriter xml, string name, string? bic) =>
        xml.Group(
            name,
            () =>
                xml.Group(
                    "FinInstnId",
                    () =>
                    {
                        if (bic is not null)
                        {
                            xml.Text("BICFI", bic);
                            return;
                        }
                        xml.Group("Othr", () => xml.Text("Id", "NOTPROVIDED"));
                    }
                )
        );

    /// <summary>What the other side reads: a structured reference where it is one.</summary>
    public static void Remittance(this XmlWriter xml, string remittance) =>
        xml.Group(
            "RmtInf",
            () =>
            {
                if (CreditorReference.Normalize(remittance) is not { } reference)
                {
                    xml.Text("Ustrd", SepaText.Of(remittance, SepaText.MaximumRemittance));
                    return;
                }
                xml.Group("Strd", () => xml.Group("CdtrRefInf", () => xml.Reference(reference)));
            }
        );

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string MonthDay(DateOnly day) => day.ToString("MMdd", CultureInfo.InvariantCulture);

    /// <summary>An id that is the bank's key: it is never cut.</summary>
    public static string Id(string id) =>
        id.Length is > 0 and <= MaximumId && SepaText.Of(id, MaximumId) == id
            ? id
            : throw new ArgumentException("It is no id of SEPA: 1 to 35 plain characters.", nameof(id));

    private static void Reference(this XmlWriter xml, string reference)
    {
        xml.Group(
            "Tp",
            () =>
            {
                xml.Group("CdOrPrtry", () => xml.Text("Cd", "SCOR"));
                xml.Text("Issr", "ISO");
            }
        );
        xml.Text("Ref", reference);
    }

    private static void Address(this XmlWriter xml, StructuredAddress address)
    {
        if (address.Street is { Length: > 0 } street)
        {
            xml.Text("StrtNm", SepaText.Of(street, 70));
        }
        if (address.BuildingNumber is { Length: > 0 } number)
        {
            xml.Text("BldgNb", SepaText.Of(number, 16));
        }
        if (address.PostCode is { Length: > 0 } code)
        {
            xml.Text("PstCd", SepaText.Of(code, 16));
        }
        xml.Text("TwnNm", SepaText.Of(address.Town, 35));
        xml.Text("Ctry", address.Country);
    }

    private static string Name(string name) => SepaText.Of(name, SepaText.MaximumName);

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
