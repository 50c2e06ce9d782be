using System.Net;
using System.Net.Sockets;
using System.Text;
using Lending.Testing;

namespace Lending.Documents.Tests.Documents;

/// <summary>Long files: they are written as they come, and refused as soon as they are too long.</summary>
public sealed class LongUploadTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task Fifteen_megabytes_are_taken_and_more_are_not()
    {
        var organizationId = Unique.Id();
        var installer = fixture.Host.ClientFor(Persons.Installer(organizationId));
        var customerId = fixture.NewCustomer(organizationId);
        const int limit = 15 * 1024 * 1024;
        var frame = PdfFile.WithStream(new byte[10_000_000]).Length - 10_000_000;

        // As many digits in its length as the one above.
        var rest = limit - frame;
        var taken = await installer.UploadAsync(Upload.Of(customerId, PdfFile.WithStream(new byte[rest])));
        taken.Status.ShouldBe(HttpStatusCode.Created, taken.Text);
        taken["sizeBytes"].ShouldBe($"{limit}");

        (await installer.UploadAsync(Upload.Of(customerId, PdfFile.WithStream(new byte[rest + 1])))).ShouldBeProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "body-too-large"
        );
        // What says at once that it is longer than a form may be is refused before it is sent.
        using var tooLong = new HttpRequestMessage(HttpMethod.Post, "/api/v1/documents")
        {
            Content = new ByteArrayContent(Upload.Of(customerId, PdfFile.WithStream(new byte[rest + 1_000_000])).ToBytes()),
        };
        tooLong.Headers.ExpectContinue = true;
        tooLong.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(Upload.MediaType);
        using var refused = await installer.SendAsync(tooLong, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_long_file_lies_on_the_disk_before_it_has_come_to_its_end()
    {
        const int pieceBytes = 7_000_000;
        var (host, folder) = (fixture.Host, fixture.Folder);
        var organizationId = Unique.Id();
        var form = Upload.Of(fixture.NewCustomer(organizationId), PdfFile.WithStream(new byte[2 * pieceBytes])).ToBytes();
        using var sender = await SendFirstAsync(host, organizationId, $"Content-Length: {form.Length}");

        await sender.GetStream().WriteAsync(form.AsMemory(0, pieceBytes), TestContext.Current.CancellationToken);

        // But for what is on its way, in the server's buffer of 1 MB and in the system's.
        await Wait.UntilAsync(() => LongestIncoming(folder) > pieceBytes / 2);
        await sender.GetStream().WriteAsync(form.AsMemory(pieceBytes), TestContext.Current.CancellationToken);
        (await FirstLineOfAnswerAsync(sender)).ShouldContain(" 201 ");
    }

    [Fact]
    public async Task A_file_without_an_end_is_refused_while_it_is_sent_and_nothing_of_it_is_kept()
    {
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var form = Upload.Of(customerId, PdfFile.WithStream(new byte[100_000])).ToBytes();
        var piece = new byte[256 * 1024];
        using var sender = await SendFirstAsync(fixture.Host, organizationId, "Transfer-Encoding: chunked");

        await WriteChunkAsync(form.AsMemory(0, 50_000));
        var answer = FirstLineOfAnswerAsync(sender);
        try
        {
            for (var sentBytes = 0; !answer.IsCompleted; sentBytes += piece.Length)
            {
                sentBytes.ShouldBeLessThan(10 * 15 * 1024 * 1024, "nobody takes that much");
                await WriteChunkAsync(piece);
            }
        }
        catch (IOException)
        {
            // Who has answered does not wait for the rest: the connection is closed under it.
        }

        (await answer).ShouldContain(" 413 ");
        var documents = await fixture
            .Host.ClientFor(Persons.Installer(organizationId))
            .GetAsync($"/documents?customerId={customerId}", HttpStatusCode.OK);
        documents.Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        await Wait.UntilAsync(() => LongestIncoming(fixture.Folder) < 1_000_000);

        async Task WriteChunkAsync(ReadOnlyMemory<byte> bytes)
        {
            byte[] chunk = [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes.Span, .. "\r\n"u8];
            await sender.GetStream().WriteAsync(chunk, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A connection on which an installer has begun to send a form.</summary>
    private static async Task<TcpClient> SendFirstAsync(ModuleHost host, Guid organizationId, string length)
    {
        var token = host.ClientFor(Persons.Installer(organizationId)).DefaultRequestHeaders.Authorization;
        var address = host.Client.BaseAddress!;
        var sender = new TcpClient();
        await sender.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var head =
            $"POST /api/v1/documents HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {token}\r\n"
            + $"Content-Type: {Upload.MediaType}\r\n{length}\r\n\r\n";
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return sender;
    }

    private static async Task<string> FirstLineOfAnswerAsync(TcpClient sender)
    {
        using var reader = new StreamReader(sender.GetStream(), leaveOpen: true);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    /// <summary>How long the longest file is that is just arriving.</summary>
    private static long LongestIncoming(string folder) =>
        new DirectoryInfo(Path.Combine(folder, "incoming")) is { Exists: true } incoming
            ? incoming.GetFiles().Select(file => file.Exists ? file.Length : 0).DefaultIfEmpty().Max()
            : 0;
}
