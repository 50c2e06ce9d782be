using System.Globalization;
using System.Xml.Linq;
using Lending.Payments.Sepa;
using Lending.Seeding;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Seeding;

/// <summary>
/// Statements of a bank (camt.053) for seeded organisations, to be imported: on the last day of the seed, borrowers transfer what they owe next. Of ten, eight
/// are found by their references; one borrower wrote none, and one a wrong one, which people have to look at.
/// </summary>
public static class FakeStatements
{
    private const int MostTransfers = 60;
    private const decimal OpeningBalance = 100_000;
    private const decimal BankFee = 12.90m;
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /// <summary>Writes a file for each organisation that has accounts in euros; answers their paths. What is there already is written anew.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(SeedPlan plan, DirectoryInfo folder, CancellationToken ct)
    {
        folder.Create();
        var paths = new List<string>();
        foreach (var organization in plan.Organizations.Where(PaymentsSeeder.HasSepa))
        {
            var path = Path.Combine(folder.FullName, $"camt053-{organization.Number + 1}-{Day(LastOf(plan))}.xml");
            await using var stream = File.Create(path);
            await Statement(plan, organization).SaveAsync(stream, SaveOptions.None, ct);
            paths.Add(path);
        }
        return paths;
    }

    internal static XDocument Statement(SeedPlan plan, SeededOrganization organization)
    {
        var random = plan.Random("bank statements", organization.Number);
        var entries = plan.Told<DueInstalment>(organization, MostTransfers)
            .Select((due, number) => new Transfer(due.Amount, Write(number, PaymentsSeeder.ReferenceOf(plan, due.LoanAccountId))))
            .Append(new Transfer(random.Number(1_000, 50_000) / 100m, Text("Danke")))
            .Append(new Transfer(-BankFee, Text("Entgelt Kontoführung")))
            .ToList();
        var (day, id) = (Day(LastOf(plan)), $"FAKE-{organization.Number + 1}-{plan.Options.Seed}-{LastOf(plan):yyyyMMdd}");
        var createdAt = $"{day}T21:00:00Z";
        return new XDocument(
            Element(
                "Document",
                Element(
                    "BkToCstmrStmt",
                    Element("GrpHdr", Element("MsgId", id), Element("CreDtTm", createdAt)),
                    Element(
                        "Stmt",
                        Element("Id", id),
                        Element("ElctrncSeqNb", "1"),
                        Element("CreDtTm", createdAt),
                        Element("Acct", Element("Id", Element("IBAN", PaymentsSeeder.OwnIban)), Element("Ccy", "EUR")),
                        Balance("OPBD", OpeningBalance, day),
                        Balance("CLBD", OpeningBalance + entries.Sum(entry => entry.Amount), day),
                        entries.Select((entry, number) => Entry(entry, $"{id}-{number + 1}", day, organization.Language, random))
                    )
                )
            )
        );
    }

    private static DateOnly LastOf(SeedPlan plan) => plan.Options.Until.AddDays(-1);

    // In its own place, or in the text among other words, without one, and with one that the borrower has mistyped.
    private static XElement Write(int number, string reference) =>
        (number % 10) switch
        {
            7 => Text($"Rate Solaranlage {reference} danke"),
            8 => Text("Rate Solaranlage"),
            9 => Text($"Rate {Mistyped(reference)}"),
            _ => Element(
                "RmtInf",
                Element(
                    "Strd",
                    Element(
                        "CdtrRefInf",
                        Element("Tp", Element("CdOrPrtry", Element("Cd", "SCOR")), Element("Issr", "ISO")),
                        Element("Ref", reference)
                    )
                )
            ),
        };

    // The second check digit: no reference fits it.
    private static string Mistyped(string reference) => $"{reference[..3]}{(reference[3] - '0' + 1) % 10}{reference[4..]}";

    private static XElement Entry(Transfer entry, string reference, string day, SeedLocale language, SeedRandom random)
    {
        var names = FakeNames.Of(language);
        var isCredit = entry.Amount > 0;
        var account = $"{random.Number(1, 999_999_999):0000000000}";
        return Element(
            "Ntry",
            Amount(entry.Amount),
            Direction(entry.Amount),
            Element("Sts", Element("Cd", "BOOK")),
            Element("BookgDt", Element("Dt", day)),
            Element("ValDt", Element("Dt", day)),
            Element("AcctSvcrRef", reference),
            Element(
                "BkTxCd",
                Element(
                    "Domn",
                    Element("Cd", "PMNT"),
                    Element("Fmly", Element("Cd", isCredit ? "RCDT" : "MDOP"), Element("SubFmlyCd", isCredit ? "ESCT" : "CHRG"))
                )
            ),
            Element(
                "NtryDtls",
                Element(
                    "TxDtls",
                    Element("Refs", Element("EndToEndId", "NOTPROVIDED")),
                    Amount(entry.Amount),
                    Direction(entry.Amount),
                    isCredit
                        ? Element(
                            "RltdPties",
                            Element(
                                "Dbtr",
                                Element(
                                    "Pty",
                                    Element(
                                        "Nm",
                                        SepaText.Of($"{random.Pick(names.First)} {random.Pick(names.Last)}", SepaText.MaximumName)
                                    )
                                )
                            ),
                            Element("DbtrAcct", Element("Id", Element("IBAN", GermanIban(account))))
                        )
                        : null,
                    entry.Remittance
                )
            )
        );
    }

    // No bank has the code 12345678.
    private static string GermanIban(string account) => Iban.Of("DE", $"12345678{account}").Value;

    private static XElement Balance(string code, decimal amount, string day) =>
        Element(
            "Bal",
            Element("Tp", Element("CdOrPrtry", Element("Cd", code))),
            Amount(amount),
            Direction(amount),
            Element("Dt", Element("Dt", day))
        );

    private static XElement Amount(decimal amount)
    {
        var element = Element("Amt", Math.Abs(amount).ToString("0.00", CultureInfo.InvariantCulture));
        element.SetAttributeValue("Ccy", "EUR");
        return element;
    }

    private static XElement Direction(decimal amount) => Element("CdtDbtInd", amount > 0 ? "CRDT" : "DBIT");

    private static XElement Text(string text) => Element("RmtInf", Element("Ustrd", SepaText.Of(text, SepaText.MaximumRemittance)));

    private static XElement Element(string name, params object?[] content) => new(Ns + name, content);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Transfer(decimal Amount, XElement Remittance);
}
