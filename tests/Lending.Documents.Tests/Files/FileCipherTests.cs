using System.Security.Cryptography;
using Lending.Documents.Files;
using Lending.Testing;

namespace Lending.Documents.Tests.Files;

/// <summary>What is encrypted is read again from any place on; whatever is changed, cut off, swapped or of another file is not.</summary>
public sealed class FileCipherTests
{
    private const int Chunk = FileCipher.ChunkBytes;
    private const int Stored = FileCipher.StoredChunkBytes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData((3 * Chunk) + 17)]
    public async Task It_is_read_again_from_any_place_on(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var (id, key, stored) = await EncryptAsync(content);

        stored.Length.ShouldBe(length + ((length + Chunk - 1) / Chunk * FileCipher.TagBytes));
        foreach (var place in (int[])[0, 1, Chunk - 1, Chunk, Chunk + 1, 2 * Chunk, length - 1, length, length + 5])
        {
            (await DecryptAsync(id, key, stored, length, place)).ShouldBe(
                content.AsSpan(Math.Min(place, length)).ToArray(),
                $"from {place}"
            );
        }
    }

    [Fact]
    public async Task Whatever_is_changed_cannot_be_read()
    {
        var content = RandomNumberGenerator.GetBytes((2 * Chunk) + 100);
        var (id, key, stored) = await EncryptAsync(content);
        byte[] changed = [.. stored];
        changed[Stored + 7] ^= 1;
        byte[] swapped = [.. stored.AsSpan(Stored, Stored), .. stored.AsSpan(0, Stored), .. stored.AsSpan(2 * Stored)];
        byte[] withoutTheFirst = [.. stored.AsSpan(Stored)];
        byte[] cutOff = [.. stored.AsSpan(0, 2 * Stored)];

        foreach (
            var (file, length) in ((byte[], int)[])
                [(changed, content.Length), (swapped, content.Length), (withoutTheFirst, Chunk + 100), (cutOff, 2 * Chunk), (cutOff, Chunk)]
        )
        {
            await Should.ThrowAsync<CryptographicException>(() => DecryptAsync(id, key, file, length, 0));
        }
        await Should.ThrowAsync<CryptographicException>(() => DecryptAsync(Unique.Id(), key, stored, content.Length, 0));
        await Should.ThrowAsync<CryptographicException>(() => DecryptAsync(id, FileCipher.NewKey(), stored, content.Length, 0));
        await Should.ThrowAsync<EndOfStreamException>(() => DecryptAsync(id, key, cutOff, content.Length, 0));
    }

    [Fact]
    public async Task Two_files_with_the_same_content_have_nothing_in_common()
    {
        var content = RandomNumberGenerator.GetBytes(1000);

        var (_, key, stored) = await EncryptAsync(content);
        var (_, otherKey, otherStored) = await EncryptAsync(content);

        otherKey.ShouldNotBe(key);
        otherStored.ShouldNotBe(stored);
    }

    private static async Task<(Guid Id, string Key, byte[] Stored)> EncryptAsync(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("lending-cipher-");
        try
        {
            await using var file = SpooledFile.Begin(folder.FullName, Unique.Id());
            // In pieces, as it arrives.
            foreach (var piece in content.Chunk(10_007))
            {
                await file.WriteAsync(piece, Ct);
            }
            await file.FinishAsync(Ct);
            file.SizeBytes.ShouldBe(content.Length);
            file.Sha256.ShouldBe(SHA256.HashData(content));
            file.Head.ShouldBe(content[..Math.Min(content.Length, SpooledFile.HeadBytes)]);
            file.Tail.ToArray().ShouldBe(content[^Math.Min(content.Length, SpooledFile.TailBytes)..]);
            var stored = await File.ReadAllBytesAsync(Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories).Single(), Ct);
            return (file.Id, file.Key, stored);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<byte[]> DecryptAsync(Guid id, string key, byte[] stored, int length, int place)
    {
        await using var file = new DecryptingStream(
            id,
            key,
            length,
            (from, _) => Task.FromResult<Stream>(new MemoryStream(stored, (int)from, stored.Length - (int)from))
        );
        file.Position = place;
        using var read = new MemoryStream();
        await file.CopyToAsync(read, Ct);
        return read.ToArray();
    }
}
