using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Lending.Kernel;
using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>
/// A batch of bookings as DATEV imports it: EXTF 700, category 21, version 9. A header of 31 fields, the names of 120 columns, and rows that book an
/// amount from one account to another. Windows-1252, CRLF, a comma before cents; texts in quotes, numbers without.
/// </summary>
internal sealed class DatevBatch(LedgerSettings settings, Currency currency, DateOnly from, DateOnly to, DateTimeOffset madeAt)
{
    public const string ContentType = "text/csv; charset=windows-1252";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { Delimiter = ";", NewLine = "\r\n" };
    private static readonly NumberFormatInfo German = new() { NumberDecimalSeparator = "," };

    private readonly IReadOnlyDictionary<LedgerAccount, string> numbers = settings.ReadNumbers();

    /// <summary>Writes pages until there is none left.</summary>
    public async Task WriteAsync(Stream stream, IAsyncEnumerable<List<PostedEntry>> pages, CancellationToken ct)
    {
        await using var text = new StreamWriter(stream, Windows1252, leaveOpen: true);
        await using var csv = new CsvWriter(text, Configuration);
        await WriteRowAsync(csv, Header());
        await WriteRowAsync(csv, [.. DatevColumns.Names.Select(name => new Field(name, IsText: false))]);
        await foreach (var page in pages.WithCancellation(ct))
        {
            foreach (var entry in page)
            {
                foreach (var (debit, credit, amount) in PairsOf(entry.Lines))
                {
                    await WriteRowAsync(csv, Row(entry, debit, credit, amount));
                }
            }
            await csv.FlushAsync();
            await text.FlushAsync(ct);
        }
    }

    /// <summary>
    /// The lines of an entry as bookings from one account to another. Each debit is taken from the credits in turn, so that every account gets what its line says.
    /// </summary>
    public static IEnumerable<(LedgerAccount Debit, LedgerAccount Credit, decimal Amount)> PairsOf(IEnumerable<EntryLine> lines)
    {
        var debits = new Queue<EntryLine>(lines.Where(line => line.Amount > 0));
        var credits = new Queue<EntryLine>(lines.Where(line => line.Amount < 0));
        var (debit, credit) = (0m, 0m);
        LedgerAccount debited = default;
        LedgerAccount credited = default;
        while (debit > 0 || debits.Count > 0)
        {
            if (debit == 0)
            {
                (debited, debit) = debits.Dequeue();
            }
            if (credit == 0)
            {
                (credited, credit) = credits.Dequeue();
                credit = -credit;
            }
            var amount = Math.Min(debit, credit);
            yield return (debited, credited, amount);
            debit -= amount;
            credit -= amount;
        }
    }

    private Field[] Header() =>
        [
            new("EXTF"),
            new("700", IsText: false),
            new("21", IsText: false),
            new("Buchungsstapel"),
            new("9", IsText: false),
            new(madeAt.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture), IsText: false),
            Nothing,
            new(""),
            new(""),
            new(""),
            new(Text(settings.ConsultantNumber), IsText: false),
            new(Text(settings.ClientNumber), IsText: false),
            new(Day(settings.FiscalYearOf(from)), IsText: false),
            new(Text(settings.AccountLength), IsText: false),
            new(Day(from), IsText: false),
            new(Day(to), IsText: false),
            new("Darlehen"),
            new(""),
            // Bookkeeping, for all purposes of law, and not locked: that is the tax adviser's.
            new("1", IsText: false),
            new("0", IsText: false),
            new("0", IsText: false),
            new(currency.Code),
            Nothing,
            new(""),
            Nothing,
            Nothing,
            new(""),
            Nothing,
            Nothing,
            new(""),
            new(""),
        ];

    private Field[] Row(PostedEntry entry, LedgerAccount debit, LedgerAccount credit, decimal amount)
    {
        var row = new Field[DatevColumns.Names.Count];
        Array.Fill(row, Nothing);
        row[DatevColumns.Amount] = new(amount.ToString("0.00", German), IsText: false);
        row[DatevColumns.DebitOrCredit] = new("S");
        row[DatevColumns.Currency] = new(currency.Code);
        row[DatevColumns.Account] = new(numbers[debit], IsText: false);
        row[DatevColumns.ContraAccount] = new(numbers[credit], IsText: false);
        row[DatevColumns.Day] = new(entry.EffectiveOn.ToString("ddMM", CultureInfo.InvariantCulture), IsText: false);
        row[DatevColumns.Voucher] = new(entry.LoanAccountId.ToString());
        row[DatevColumns.Text] = new(DatevColumns.TextOf(entry.Cause));
        row[DatevColumns.NoteKind] = new("Eintrag");
        row[DatevColumns.Note] = new(entry.Id.ToString());
        row[DatevColumns.IsLocked] = new("0", IsText: false);
        return row;
    }

    private static Field Nothing { get; } = new("", IsText: false);

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task WriteRowAsync(CsvWriter csv, Field[] fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field.Value, field.IsText);
        }
        return csv.NextRecordAsync();
    }

    private readonly record struct Field(string Value, bool IsText = true);
}
