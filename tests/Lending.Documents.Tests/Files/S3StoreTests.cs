using System.Diagnostics;
using System.Net;
using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Documents.Tests.Files;

/// <summary>Files in a bucket of a real server that speaks S3, in place of the folder.</summary>
public sealed class S3StoreTests(DocumentsFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_lie_in_the_bucket_are_read_from_any_place_on_and_are_deleted()
    {
        OtherPrograms.Need("npm", "npm");
        var data = Directory.CreateTempSubdirectory("lending-s3-").FullName;
        var port = FreePort.Find();
        await using var server = await StartServerAsync(port, data);
        var (host, folder) = await fixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Documents:S3:ServiceUrl"] = $"http://127.0.0.1:{port}",
                ["Documents:S3:Bucket"] = "documents",
                ["Documents:S3:AccessKey"] = "S3RVER",
                ["Documents:S3:SecretKey"] = "S3RVER",
            }
        );
        await using var own = host;
        var organizationId = Unique.Id();
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var content = PdfFile.WithStream(System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000));
        var sent = await staff.UploadAsync(
            new Upload(content, "payslip.pdf")
            {
                Fields = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["customerId"] = $"{fixture.NewCustomer(organizationId)}",
                    ["kind"] = "PAYSLIP",
                },
            }
        );
        sent.Status.ShouldBe(HttpStatusCode.Created, sent.Text);

        // Nothing is left in the folder, where it came in.
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetFiles(data, "*_object", SearchOption.AllDirectories).ShouldHaveSingleItem();
        using var whole = await staff.DownloadAsync(sent.Id);
        (await whole.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(content);
        using var part = await staff.DownloadAsync(sent.Id, "bytes=130000-200000");
        (await part.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(content[130_000..200_001]);

        var file = await DocumentsFixture.ScalarAsync<Guid>(host, $"SELECT file_id FROM documents.documents WHERE id = '{sent.Id}'");
        await host.InModuleAsync(
            organizationId,
            services =>
            {
                var removal = services.GetRequiredService<DocumentRemoval>();
                var documents = services.GetRequiredService<Lending.Documents.Data.DocumentsDbContext>().Documents;
                return removal.RemoveAsync(documents.Where(document => document.Id == sent.Id), Ct);
            }
        );
        await host.Services.GetRequiredService<DocumentUpkeep>().DeleteFilesAsync(Ct);
        Directory.GetFiles(data, "*_object", SearchOption.AllDirectories).ShouldBeEmpty();
        // Once more: what is not there is deleted.
        await host.Services.GetRequiredService<IFileStore>().DeleteAsync(file, Ct);
    }

    private static async Task<Neighbour> StartServerAsync(int port, string data)
    {
        // What the lock file beside it says, and no other version.
        var place = Path.Combine(AppContext.BaseDirectory, "s3rver");
        var program = Path.Combine(place, "node_modules", ".bin", "s3rver");
        if (!File.Exists(program))
        {
            using var install = Process.Start(
                new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                {
                    WorkingDirectory = place,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            await install.StandardOutput.ReadToEndAsync(Ct);
            await install.WaitForExitAsync(Ct);
        }
        return await Neighbour.StartAsync(
            port,
            [program, "--directory", data, "--address", "127.0.0.1", "--port", $"{port}", "--silent", "--configure-bucket", "documents"]
        );
    }
}
