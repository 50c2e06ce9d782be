using Lending.Platform.Encryption;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Tests.Data;

/// <summary>A new key of the platform encrypts the files' keys anew, and no file.</summary>
public sealed class KeyRotationTests(DocumentsFixture fixture)
{
    [Fact]
    public async Task Files_are_read_as_before_and_are_not_written_again()
    {
        var second = EncryptionOptions.NewKey();
        var (host, folder) = await fixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Encryption:Keys:second"] = second,
                ["Encryption:ActiveKey"] = "first",
            }
        );
        await using var own = host;
        var organizationId = Unique.Id();
        var staff = host.ClientFor(Persons.Administrator(organizationId));
        var document = await DocumentsFixture.PendingAsync(staff, fixture.NewCustomer(organizationId));
        var file = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Single();
        var (content, stored) = (await ReadAsync(), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        (await KeyNameAsync()).ShouldBe("first");

        await RotateAsync();

        (await KeyNameAsync()).ShouldBe("secon");
        (await ReadAsync()).ShouldBe(content);
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(stored);

        async Task<byte[]> ReadAsync()
        {
            using var answer = await staff.DownloadAsync(document.Id);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        }

        // Behind the format and the length of the name.
        async Task<string> KeyNameAsync() =>
            await DocumentsFixture.ScalarAsync<string>(
                host,
                $"SELECT convert_from(substring(file_key FROM 3 FOR 5), 'UTF8') FROM documents.documents WHERE id = '{document.Id}'"
            );

        async Task RotateAsync()
        {
            var options = new EncryptionOptions { ActiveKey = "second", SearchKey = TestKeys.Search };
            options.Keys["first"] = TestKeys.First;
            options.Keys["second"] = second;
            var ring = new KeyRing(Options.Create(options));
            await ActivatorUtilities
                .CreateInstance<EncryptedRows>(host.Services, ring, ActivatorUtilities.CreateInstance<KeysInUse>(host.Services, ring))
                .RotateAsync(TestContext.Current.CancellationToken);
        }
    }
}
