using System.Buffers.Binary;
using System.Text;

namespace Lending.Pdf;

/// <summary>The bytes of a TrueType file, and where its tables are.</summary>
internal sealed class TrueTypeFile
{
    private readonly byte[] bytes;
    private readonly Dictionary<string, Range> tables = new(StringComparer.Ordinal);

    public TrueTypeFile(byte[] bytes)
    {
        this.bytes = bytes;
        for (var entry = 12; entry < 12 + (16 * UInt16(4)); entry += 16)
        {
            var offset = Int32(entry + 8);
            tables.Add(Tag(entry), offset..(offset + Int32(entry + 12)));
        }
    }

    public bool Has(string tag) => tables.ContainsKey(tag);

    /// <summary>Where a table begins.</summary>
    public int Table(string tag) => tables[tag].Start.Value;

    /// <summary>A copy of a table.</summary>
    public byte[] Copy(string tag) => bytes[tables[tag]];

    public ReadOnlySpan<byte> Span(Range range) => bytes.AsSpan(range);

    public string Tag(int at) => Encoding.ASCII.GetString(bytes, at, 4);

    public short Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    public int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
