using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Lending.Testing;

/// <summary>PDF documents of one page, made by hand, so that they can have what tests look for.</summary>
public static class PdfFile
{
    /// <summary>A document that says this.</summary>
    public static byte[] Of(string text, params string[] moreObjects) => Of(text, "", "", moreObjects);

    /// <summary>A document with a stream of this in it.</summary>
    public static byte[] WithStream(byte[] content, string dictionary = "") => Write(Basic("", "").Append(Stream(content, dictionary)), "");

    /// <summary>A document whose catalogue has this, with more objects; the first of them has number 5.</summary>
    public static byte[] Of(string text, string catalogue, string page, params string[] moreObjects) =>
        Write(Basic(catalogue, page, text).Concat(moreObjects.Select(Encoding.Latin1.GetBytes)), "");

    /// <summary>A document with its catalogue in a packed stream, where no name of it can be read in the file.</summary>
    public static byte[] Packed(string catalogue, int fillBytes = 0)
    {
        var parts = new[] { $"<< /Type /Catalog /Pages 2 0 R {catalogue} >>", "<< /S /JavaScript /JS (app.alert(1)) >>" };
        var header = $"1 0 6 {parts[0].Length + 1} ";
        var plain = Encoding.Latin1.GetBytes(header + string.Join(' ', parts) + " ");
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
            var blanks = new byte[64 * 1024];
            blanks.AsSpan().Fill((byte)' ');
            for (var left = fillBytes; left > 0; left -= blanks.Length)
            {
                zlib.Write(blanks);
            }
        }
        return WriteWithTable(packed.ToArray(), header.Length);
    }

    /// <summary>An encrypted document that opens without a password, as those do that only forbid printing; or one that asks for one.</summary>
    public static byte[] Encrypted(bool needsPassword)
    {
        byte[] password = needsPassword ? [.. "secret"u8] : [];
        var (ofPassword, ofKey) = (RandomNumberGenerator.GetBytes(8), RandomNumberGenerator.GetBytes(8));
        byte[] user = [.. SHA256.HashData([.. password, .. ofPassword]), .. ofPassword, .. ofKey];
        using var aes = Aes.Create();
        aes.Key = SHA256.HashData([.. password, .. ofKey]);
        var key = aes.EncryptCbc(RandomNumberGenerator.GetBytes(32), iv: new byte[16], PaddingMode.None);
        var encrypt =
            "<< /Filter /Standard /V 5 /R 5 /Length 256 /P -4 /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF "
            + $"/U <{Convert.ToHexString(user)}> /UE <{Convert.ToHexString(key)}> /O <{Random(48)}> /OE <{Random(32)}> /Perms <{Random(16)}> >>";
        return Write(Basic("", "").Append(Encoding.Latin1.GetBytes(encrypt)), $"/Encrypt 5 0 R /ID [<{Random(16)}> <{Random(16)}>]");

        static string Random(int count) => Convert.ToHexString(RandomNumberGenerator.GetBytes(count));
    }

    private static IEnumerable<byte[]> Basic(string catalogue, string page, string text = "Payslip") =>
        [
            Encoding.Latin1.GetBytes($"<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"u8.ToArray(),
            Encoding.Latin1.GetBytes($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R {page} >>"),
            Stream(Encoding.Latin1.GetBytes($"BT ({text}) Tj ET"), ""),
        ];

    private static byte[] Stream(byte[] content, string dictionary) =>
        [.. Encoding.Latin1.GetBytes($"<< /Length {content.Length} {dictionary} >>\nstream\n"), .. content, .. "\nendstream"u8];

    private static byte[] Write(IEnumerable<byte[]> objects, string trailer)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();
        Add("%PDF-1.7\n");
        foreach (var content in objects)
        {
            offsets.Add(file.Length);
            Add($"{offsets.Count} 0 obj\n");
            file.Write(content);
            Add("\nendobj\n");
        }
        var table = file.Length;
        Add($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => Add($"{offset.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n"));
        Add($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Add(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }

    // The objects 1 and 6 stand in the packed one, number 5; 7 is the table, which then has to be a stream, too.
    private static byte[] WriteWithTable(byte[] packed, int first)
    {
        using var file = new MemoryStream();
        var offsets = new Dictionary<int, long>();
        Add("%PDF-1.7\n");
        var basic = Basic("", "").ToList();
        for (var number = 2; number <= 4; number++)
        {
            AddObject(number, basic[number - 1]);
        }
        AddObject(5, Stream(packed, $"/Type /ObjStm /N 2 /First {first} /Filter /FlateDecode"));
        var table = file.Length;
        using var rows = new MemoryStream();
        AddRow(0, 0, 0xFF);
        AddRow(2, 5, 0);
        for (var number = 2; number <= 5; number++)
        {
            AddRow(1, offsets[number], 0);
        }
        AddRow(2, 5, 1);
        AddRow(1, table, 0);
        AddObject(7, Stream(rows.ToArray(), "/Type /XRef /Size 8 /W [1 4 1] /Root 1 0 R"));
        Add($"startxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Add(string text) => file.Write(Encoding.Latin1.GetBytes(text));

        void AddObject(int number, byte[] content)
        {
            offsets[number] = file.Length;
            Add($"{number} 0 obj\n");
            file.Write(content);
            Add("\nendobj\n");
        }

        void AddRow(byte type, long second, byte third) =>
            rows.Write([type, (byte)(second >> 24), (byte)(second >> 16), (byte)(second >> 8), (byte)second, third]);
    }
}
