using System.Text;

namespace Lending.Platform.Encryption;

/// <summary>A column that is stored encrypted. What it holds can be read only as a value of this very column.</summary>
/// <param name="table">The table with its schema: <c>customers.customers</c>.</param>
/// <param name="name">The column's name.</param>
public sealed class EncryptedColumn(string table, string name)
{
    private readonly byte[] label = Encoding.UTF8.GetBytes($"{table}.{name}");

    /// <summary>What is authenticated with a value: the column and the row.</summary>
    internal byte[] PlaceOf(Guid row)
    {
        var place = new byte[label.Length + 16];
        label.CopyTo(place, 0);
        row.TryWriteBytes(place.AsSpan(label.Length), bigEndian: true, out _);
        return place;
    }

    internal ReadOnlySpan<byte> Label => label;

    /// <inheritdoc />
    public override string ToString() => $"{table}.{name}";
}
