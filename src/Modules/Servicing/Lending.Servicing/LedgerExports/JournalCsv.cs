using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Lending.Kernel;
using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>The journal as CSV (RFC 4180), a line for each line of an entry.</summary>
internal static class JournalCsv
{
    public const string ContentType = "text/csv";

    private static readonly string[] Columns =
    [
        "entryId",
        "loanAccountId",
        "key",
        "cause",
        "effectiveOn",
        "postedAt",
        "account",
        "number",
        "currency",
        "debit",
        "credit",
    ];

    // A spreadsheet would take a value that begins with "=" for a formula and run it. Amounts are never negative here, so it leaves them alone.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
    };

    public static async Task WriteAsync(
        Stream stream,
        IAsyncEnumerable<List<PostedEntry>> pages,
        IReadOnlyDictionary<LedgerAccount, string> numbers,
        CancellationToken ct
    )
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await using var csv = new CsvWriter(text, Configuration);
        await WriteAsync(csv, Columns);
        await foreach (var page in pages.WithCancellation(ct))
        {
            foreach (var entry in page)
            {
                foreach (var line in entry.Lines)
                {
                    await WriteAsync(csv, CellsOf(entry, line, numbers));
                }
            }
            await csv.FlushAsync();
            await text.FlushAsync(ct);
        }
    }

    private static string[] CellsOf(PostedEntry entry, EntryLine line, IReadOnlyDictionary<LedgerAccount, string> numbers)
    {
        var amount = (Currency.Get(entry.Currency).Zero + Math.Abs(line.Amount)).ToString(CultureInfo.InvariantCulture);
        return
        [
            entry.Id.ToString(),
            entry.LoanAccountId.ToString(),
            entry.Key,
            entry.Cause,
            entry.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            entry.PostedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            line.Account.ToString(),
            numbers[line.Account],
            entry.Currency,
            line.Amount > 0 ? amount : "",
            line.Amount < 0 ? amount : "",
        ];
    }

    private static Task WriteAsync(CsvWriter csv, string[] cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }
        return csv.NextRecordAsync();
    }
}
