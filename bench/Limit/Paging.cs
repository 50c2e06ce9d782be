using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Lending.Bench.Limit;

/// <summary>Cursors, as the product writes them.</summary>
internal static class Paging
{
    public static void WriteNextCursor(Utf8JsonWriter json, (DateTimeOffset Time, Guid Id)? last)
    {
        if (last is not { } row)
        {
            json.WriteNull("nextCursor");
            return;
        }
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"Order":"-createdAt","Value":"{{row.Time.UtcTicks}}","Id":"{{row.Id}}"}"""
        );
        json.WriteString("nextCursor", Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    public static (DateTimeOffset Time, Guid Id)? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(cursor));
        var ticks = long.Parse(json.RootElement.GetProperty("Value").GetString()!, CultureInfo.InvariantCulture);
        return (new DateTimeOffset(ticks, TimeSpan.Zero), json.RootElement.GetProperty("Id").GetGuid());
    }
}
