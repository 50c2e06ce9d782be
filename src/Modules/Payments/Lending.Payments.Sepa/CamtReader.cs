using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lending.Payments.Sepa;

/// <summary>Reads statements and notices. Banks differ in where they tell things, and versions do; nothing that was booked is left out.</summary>
internal static partial class CamtReader
{
    private const string NotProvided = "NOTPROVIDED";

    public static BankFile Read(BankFileKind kind, XElement message, string name)
    {
        var statements = message.All(name).Select(statement => ReadStatement(message, statement)).ToList();
        return statements.Count > 0
            ? new BankFile(kind, message.IdNeeded("GrpHdr", "MsgId"), statements, [])
            : throw new BankFileException($"{name} is missing.");
    }

    private static BankStatement ReadStatement(XElement message, XElement statement) =>
        new(
            statement.IdNeeded("Id"),
            statement.IdOf("Acct", "Id", "IBAN") ?? statement.IdNeeded("Acct", "Id", "Othr", "Id"),
            // Later versions count the statement's pages, earlier ones those of the message.
            PageOf(statement.Find("StmtPgntn"))
                ?? PageOf(statement.Find("NtfctnPgntn"))
                ?? PageOf(message.Find("GrpHdr", "MsgPgntn"))
                ?? 1,
            [.. statement.All("Ntry").SelectMany((entry, place) => ReadEntry(entry, place + 1))]
        );

    private static int? PageOf(XElement? pages) =>
        pages.TextOf("PgNb") is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<StatementLine> ReadEntry(XElement entry, int number)
    {
        // Version 2 tells the status itself, later ones its code inside.
        if ((entry.TextOf("Sts", "Cd") ?? entry.TextNeeded("Sts")) != "BOOK")
        {
            return [];
        }
        var whole = WholeOf(entry, number);
        var details = entry.All("NtryDtls").SelectMany(group => group.All("TxDtls")).ToList();
        if (details.Count == 0)
        {
            return [whole];
        }
        if (details.Count == 1)
        {
            return [ReadDetail(entry, details[0], whole with { Detail = 1, Count = 1 }, whole.Amount)];
        }
        var amounts = details.ConvertAll(detail => SignOf(detail, entry) * (OwnAmountOf(detail) ?? 0));
        // Where the parts are not the whole, nobody knows what was booked for which: it stays one line, for a person.
        return amounts.Sum() == whole.Amount && amounts.TrueForAll(amount => amount != 0)
            ? details.Select((detail, place) => ReadDetail(entry, detail, whole with { Detail = place + 1, Count = 1 }, amounts[place]))
            : [whole with { Count = details.Count }];
    }

    private static StatementLine WholeOf(XElement entry, int number)
    {
        var amount = entry.AmountOf("Amt") ?? throw new BankFileException("Amt is missing.");
        var bookedOn = entry.Find("BookgDt").DayOf() ?? entry.Find("ValDt").DayOf() ?? throw new BankFileException("BookgDt is missing.");
        var batch = entry.Find("NtryDtls", "Btch");
        var count = batch.TextOf("NbOfTxs") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        return new StatementLine(
            number,
            0,
            Provided(entry.IdOf("AcctSvcrRef")),
            amount * SignOf(entry),
            amount * SignOf(entry),
            entry.Needed("Amt").Attribute("Ccy")?.Value is { Length: 3 } currency && currency.All(char.IsAsciiLetterUpper)
                ? currency
                : throw new BankFileException("Ccy is missing."),
            bookedOn,
            entry.Find("ValDt").DayOf() ?? bookedOn
        )
        {
            PartId = Provided(batch.IdOf("PmtInfId")),
            Count = Math.Max(1, count),
            Remittance = entry.TextOf("AddtlNtryInf"),
        };
    }

    private static StatementLine ReadDetail(XElement entry, XElement detail, StatementLine whole, decimal amount)
    {
        var texts = detail.Find("RmtInf").All("Ustrd").Select(text => text.Value.Trim()).ToList();
        var remittance = string.Join(' ', texts.Where(text => text.Length > 0));
        var reason = detail.IdOf("RtrInf", "Rsn", "Cd");
        var isReturn = detail.Find("RtrInf") is not null || IsReturnCode(detail) || IsReturnCode(entry);
        // The other side: who pays where money comes, who is paid where it goes. Of what came back, it is the other way round.
        var side = amount > 0 != isReturn ? "Dbtr" : "Cdtr";
        var parties = detail.Find("RltdPties");
        var structured = detail.Find("RmtInf").All("Strd").Select(one => one.TextOf("CdtrRefInf", "Ref"));
        return whole with
        {
            Amount = amount,
            EndToEndId = Provided(detail.IdOf("Refs", "EndToEndId")),
            PartId = Provided(detail.IdOf("Refs", "PmtInfId")) ?? whole.PartId,
            Reference =
                structured.Select(CreditorReference.Normalize).FirstOrDefault(found => found is not null) ?? ReferenceIn(remittance),
            Remittance = remittance.Length > 0 ? remittance : whole.Remittance,
            PartyName = parties.TextOf(side, "Nm") ?? parties.TextOf(side, "Pty", "Nm"),
            PartyIban = parties.TextOf($"{side}Acct", "Id", "IBAN"),
            ReasonCode = reason,
            IsReturn = isReturn,
        };
    }

    // From version 3 on it stands by itself, before in the details of amounts.
    private static decimal? OwnAmountOf(XElement detail) =>
        detail.AmountOf("Amt") ?? detail.AmountOf("AmtDtls", "TxAmt", "Amt") ?? detail.AmountOf("AmtDtls", "InstdAmt", "Amt");

    private static int SignOf(XElement element, XElement? otherwise = null) =>
        (element.TextOf("CdtDbtInd") ?? otherwise.TextOf("CdtDbtInd")) switch
        {
            "CRDT" => 1,
            "DBIT" => -1,
            _ => throw new BankFileException("CdtDbtInd is missing."),
        };

    // Codes of banks for payments that came back: returned, reversed, recalled (ISO 20022, BankTransactionCode).
    private static bool IsReturnCode(XElement element) =>
        element.TextOf("BkTxCd", "Domn", "Fmly", "SubFmlyCd") is "RRTN" or "UPDD" or "RPCR" or "PRDD";

    private static string? ReferenceIn(string text) =>
        References().Matches(text).Select(match => CreditorReference.Normalize(match.Value)).FirstOrDefault(found => found is not null);

    private static string? Provided(string? text) => text is NotProvided or "NONREF" ? null : text;

    [GeneratedRegex(@"\bRF\d\d[0-9A-Z]{1,21}\b", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex References();
}
