using System.Net;
using System.Text;
using Lending.Testing;
using SkiaSharp;

namespace Lending.Documents.Tests.Documents;

public sealed class UploadDocumentTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task A_form_s_boundary_has_at_most_70_characters()
    {
        var organizationId = Unique.Id();
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var upload = Upload.Of(fixture.NewCustomer(organizationId));
        var form = Encoding.Latin1.GetString(upload.ToBytes());

        (await SendAsync(71)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        // Longer than the reader's buffer.
        (await SendAsync(5000)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        (await SendAsync(70)).Status.ShouldBe(HttpStatusCode.Created);

        Task<Answer> SendAsync(int length)
        {
            var boundary = new string('x', length);
            var body = Encoding.Latin1.GetBytes(form.Replace("----lending-test", boundary, StringComparison.Ordinal));
            return installer.UploadAsync(upload, body, $"multipart/form-data; boundary={boundary}");
        }
    }

    [Fact]
    public async Task Staff_send_a_document_of_a_customer_which_then_waits_for_a_decision()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));

        var sent = await installer.UploadAsync(
            Upload.Of(customerId, PdfFile.Of("October"), "Gehalt Oktober.pdf") with
            {
                ContentType = "application/pdf",
            }
        );

        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
        sent.Location!.ToString().ShouldBe($"/api/v1/documents/{sent.Id}");
        sent["customerId"].ShouldBe($"{customerId}");
        sent["kind"].ShouldBe("PAYSLIP");
        sent["status"].ShouldBe("PENDING");
        sent["format"].ShouldBe("PDF");
        sent["fileName"].ShouldBe("Gehalt Oktober.pdf");
        sent["sizeBytes"].ShouldBe($"{PdfFile.Of("October").Length}");
        sent["reviewedBy"].ShouldBeEmpty();
        var read = await installer.GetAsync($"/documents/{sent.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(sent.Text);
        read.ETag.ShouldBe(sent.ETag);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "photo.JPEG", "image/jpeg", "JPEG")]
    [InlineData(SKEncodedImageFormat.Png, "photo.png", "application/octet-stream", "PNG")]
    [InlineData(SKEncodedImageFormat.Webp, "photo.webp", null, "WEBP")]
    public async Task Customers_send_pictures_of_their_own_without_saying_who_they_are(
        SKEncodedImageFormat format,
        string name,
        string? type,
        string expected
    )
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var customer = fixture.Host.ClientFor(Persons.Customer(organizationId, customerId));

        var sent = await customer.UploadAsync(
            new Upload(ImageFile.Of(format), name)
            {
                ContentType = type,
                Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "IDENTITY_COPY" },
            }
        );

        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
        sent["customerId"].ShouldBe($"{customerId}");
        sent["format"].ShouldBe(expected);
    }

    [Fact]
    public async Task Of_somebody_else_there_is_no_customer()
    {
        var organizationId = Unique.Id();
        var (customerId, otherId) = (fixture.NewCustomer(organizationId), fixture.NewCustomer(organizationId));
        var elsewhere = Unique.Id();

        foreach (
            var (sender, of) in ((AccessTokenSubject, Guid)[])
                [
                    (Persons.Customer(organizationId, customerId), otherId),
                    (Persons.Installer(elsewhere), customerId),
                    (Persons.Installer(organizationId), Unique.Id()),
                ]
        )
        {
            (await fixture.Host.ClientFor(sender).UploadAsync(Upload.Of(of))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task All_wrong_fields_are_told_at_once()
    {
        var installer = fixture.Host.ClientFor(Persons.Installer(Unique.Id()));
        var upload = new Upload(PdfFile.Of("x"), "payslip.pdf")
        {
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["customerId"] = "mine",
                ["kind"] = "Payslip",
                ["requestId"] = "",
                ["note"] = "hello",
            },
        };

        var refused = await installer.UploadAsync(upload);
        refused
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["note", "customerId", "requestId", "kind"], ignoreOrder: true);
        refused = await installer.UploadAsync(upload with { Fields = new Dictionary<string, string>(StringComparer.Ordinal) });
        refused
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["customerId", "kind"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_blamed_on_the_client()
    {
        var organizationId = Unique.Id();
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var upload = Upload.Of(fixture.NewCustomer(organizationId));
        var form = upload.ToBytes();

        (await installer.UploadAsync(upload, path: "/documents?a=1")).ShouldBeProblem(HttpStatusCode.BadRequest, "unexpected-query");
        (await installer.UploadAsync(upload, "{}"u8.ToArray(), "application/json")).ShouldBeProblem(
            HttpStatusCode.UnsupportedMediaType,
            "unsupported-media-type"
        );
        (await installer.UploadAsync(upload, form[..^40])).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        (await installer.UploadAsync(upload, [])).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        (await installer.UploadAsync(upload, form, "multipart/form-data")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        (await installer.UploadAsync(upload, form, "multipart/form-data; boundary=other")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "malformed-form"
        );
        var longField = new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = new string('x', 1000) };
        (await installer.UploadAsync(upload with { Fields = longField })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        var many = Enumerable.Range(0, 20).ToDictionary(number => $"field{number}", _ => "x", StringComparer.Ordinal);
        (await installer.UploadAsync(upload with { Fields = many })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-form");
        byte[] two = [.. form.AsSpan(0, form.Length - 22), .. form];
        (await installer.UploadAsync(upload, two)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_same_file_sent_again_is_answered_with_what_came_of_it()
    {
        var organizationId = Unique.Id();
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var customerId = fixture.NewCustomer(organizationId);
        var upload = Upload.Of(customerId, PdfFile.Of("October"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => installer.UploadAsync(upload)));

        answers
            .Select(answer => answer.Status)
            .ShouldAllBe(status => status == HttpStatusCode.Created || status == HttpStatusCode.OK || status == HttpStatusCode.Conflict);
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        var first = answers.Single(answer => answer.Status == HttpStatusCode.Created).Id;
        var again = await installer.UploadAsync(upload);
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Id.ShouldBe(first);
        // As another kind, it is another document; and what is to be sent again may be the same file.
        (await installer.UploadAsync(Upload.Of(customerId, PdfFile.Of("October"), kind: "OTHER"))).Status.ShouldBe(HttpStatusCode.Created);
        await fixture
            .Host.ClientFor(Persons.Underwriter(organizationId))
            .PostAsync($"/documents/{first}/review", new { decision = "REVISION", reason = "ILLEGIBLE" }, HttpStatusCode.OK);
        (await installer.UploadAsync(upload)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_lies_in_the_folder_says_nothing()
    {
        var (host, folder) = await fixture.StartAsync();
        await using var _ = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var sent = await host.ClientFor(Persons.Installer(organizationId))
            .UploadAsync(Upload.Of(customerId, PdfFile.Of("Greta Sommer earns much")));
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);

        var file = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();

        Path.GetFileName(file).ShouldNotContain("payslip");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes.AsSpan().IndexOf("Greta"u8).ShouldBe(-1);
        bytes.AsSpan().IndexOf("PDF"u8).ShouldBe(-1);
        bytes.Length.ShouldBe(int.Parse(sent["sizeBytes"]!, System.Globalization.CultureInfo.InvariantCulture) + 16);
        var key = await DocumentsFixture.ScalarAsync<byte[]>(host, $"SELECT file_key FROM documents.documents WHERE id = '{sent.Id}'");
        Encoding.ASCII.GetString(key, 2, 5).ShouldBe("first", "the key is encrypted with the platform's");
    }
}
