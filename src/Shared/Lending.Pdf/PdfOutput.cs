using System.Buffers.Text;
using System.Text;

namespace Lending.Pdf;

/// <summary>Bytes that grow, and how PDF writes numbers and text into them.</summary>
internal sealed class PdfOutput
{
    private byte[] buffer = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public PdfOutput Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>Adds ASCII text.</summary>
    public PdfOutput Add(string text)
    {
        Length += Encoding.ASCII.GetBytes(text, Room(text.Length));
        return this;
    }

    public PdfOutput Add(int number)
    {
        Utf8Formatter.TryFormat(number, Room(11), out var length);
        Length += length;
        return this;
    }

    /// <summary>Adds a number with at most three decimals, and a space.</summary>
    public PdfOutput Add(double number)
    {
        var thousandths = (long)Math.Round(number * 1000, MidpointRounding.AwayFromZero);
        if (thousandths < 0)
        {
            Add("-"u8);
            thousandths = -thousandths;
        }
        Add((int)(thousandths / 1000));
        var rest = (int)(thousandths % 1000);
        if (rest != 0)
        {
            Add("."u8);
            for (var unit = 100; rest != 0; unit /= 10)
            {
                Add(rest / unit);
                rest %= unit;
            }
        }
        return Add(" "u8);
    }

    /// <summary>Adds four hexadecimal digits.</summary>
    public PdfOutput AddHex(int number)
    {
        var digits = Room(4);
        for (var digit = 3; digit >= 0; digit--, number >>= 4)
        {
            digits[digit] = "0123456789ABCDEF"u8[number & 0xF];
        }
        Length += 4;
        return this;
    }

    /// <summary>Adds a string of the document's own data, such as its title: UTF-16 as hexadecimal digits.</summary>
    public PdfOutput AddText(string text)
    {
        Add("<FEFF"u8);
        foreach (var unit in text)
        {
            AddHex(unit);
        }
        return Add(">"u8);
    }

    private Span<byte> Room(int length)
    {
        if (buffer.Length - Length < length)
        {
            Array.Resize(ref buffer, Math.Max(2 * buffer.Length, Length + length));
        }
        return buffer.AsSpan(Length);
    }
}
