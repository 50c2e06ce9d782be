using System.Net;
using System.Net.Sockets;
using Lending.Documents.Documents;
using Lending.Documents.Scanning;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SkiaSharp;

namespace Lending.Documents.Tests.Documents;

/// <summary>What happens while no scanner answers, and when one does again.</summary>
public sealed class QuarantineTests(DocumentsFixture fixture)
{
    private static readonly byte[] Eicar = System.Text.Encoding.ASCII.GetBytes(
        @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
    );

    [Fact]
    public async Task Without_a_scanner_files_wait_and_with_one_they_are_let_go_or_deleted()
    {
        var address = Path.Combine(Directory.CreateTempSubdirectory("lending-scanner-").FullName, "socket");
        var (host, folder) = await fixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Documents:Clamd"] = address }
        );
        await using var _ = host;
        var organizationId = Unique.Id();
        var customerId = fixture.NewCustomer(organizationId);
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var clean = await SendAsync(PdfFile.Of("Payslip"), "payslip.pdf");
        var photo = await SendAsync(ImageFile.WithMetadata(6), "photo.jpg");
        var bad = await SendAsync([.. ImageFile.Of(SKEncodedImageFormat.Jpeg), .. Eicar], "other.jpg");
        var upkeep = host.Services.GetRequiredService<DocumentUpkeep>();

        await upkeep.ScanAsync(TestContext.Current.CancellationToken);
        foreach (var id in (Guid[])[clean, photo, bad])
        {
            (await staff.GetAsync($"/documents/{id}", HttpStatusCode.OK))["status"].ShouldBe("QUARANTINED");
            using var file = await staff.DownloadAsync(id);
            file.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("document-not-readable");
            (await staff.SendAsync("POST", $"/documents/{id}/review", new { decision = "APPROVED" })).ShouldBeProblem(
                HttpStatusCode.Conflict,
                "document-not-pending"
            );
        }
        var health = (await HealthAsync()).Entries["virus-scanner"];
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldBe("The virus scanner does not answer: uploaded files stay in quarantine.");

        // The fixture's own clamd is now found at this address.
        var running = (UnixDomainSocketEndPoint)fixture.Host.Services.GetRequiredService<LocalClamd>().Address!;
        File.CreateSymbolicLink(address, running.ToString());
        // As two instances; and the host's own job may have one of the rows just then.
        while (await DocumentsFixture.ScalarAsync<long>(host, "SELECT count(*) FROM documents.documents WHERE status = 'QUARANTINED'") > 0)
        {
            await Task.WhenAll(
                upkeep.ScanAsync(TestContext.Current.CancellationToken),
                upkeep.ScanAsync(TestContext.Current.CancellationToken)
            );
        }

        (await staff.GetAsync($"/documents/{clean}", HttpStatusCode.OK))["status"].ShouldBe("PENDING");
        (await staff.GetAsync($"/documents/{photo}", HttpStatusCode.OK))["status"].ShouldBe("PENDING");
        (await staff.GetAsync($"/documents/{bad}", HttpStatusCode.OK))["status"].ShouldBe("INFECTED");
        using var shown = await staff.DownloadAsync(photo);
        var pixels = await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        pixels.AsSpan().IndexOf("Leica"u8).ShouldBe(-1, "pictures are made anew when they are let go");
        using var gone = await staff.DownloadAsync(bad);
        gone.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await HealthAsync()).Entries["virus-scanner"].Status.ShouldBe(HealthStatus.Healthy);

        // Of the three that were sent, the bad one and the photo as it was taken are deleted.
        await upkeep.DeleteFilesAsync(TestContext.Current.CancellationToken);
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
        (await DocumentsFixture.ScalarAsync<long>(host, "SELECT count(*) FROM documents.discarded_files")).ShouldBe(0);
        (
            await DocumentsFixture.ScalarAsync<bool>(host, $"SELECT file_key IS NULL FROM documents.documents WHERE id = '{bad}'")
        ).ShouldBeTrue();

        async Task<Guid> SendAsync(byte[] content, string name)
        {
            var sent = await staff.UploadAsync(Upload.Of(customerId, content, name));
            sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);
            sent["status"].ShouldBe("QUARANTINED");
            return sent.Id;
        }

        Task<HealthReport> HealthAsync() =>
            host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("clamd.example.org:3310")]
    [InlineData("10.0.0.7:3310")]
    [InlineData("127.0.0.1")]
    [InlineData("socket")]
    public async Task A_scanner_on_another_machine_is_refused(string address)
    {
        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            fixture.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Documents:Clamd"] = address })
        );

        refused.Message.ShouldContain("Documents__Clamd");
    }

    [Fact]
    public async Task The_child_ends_with_its_host()
    {
        var (host, _) = await fixture.StartAsync();
        var address = host.Services.GetRequiredService<LocalClamd>().Address!;
        var scanner = host.Services.GetRequiredService<VirusScanner>();
        while (!await scanner.PingAsync(TestContext.Current.CancellationToken))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await host.DisposeAsync();

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Should.ThrowAsync<SocketException>(async () => await socket.ConnectAsync(address, TestContext.Current.CancellationToken));
    }
}
