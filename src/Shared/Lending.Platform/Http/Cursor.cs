using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lending.Platform.Http;

/// <summary>Where a page ends: the sort value and id of its last row. Opaque to clients.</summary>
/// <param name="Order">The order that the cursor belongs to.</param>
/// <param name="Value">The last row's value of the sort column.</param>
/// <param name="Id">The last row's id, which decides between equal values.</param>
public sealed record Cursor(string Order, string Value, Guid Id)
{
    /// <summary>The order of most lists.</summary>
    public const string NewestFirst = "-createdAt";

    private static readonly JsonSerializerOptions Json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The position of a row in <see cref="NewestFirst"/> (or another order by time).</summary>
    public static Cursor At(DateTimeOffset time, Guid id, string order = NewestFirst) =>
        new(order, time.UtcTicks.ToString(CultureInfo.InvariantCulture), id);

    /// <summary>Whether <see cref="Value"/> is a time, as in every cursor that <see cref="At"/> made.</summary>
    [JsonIgnore]
    public bool HasTime => ReadTime() is not null;

    /// <summary><see cref="Value"/> as the time it was made from.</summary>
    [JsonIgnore]
    public DateTimeOffset Time => ReadTime() ?? throw new InvalidOperationException("The cursor belongs to no order by time.");

    /// <summary>Reads a cursor; null when there is none or it is not one of this order.</summary>
    public static Cursor? Parse(string? text, string order)
    {
        if (text is null || !Base64Url.IsValid(text))
        {
            return null;
        }
        try
        {
            var cursor = JsonSerializer.Deserialize<Cursor>(Base64Url.DecodeFromChars(text), Json);
            return cursor?.Order == order ? cursor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The cursor as clients see it.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, Json));

    private DateTimeOffset? ReadTime() =>
        long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
