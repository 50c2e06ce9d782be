using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Lending.Platform.Seeding;

/// <summary>
/// Rows as COPY takes them in its binary format, made where and when there is time: the connection then has nothing to do but send them, and
/// PostgreSQL never waits. See PostgreSQL's documentation of COPY; values are in the form of their types' binary send functions.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    private const int InitialBytes = 1 << 16;
    private const int DigitsPerGroup = 4;
    private const int Group = 10_000;

    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8];

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int length;

    public CopyBuffer()
    {
        Signature.CopyTo(Take(Signature.Length));
        // No flags, no extension.
        Take(2 * sizeof(int)).Clear();
    }

    public int RowCount { get; private set; }

    /// <summary>The rows, ended: nothing can be added any more.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), -1);
        return bytes.AsMemory(0, length);
    }

    public void StartRow(int columns)
    {
        RowCount++;
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)columns);
    }

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);

    public void Write(Guid value) => value.TryWriteBytes(Field(16), bigEndian: true, out _);

    public void Write(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    public void Write(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);

    public void Write(DateOnly value) => Write(value.DayNumber - FirstDay);

    public void Write(DateTimeOffset value) => Write((value.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);

    public void Write(byte[] value) => value.CopyTo(Field(value.Length));

    public void Write(string value) => Encoding.UTF8.GetBytes(value, Field(Encoding.UTF8.GetByteCount(value)));

    public void WriteJsonb(string value)
    {
        var field = Field(1 + Encoding.UTF8.GetByteCount(value));
        // The version of the format.
        field[0] = 1;
        Encoding.UTF8.GetBytes(value, field[1..]);
    }

    /// <summary>Groups of four decimal digits, counted from the point: how many, which the first is, the sign, the number of decimals, the groups.</summary>
    public void Write(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = new UInt128((uint)parts[2], (ulong)(uint)parts[1] << 32 | (uint)parts[0]);
        var fractionGroups = (value.Scale + DigitsPerGroup - 1) / DigitsPerGroup;
        for (var missing = fractionGroups * DigitsPerGroup - value.Scale; missing > 0; missing--)
        {
            digits *= 10;
        }
        Span<short> groups = stackalloc short[16];
        var count = 0;
        while (digits != 0)
        {
            (digits, var group) = UInt128.DivRem(digits, Group);
            groups[count++] = (short)(ushort)group;
        }
        var field = Field((4 + count) * sizeof(short));
        WriteInt16(field, 0, count);
        WriteInt16(field, 1, count == 0 ? 0 : count - 1 - fractionGroups);
        WriteInt16(field, 2, decimal.IsNegative(value) && count > 0 ? 0x4000 : 0);
        WriteInt16(field, 3, value.Scale);
        for (var index = 0; index < count; index++)
        {
            WriteInt16(field, 4 + index, groups[count - 1 - index]);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private static void WriteInt16(Span<byte> field, int index, int value) =>
        BinaryPrimitives.WriteInt16BigEndian(field[(index * sizeof(short))..], (short)value);

    private Span<byte> Field(int size)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), size);
        return Take(size);
    }

    private Span<byte> Take(int size)
    {
        if (bytes.Length - length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + size));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        length += size;
        return bytes.AsSpan(length - size, size);
    }
}
