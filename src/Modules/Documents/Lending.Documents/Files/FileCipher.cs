using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lending.Documents.Files;

/// <summary>
/// How a file is encrypted: AES-256-GCM with a key that no other file has, in chunks, so that any part of it can be read without the others. The nonce of a
/// chunk is its number and whether it is the last one, and the file's id is authenticated with it: chunks that are swapped, left out, cut off or of another
/// file cannot be read.
/// </summary>
internal static class FileCipher
{
    /// <summary>The bytes of a chunk before it is encrypted; only the last one has fewer.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <summary>The bytes of a whole chunk as it is stored.</summary>
    public const int StoredChunkBytes = ChunkBytes + TagBytes;

    /// <summary>The bytes that each chunk gets behind it.</summary>
    public const int TagBytes = 16;

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;

    /// <summary>A key for a new file, as a text: so it can be a member that is stored encrypted.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What encrypts and decrypts with this key.</summary>
    public static AesGcm Open(string key) => new(Convert.FromBase64String(key), TagBytes);

    /// <summary>How many bytes of a chunk there are, before it is encrypted, in a file that is so long.</summary>
    public static int LengthOf(long chunk, long fileBytes) => (int)Math.Min(ChunkBytes, fileBytes - (chunk * ChunkBytes));

    /// <summary>Whether a chunk is the last one of a file that is so long.</summary>
    public static bool IsLast(long chunk, long fileBytes) => (chunk + 1) * ChunkBytes >= fileBytes;

    /// <summary>Encrypts a chunk; the tag comes behind it.</summary>
    public static void Encrypt(AesGcm cipher, Guid fileId, long chunk, bool isLast, ReadOnlySpan<byte> plain, Span<byte> stored)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> file = stackalloc byte[16];
        Write(nonce, file, fileId, chunk, isLast);
        cipher.Encrypt(nonce, plain, stored[..plain.Length], stored.Slice(plain.Length, TagBytes), file);
    }

    /// <summary>Decrypts a chunk.</summary>
    /// <exception cref="CryptographicException">It is not that chunk of that file, or was changed.</exception>
    public static void Decrypt(AesGcm cipher, Guid fileId, long chunk, bool isLast, ReadOnlySpan<byte> stored, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> file = stackalloc byte[16];
        Write(nonce, file, fileId, chunk, isLast);
        cipher.Decrypt(nonce, stored[..^TagBytes], stored[^TagBytes..], plain, file);
    }

    private static void Write(Span<byte> nonce, Span<byte> file, Guid fileId, long chunk, bool isLast)
    {
        nonce.Clear();
        nonce[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], chunk);
        fileId.TryWriteBytes(file, bigEndian: true, out _);
    }
}
