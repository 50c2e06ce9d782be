using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Lending.Testing;
using SkiaSharp;

namespace Lending.Documents.Tests.Documents;

/// <summary>Files that nobody wants: each is refused with a code, and nothing of it is left, neither a file nor a row.</summary>
public sealed class BadFilesTests(BadFilesTests.OwnHost own) : IClassFixture<BadFilesTests.OwnHost>
{
    // The file that virus scanners are tried out with, in two pieces, so that none takes this source for it.
    private static readonly byte[] Eicar = Encoding.ASCII.GetBytes(
        @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
    );

    private static readonly byte[] Jpeg = ImageFile.Of(SKEncodedImageFormat.Jpeg);
    private static readonly byte[] Png = ImageFile.Of(SKEncodedImageFormat.Png);
    private static readonly byte[] Webp = ImageFile.Of(SKEncodedImageFormat.Webp);
    private static readonly byte[] Pdf = PdfFile.Of("Payslip");

    private static readonly Dictionary<string, (Func<Upload> File, string Code)> Bad = new(StringComparer.Ordinal)
    {
        // A virus, in each format.
        ["EICAR as text"] = (() => new(Eicar, "eicar.pdf"), "file-type-unsupported"),
        ["EICAR in a ZIP"] = (() => new(Zip("eicar.com", Eicar), "eicar.pdf"), "file-type-unsupported"),
        ["EICAR in a stream of a PDF"] = (() => new(PdfFile.WithStream(Eicar), "payslip.pdf"), "file-infected"),
        ["EICAR in a packed stream of a PDF"] = (
            () => new(PdfFile.WithStream(Packed(Eicar), "/Filter /FlateDecode"), "payslip.pdf"),
            "file-infected"
        ),
        ["EICAR behind a JPEG"] = (() => new([.. Jpeg, .. Eicar], "photo.jpg"), "file-infected"),
        ["EICAR behind a PNG"] = (() => new([.. Png, .. Eicar], "photo.png"), "file-infected"),
        ["EICAR behind a WebP"] = (() => new([.. Webp, .. Eicar], "photo.webp"), "file-infected"),
        // Two things at once.
        ["JPEG and ZIP"] = (() => new([.. Jpeg, .. Zip("a.txt", [1])], "photo.jpg"), "file-ambiguous"),
        ["PDF and ZIP"] = (() => new([.. Pdf, .. Zip("a.txt", [1])], "payslip.pdf"), "file-ambiguous"),
        ["PNG and PDF"] = (() => new([.. Png, .. Pdf], "photo.png"), "file-ambiguous"),
        ["PDF and page"] = (() => new(PdfFile.Of("<Script>alert(1)</script>"), "payslip.pdf"), "file-ambiguous"),
        ["JPEG and page"] = (() => new(WithComment("<html><body>"), "photo.jpg"), "file-ambiguous"),
        ["ZIP before a PDF"] = (() => new([.. Zip("a.txt", [1]), .. Pdf], "payslip.pdf"), "file-type-unsupported"),
        ["GIF before a PDF"] = (() => new([.. "GIF89a"u8, .. Pdf], "payslip.pdf"), "file-type-unsupported"),
        // What is not taken, whatever it is called.
        ["ZIP"] = (() => new(Zip("a.txt", [1]), "a.zip"), "file-type-unsupported"),
        ["ZIP bomb"] = (() => new(Zip("a.txt", new byte[50_000_000]), "payslip.pdf"), "file-type-unsupported"),
        ["program"] = (() => new([.. "MZ"u8, .. new byte[100]], "payslip.pdf"), "file-type-unsupported"),
        ["page"] = (() => new([.. "<html></html>"u8], "payslip.pdf"), "file-type-unsupported"),
        ["SVG"] = (() => new([.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "photo.png"), "file-type-unsupported"),
        ["GIF"] = (() => new([.. "GIF89a"u8, .. new byte[100]], "photo.png"), "file-type-unsupported"),
        ["a few bytes"] = (() => new([0xFF, 0xD8], "photo.jpg"), "file-type-unsupported"),
        ["nothing"] = (() => new([], "payslip.pdf"), "file-missing"),
        // Names and types that do not fit.
        ["PDF called a picture"] = (() => new(Pdf, "payslip.jpg"), "file-name-mismatch"),
        ["PNG called a JPEG"] = (() => new(Png, "photo.jpg"), "file-name-mismatch"),
        ["PDF without an end to its name"] = (() => new(Pdf, "payslip"), "file-name-mismatch"),
        ["PDF called a program"] = (() => new(Pdf, "payslip.pdf.exe"), "file-name-mismatch"),
        ["PDF sent as a page"] = (() => new(Pdf, "payslip.pdf") { ContentType = "text/html" }, "file-type-mismatch"),
        ["JPEG sent as a PNG"] = (() => new(Jpeg, "photo.jpg") { ContentType = "image/png" }, "file-type-mismatch"),
        ["PDF sent as nonsense"] = (() => new(Pdf, "payslip.pdf") { ContentType = "nonsense" }, "file-type-mismatch"),
        ["a path"] = (() => new(Pdf, "../../etc/cron.d/payslip.pdf"), "file-name-invalid"),
        ["a path of Windows"] = (() => new(Pdf, @"C:\\Users\\payslip.pdf"), "file-name-invalid"),
        ["an absolute path"] = (() => new(Pdf, "/payslip.pdf"), "file-name-invalid"),
        ["a hidden file"] = (() => new(Pdf, ".pdf"), "file-name-invalid"),
        ["a control character"] = (() => new(Pdf, "pay\u0001slip.pdf"), "file-name-invalid"),
        ["a coded path"] = (() => new(Pdf, "") { Disposition = "filename*=UTF-8''..%2Fpayslip.pdf" }, "file-name-invalid"),
        ["a coded line break"] = (() => new(Pdf, "") { Disposition = "filename*=UTF-8''pay%0D%0Aslip.pdf" }, "file-name-invalid"),
        ["a coded NUL"] = (() => new(Pdf, "") { Disposition = "filename*=UTF-8''payslip.pdf%00.exe" }, "file-name-invalid"),
        ["writing turned round"] = (() => new(Pdf, "payslip\u202Efdp.pdf"), "file-name-invalid"),
        ["no name"] = (() => new(Pdf, ""), "file-name-invalid"),
        ["a long name"] = (() => new(Pdf, new string('a', 197) + ".pdf"), "file-name-invalid"),
        ["no file at all"] = (() => new(Pdf, "") { Disposition = "x=y" }, "file-missing"),
        // Pictures that cannot be decoded, or should not be.
        ["PNG of 100 megapixels"] = (() => new(ImageFile.HugePng(10_000, 10_000), "photo.png"), "image-too-large"),
        ["JPEG of 4 gigapixels"] = (() => new(ImageFile.HugeJpeg(65_500, 65_500), "photo.jpg"), "image-too-large"),
        ["half a JPEG"] = (() => new(HalfOf(ImageFile.Of(SKEncodedImageFormat.Jpeg, 640, 480)), "photo.jpg"), "file-unreadable"),
        ["half a PNG"] = (() => new(HalfOf(Png), "photo.png"), "file-unreadable"),
        ["half a WebP"] = (() => new(HalfOf(Webp), "photo.webp"), "file-unreadable"),
        ["a JPEG's beginning"] = (() => new(Jpeg[..20], "photo.jpg"), "file-unreadable"),
        ["noise behind a JPEG's beginning"] = (() => new([0xFF, 0xD8, 0xFF, .. Noise(5000)], "photo.jpg"), "file-unreadable"),
        ["noise behind a PNG's beginning"] = (() => new([.. Png.AsSpan(0, 8), .. Noise(5000)], "photo.png"), "file-unreadable"),
        // Documents.
        ["PDF with a password"] = (() => new(PdfFile.Encrypted(needsPassword: true), "payslip.pdf"), "pdf-encrypted"),
        ["PDF that may not be printed"] = (() => new(PdfFile.Encrypted(needsPassword: false), "payslip.pdf"), "pdf-encrypted"),
        ["PDF with a script"] = (
            () => new(PdfFile.Of("x", "/OpenAction 5 0 R", "", "<< /S /JavaScript /JS (app.alert(1)) >>"), "payslip.pdf"),
            "pdf-active-content"
        ),
        // clamd takes names that are written so for a sign of a virus; PdfCheckTests has what we say of them.
        ["PDF with a script in other letters"] = (
            () => new(PdfFile.Of("x", "/OpenAction 5 0 R", "", "<< /S /Java#53cript /J#53 (app.alert(1)) >>"), "payslip.pdf"),
            "file-infected"
        ),
        ["PDF with a script in a packed object"] = (() => new(PdfFile.Packed("/OpenAction 6 0 R"), "payslip.pdf"), "pdf-active-content"),
        ["PDF that starts a program"] = (
            () => new(PdfFile.Of("x", "/OpenAction 5 0 R", "", "<< /S /Launch /F (calc.exe) >>"), "payslip.pdf"),
            "pdf-active-content"
        ),
        ["PDF that starts a program from a page"] = (
            () => new(PdfFile.Of("x", "", "/AA << /O << /S /L#61unch /F (calc.exe) >> >>"), "payslip.pdf"),
            "file-infected"
        ),
        ["PDF with a file"] = (
            () =>
                new(
                    PdfFile.Of(
                        "x",
                        "/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
                        "",
                        "<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
                        "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"
                    ),
                    "payslip.pdf"
                ),
            "pdf-active-content"
        ),
        ["PDF with a bomb"] = (() => new(PdfFile.Packed("", fillBytes: 200_000_000), "payslip.pdf"), "pdf-too-complex"),
        ["half a PDF"] = (() => new(HalfOf(PdfFile.WithStream(Noise(100_000))), "payslip.pdf"), "file-unreadable"),
        ["a PDF's beginning"] = (() => new([.. "%PDF-1.7\n"u8], "payslip.pdf"), "file-unreadable"),
        ["a PDF's beginning and end"] = (() => new([.. "%PDF-1.7\n%%EOF"u8], "payslip.pdf"), "file-unreadable"),
        ["noise between a PDF's beginning and end"] = (
            () => new([.. "%PDF-1.7\n"u8, .. Noise(50_000), .. "\n%%EOF"u8], "payslip.pdf"),
            "file-unreadable"
        ),
        ["a deep PDF"] = (
            () => new(PdfFile.Of("x", $"/Deep {new string('[', 100_000)}{new string(']', 100_000)}", ""), "payslip.pdf"),
            "file-unreadable"
        ),
        ["a PDF whose pages go round"] = (() => new(Replace(Pdf, "/Kids [3 0 R]", "/Kids [2 0 R]"), "payslip.pdf"), "file-unreadable"),
        ["a PDF without pages"] = (
            () => new(Replace(Pdf, "/Kids [3 0 R] /Count 1", "/Kids [     ] /Count 0"), "payslip.pdf"),
            "file-unreadable"
        ),
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_refused_with_its_code_and_nothing_is_left(string name)
    {
        var (file, code) = Bad[name];
        var organizationId = Unique.Id();
        var customerId = own.Fixture.NewCustomer(organizationId);

        var answer = await own.Host.ClientFor(Persons.Installer(organizationId)).UploadAsync(file().For(customerId));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, code);
        own.Files().ShouldBeEmpty();
        (
            await DocumentsFixture.ScalarAsync<long>(
                own.Host,
                "SELECT (SELECT count(*) FROM documents.documents) + (SELECT count(*) FROM documents.discarded_files)"
            )
        ).ShouldBe(0);
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }
        return file.ToArray();
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }
        return packed.ToArray();
    }

    private static byte[] WithComment(string comment) =>
        [0xFF, 0xD8, 0xFF, 0xFE, 0, (byte)(comment.Length + 2), .. Encoding.ASCII.GetBytes(comment), .. Jpeg.AsSpan(2)];

    private static byte[] HalfOf(byte[] file) => file[..(file.Length / 2)];

    private static byte[] Noise(int length) => RandomNumberGenerator.GetBytes(length);

    private static byte[] Replace(byte[] file, string old, string by) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(old, by, StringComparison.Ordinal));

    /// <summary>A host that gets nothing but bad files, and has clamd as its child.</summary>
    public sealed class OwnHost(DocumentsFixture fixture) : IAsyncLifetime
    {
        private string folder = "";

        public DocumentsFixture Fixture => fixture;

        public ModuleHost Host { get; private set; } = null!;

        public string[] Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

        public async ValueTask InitializeAsync() => (Host, folder) = await fixture.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
