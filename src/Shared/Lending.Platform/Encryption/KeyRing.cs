using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Encryption;

/// <summary>
/// Encrypts and decrypts values of columns with AES-256-GCM. A stored value is: the format (1), the length and text of the key's name, a random nonce of 12 bytes,
/// the encrypted text, a tag of 16 bytes. Table, column and row are authenticated with it, so that a value that was moved elsewhere is as unreadable as a
/// changed one.
/// </summary>
public sealed class KeyRing
{
    /// <summary>The first byte of an encrypted value.</summary>
    public const byte Format = 1;

    /// <summary>The first byte of a value that a migration has left for <see cref="EncryptedRows"/> to encrypt; nothing else reads it.</summary>
    internal const byte PlainFormat = 0;

    private const int NameAt = 2;
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly Dictionary<string, Key> keys;
    private readonly Key active;
    private readonly byte[] searchKey;

    /// <summary>Reads the keys.</summary>
    public KeyRing(IOptions<EncryptionOptions> options)
    {
        var settings = options.Value;
        keys = settings.Keys.ToDictionary(
            key => key.Key.ToLowerInvariant(),
            key => new Key(key.Key.ToLowerInvariant(), Convert.FromBase64String(key.Value)),
            StringComparer.Ordinal
        );
        active = keys[settings.ActiveName];
        searchKey = Convert.FromBase64String(settings.SearchKey!);
    }

    /// <summary>The name of the key that encrypts.</summary>
    public string ActiveKey => active.Name;

    /// <summary>What every value begins with that the active key has encrypted.</summary>
    internal byte[] ActiveHeader => active.Header;

    /// <summary>Encrypts a value of a column.</summary>
    public byte[] Encrypt(EncryptedColumn column, Guid row, string text)
    {
        var start = active.Header.Length + NonceBytes;
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = new byte[start + length + TagBytes];
        active.Header.CopyTo(bytes, 0);
        var nonce = bytes.AsSpan(active.Header.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        // In its place: plain and encrypted text have the same length.
        var content = bytes.AsSpan(start, length);
        Encoding.UTF8.GetBytes(text, content);
        var cipher = active.Take();
        cipher.Encrypt(nonce, content, content, bytes.AsSpan(start + length), column.PlaceOf(row));
        active.GiveBack(cipher);
        return bytes;
    }

    /// <summary>Decrypts a value of a column.</summary>
    /// <exception cref="CryptographicException">It was changed, or is another row's or column's, or its key is not there.</exception>
    public string Decrypt(EncryptedColumn column, Guid row, ReadOnlySpan<byte> bytes) => Decrypt(column, row, bytes, mayBePlain: false);

    internal string Decrypt(EncryptedColumn column, Guid row, ReadOnlySpan<byte> bytes, bool mayBePlain)
    {
        if (mayBePlain && bytes is [PlainFormat, .. var plain])
        {
            return Encoding.UTF8.GetString(plain);
        }
        if (bytes.Length < NameAt || bytes[0] != Format || bytes.Length < NameAt + bytes[1] + NonceBytes + TagBytes)
        {
            throw Unreadable(column, row);
        }
        var name = Encoding.ASCII.GetString(bytes.Slice(NameAt, bytes[1]));
        if (!keys.TryGetValue(name, out var key))
        {
            throw new CryptographicException(
                $"{column} of row {row} is encrypted with the key '{name}', which is not in {EncryptionOptions.Section}__Keys."
            );
        }
        var rest = bytes[(NameAt + bytes[1])..];
        var content = rest[NonceBytes..^TagBytes];
        var text = content.Length <= 1024 ? stackalloc byte[content.Length] : new byte[content.Length];
        var cipher = key.Take();
        try
        {
            cipher.Decrypt(rest[..NonceBytes], content, rest[^TagBytes..], text, column.PlaceOf(row));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable(column, row);
        }
        finally
        {
            key.GiveBack(cipher);
        }
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>
    /// What is searched for instead of an encrypted text, in any case of letters and whichever way accents are written, as accounts compare their e-mails: the same for the same text of a column, and nothing can be learned from it
    /// without the key.
    /// </summary>
    public byte[] SearchHash(EncryptedColumn column, string text)
    {
        byte[] content = [.. column.Label, 0, .. Encoding.UTF8.GetBytes(text.Normalize().ToUpperInvariant())];
        return HMACSHA256.HashData(searchKey, content);
    }

    /// <summary>A signature that only who has the search key can make: 32 bytes. Signatures of one purpose are worth nothing for another.</summary>
    public byte[] Sign(string purpose, ReadOnlySpan<byte> content)
    {
        var key = HKDF.Expand(
            HashAlgorithmName.SHA256,
            searchKey,
            SHA256.HashSizeInBytes,
            Encoding.ASCII.GetBytes($"lending sign {purpose}")
        );
        return HMACSHA256.HashData(key, content);
    }

    /// <summary>What shows that a key is the one of this name, and nothing about it; null where there is no such key. The search key has the empty name.</summary>
    internal byte[]? CheckValueOf(string name)
    {
        var secret = name.Length == 0 ? searchKey : keys.GetValueOrDefault(name)?.Secret;
        return secret is null
            ? null
            : HKDF.Expand(HashAlgorithmName.SHA256, secret, SHA256.HashSizeInBytes, Encoding.ASCII.GetBytes($"lending check {name}"));
    }

    private static CryptographicException Unreadable(EncryptedColumn column, Guid row) =>
        new($"{column} of row {row} cannot be decrypted: it was changed, or stood elsewhere when it was encrypted.");

    private sealed class Key(string name, byte[] secret)
    {
        // An instance of AesGcm serves one thread at a time, and making one costs more than encrypting a line.
        private readonly ConcurrentBag<AesGcm> idle = [];

        public string Name => name;

        public byte[] Secret => secret;

        public byte[] Header { get; } = [Format, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)];

        public AesGcm Take() => idle.TryTake(out var cipher) ? cipher : new AesGcm(secret, TagBytes);

        public void GiveBack(AesGcm cipher) => idle.Add(cipher);
    }
}
