using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lending.Platform.Http;

/// <summary>Where a page ends: the sort value and id of its last row. Opaque to clients.</summary>
/// <param name="Order">The order that the cursor belongs to.</param>
/// <param name="Value">The last row's value of the sort column.</param>
/// <param name="Id">The last row's id, which decides between equal values.</param>
public sealed partial record Cursor(string Order, string Value, Guid Id)
{
    /// <summary>The order of most lists.</summary>
    public const string NewestFirst = "-createdAt";

    /// <summary>The position of a row in <see cref="NewestFirst"/> (or another order by time).</summary>
    public static Cursor At(DateTimeOffset time, Guid id, string order = NewestFirst) =>
        new(order, time.UtcTicks.ToString(CultureInfo.InvariantCulture), id);

    /// <summary><see cref="Value"/> as the time it was made from; the beginning of time where somebody forged the cursor.</summary>
    [JsonIgnore]
    public DateTimeOffset Time =>
        long.TryParse(Value, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : DateTimeOffset.MinValue;

    /// <summary>Reads a cursor; null when there is none or it is not one of this order.</summary>
    public static Cursor? Parse(string? text, string order)
    {
        if (text is null || !Base64Url.IsValid(text))
        {
            return null;
        }
        try
        {
            var cursor = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), Json.Default.Cursor);
            return cursor is { Value: not null } && cursor.Order == order ? cursor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The cursor as clients see it.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.Cursor));

    [JsonSerializable(typeof(Cursor))]
    private sealed partial class Json : JsonSerializerContext;
}
