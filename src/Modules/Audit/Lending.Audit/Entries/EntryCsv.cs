using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Lending.Audit.Entries;

/// <summary>Entries as CSV (RFC 4180), for spreadsheets.</summary>
internal static class EntryCsv
{
    public const string ContentType = "text/csv";

    // A spreadsheet would take a value that begins with "=" for a formula and run it.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
    };

    private static readonly (string Name, Func<EntryResponse, string?> Value)[] Columns =
    [
        ("id", entry => entry.Id.ToString()),
        ("at", entry => entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
        ("action", entry => entry.Action),
        ("operation", entry => entry.Operation),
        ("entityType", entry => entry.EntityType),
        ("entityId", entry => entry.EntityId?.ToString()),
        ("customerId", entry => entry.CustomerId?.ToString()),
        ("shownIds", entry => entry.ShownIds is null ? null : string.Join(' ', entry.ShownIds)),
        ("userId", entry => entry.UserId?.ToString()),
        ("apiKeyId", entry => entry.ApiKeyId?.ToString()),
        ("sessionId", entry => entry.SessionId?.ToString()),
        ("address", entry => entry.Address),
        ("requestId", entry => entry.RequestId),
        ("changes", entry => entry.Changes is null ? null : JsonSerializer.Serialize(entry.Changes)),
    ];

    /// <summary>Writes pages until there is none left.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="readAsync">The page behind this entry; an empty one is the last.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public static async Task WriteAsync(Stream stream, Func<EntryResponse?, Task<List<EntryResponse>>> readAsync, CancellationToken ct)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await using var csv = new CsvWriter(text, Configuration);
        await WriteLineAsync(csv, column => column.Name);
        EntryResponse? last = null;
        while (await readAsync(last) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                await WriteLineAsync(csv, column => column.Value(entry));
            }
            await csv.FlushAsync();
            await text.FlushAsync(ct);
            last = page[^1];
        }
    }

    private static Task WriteLineAsync(CsvWriter csv, Func<(string Name, Func<EntryResponse, string?> Value), string?> value)
    {
        foreach (var column in Columns)
        {
            csv.WriteField(value(column));
        }
        return csv.NextRecordAsync();
    }
}
