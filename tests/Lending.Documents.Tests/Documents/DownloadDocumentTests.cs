using System.Net;
using System.Security.Cryptography;
using Lending.Testing;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using SkiaSharp;

namespace Lending.Documents.Tests.Documents;

public sealed class DownloadDocumentTests(DocumentsFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_is_answered_as_it_was_sent_to_be_saved()
    {
        var (installer, customer, content, id) = await SendAsync();

        foreach (var reader in (HttpClient[])[installer, customer])
        {
            using var file = await reader.DownloadAsync(id);

            file.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await file.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(content);
            file.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
            file.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=");
            file.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Gehalt März.pdf");
            file.Headers.AcceptRanges.ShouldBe(["bytes"]);
        }
    }

    // A chunk has 65,536 bytes.
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=65535-65536", 65_535, 2)]
    [InlineData("bytes=65536-131071", 65_536, 65_536)]
    [InlineData("bytes=60000-140000", 60_000, 80_001)]
    [InlineData("bytes=-10", -10, 10)]
    [InlineData("bytes=200000-", 200_000, -1)]
    public async Task A_part_of_it_is_answered_where_a_part_is_asked_for(string range, int from, int length)
    {
        var (installer, _, content, id) = await SendAsync();

        using var part = await installer.DownloadAsync(id, range);

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        var start = from < 0 ? content.Length + from : from;
        var expected = content.AsSpan(start, length < 0 ? content.Length - start : length).ToArray();
        (await part.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(expected);
        part.Content.Headers.ContentRange!.Length.ShouldBe(content.Length);
    }

    [Fact]
    public async Task A_part_that_there_is_not_is_refused()
    {
        var (installer, _, content, id) = await SendAsync();

        using var part = await installer.DownloadAsync(id, $"bytes={content.Length}-");

        part.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await part.Content.ReadAsStringAsync(Ct)).ShouldContain("range-not-satisfiable");
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        var (_, _, _, id) = await SendAsync();
        var organizationId = await DocumentsFixture.ScalarAsync<Guid>(
            fixture.Host,
            $"SELECT organization_id FROM documents.documents WHERE id = '{id}'"
        );

        foreach (
            var stranger in (AccessTokenSubject[])
                [Persons.Customer(organizationId, fixture.NewCustomer(organizationId)), Persons.Administrator(Unique.Id())]
        )
        {
            var client = fixture.Host.ClientFor(stranger);
            using var file = await client.DownloadAsync(id);
            file.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await client.SendAsync("GET", $"/documents/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            (await client.GetAsync("/documents", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task Who_of_the_staff_gets_it_is_in_the_audit_log_before_it_leaves()
    {
        var (installer, customer, _, id) = await SendAsync();
        Task<long> ReadsAsync() =>
            DocumentsFixture.ScalarAsync<long>(
                fixture.Host,
                $"SELECT count(*) FROM audit.entries WHERE entity_id = '{id}' AND action = 'READ' AND operation = 'downloadDocument' AND customer_id IS NOT NULL"
            );

        using (await customer.DownloadAsync(id)) { }
        (await ReadsAsync()).ShouldBe(0);
        using (await installer.DownloadAsync(id)) { }
        (await ReadsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_or_shortened_file_is_not_given_out()
    {
        var (host, folder) = await fixture.StartAsync();
        await using var _ = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var installer = host.ClientFor(Persons.Installer(organizationId));
        var sent = await installer.UploadAsync(Upload.Of(customerId, PdfFile.WithStream(new byte[100_000])));
        var file = System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, Ct);

        bytes[70_000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ct);

        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var broken = await installer.DownloadAsync(sent.Id);
            broken.EnsureSuccessStatusCode();
        });
        // The first chunk is as it was.
        using var beginning = await installer.DownloadAsync(sent.Id, "bytes=0-100");
        beginning.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Of_a_picture_only_the_pixels_are_left_upright(byte orientation)
    {
        var photo = ImageFile.WithMetadata(orientation);
        var before = ImageMetadataReader.ReadMetadata(new MemoryStream(photo));
        before.OfType<GpsDirectory>().ShouldNotBeEmpty();
        before.OfType<ExifIfd0Directory>().Single().GetString(ExifDirectoryBase.TagMake).ShouldBe("Leica");
        photo.AsSpan().IndexOf("kitchen"u8).ShouldBeGreaterThan(0);
        var organizationId = Unique.Id();
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var sent = await installer.UploadAsync(Upload.Of(fixture.NewCustomer(organizationId), photo, "photo.jpg"));
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);

        using var answer = await installer.DownloadAsync(sent.Id);
        var clean = await answer.Content.ReadAsByteArrayAsync(Ct);

        clean.Length.ShouldBe(int.Parse(sent["sizeBytes"]!, System.Globalization.CultureInfo.InvariantCulture));
        var after = ImageMetadataReader.ReadMetadata(new MemoryStream(clean));
        after.OfType<GpsDirectory>().ShouldBeEmpty();
        after.OfType<ExifDirectoryBase>().ShouldBeEmpty();
        clean.AsSpan().IndexOf("kitchen"u8).ShouldBe(-1);
        using var expected = Turned(orientation);
        using var picture = SKBitmap.Decode(clean);
        (picture.Width, picture.Height).ShouldBe((expected.Width, expected.Height));
        foreach (
            var (x, y) in ((int, int)[])
                [(4, 4), (expected.Width - 5, 4), (4, expected.Height - 5), (expected.Width - 5, expected.Height - 5)]
        )
        {
            (picture.GetPixel(x, y).Red > 128).ShouldBe(expected.GetPixel(x, y).Red > 128, $"at {x}, {y}");
        }
    }

    // By what the standard says of each: where the first row and the first column of the file are to be seen.
    private static SKBitmap Turned(byte orientation)
    {
        using var asStored = SKBitmap.Decode(ImageFile.Of(SKEncodedImageFormat.Png));
        var (width, height) = (asStored.Width, asStored.Height);
        var isTurned = orientation >= 5;
        var turned = new SKBitmap(isTurned ? height : width, isTurned ? width : height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (toX, toY) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (height - 1 - y, x),
                    7 => (height - 1 - y, width - 1 - x),
                    _ => (y, width - 1 - x),
                };
                turned.SetPixel(toX, toY, asStored.GetPixel(x, y));
            }
        }
        return turned;
    }

    private async Task<(HttpClient Installer, HttpClient Customer, byte[] Content, Guid Id)> SendAsync()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var content = PdfFile.WithStream(RandomNumberGenerator.GetBytes(250_000));
        var sent = await installer.UploadAsync(Upload.Of(customerId, content, "Gehalt März.pdf"));
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
        return (installer, fixture.Host.ClientFor(Persons.Customer(organizationId, customerId)), content, sent.Id);
    }
}
