using System.IO.Compression;
using System.Security.Cryptography;

namespace Lending.Pdf;

/// <summary>The outer shape of a PDF file (ISO 32000-1, 7.5): numbered objects, the table of where they are, the trailer.</summary>
internal sealed class PdfFile
{
    private readonly PdfOutput output = new();
    private readonly List<int> offsets = [];

    public PdfFile() => output.Add("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);

    /// <summary>A number for an object that others refer to before it is written.</summary>
    public int Reserve()
    {
        offsets.Add(0);
        return offsets.Count;
    }

    public void Write(int id, Action<PdfOutput> body)
    {
        Begin(id);
        body(output);
        output.Add("\nendobj\n"u8);
    }

    /// <summary>Writes a compressed stream; the entries are those that its dictionary has beside filter and length.</summary>
    public void WriteStream(int id, string entries, ReadOnlySpan<byte> data)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }
        Begin(id);
        output.Add("<<"u8).Add(entries).Add("/Filter/FlateDecode/Length "u8).Add((int)compressed.Length).Add(">>\nstream\n"u8);
        output.Add(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)).Add("\nendstream\nendobj\n"u8);
    }

    /// <summary>Ends the file. Its id is made of its content, so that the same content gives the same bytes.</summary>
    public byte[] Finish(int catalog, int information)
    {
        var id = Convert.ToHexString(SHA256.HashData(output.Written).AsSpan(0, 16));
        var table = output.Length;
        output.Add("xref\n0 "u8).Add(offsets.Count + 1).Add("\n0000000000 65535 f \n"u8);
        foreach (var offset in offsets)
        {
            output.Add(offset.ToString("D10", System.Globalization.CultureInfo.InvariantCulture)).Add(" 00000 n \n"u8);
        }
        output.Add("trailer\n<</Size "u8).Add(offsets.Count + 1).Add("/Root "u8).Add(catalog).Add(" 0 R/Info "u8).Add(information);
        output.Add(" 0 R/ID[<"u8).Add(id).Add("><"u8).Add(id).Add(">]>>\nstartxref\n"u8).Add(table).Add("\n%%EOF\n"u8);
        return output.Written.ToArray();
    }

    private void Begin(int id)
    {
        offsets[id - 1] = output.Length;
        output.Add(id).Add(" 0 obj\n"u8);
    }
}
