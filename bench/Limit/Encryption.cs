using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Lending.Bench.Limit;

/// <summary>Encrypted columns, as the product writes them: format, key's name, nonce, text, tag; column and row authenticated.</summary>
internal static class Encryption
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int RowBytes = 16;

    [ThreadStatic]
    private static AesGcm? cipher;

    private static byte[] key = [];
    private static byte[] header = [];

    public static void Use(IConfigurationSection settings)
    {
        var only = settings.GetSection("Keys").GetChildren().Single();
        key = Convert.FromBase64String(only.Value!);
        header = [1, (byte)only.Key.Length, .. Encoding.ASCII.GetBytes(only.Key)];
    }

    public static string GetDecrypted(this NpgsqlDataReader reader, int ordinal, ReadOnlySpan<byte> column, Guid row)
    {
        var value = reader.GetFieldValue<byte[]>(ordinal).AsSpan(header.Length);
        var text = value[NonceBytes..^TagBytes];
        Span<byte> place = stackalloc byte[column.Length + RowBytes];
        SetPlace(place, column, row);
        (cipher ??= new AesGcm(key, TagBytes)).Decrypt(value[..NonceBytes], text, value[^TagBytes..], text, place);
        return Encoding.UTF8.GetString(text);
    }

    public static byte[] Encrypt(string text, ReadOnlySpan<byte> column, Guid row)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var value = new byte[header.Length + NonceBytes + length + TagBytes];
        header.CopyTo(value, 0);
        var rest = value.AsSpan(header.Length);
        RandomNumberGenerator.Fill(rest[..NonceBytes]);
        var content = rest[NonceBytes..^TagBytes];
        Encoding.UTF8.GetBytes(text, content);
        Span<byte> place = stackalloc byte[column.Length + RowBytes];
        SetPlace(place, column, row);
        (cipher ??= new AesGcm(key, TagBytes)).Encrypt(rest[..NonceBytes], content, content, rest[^TagBytes..], place);
        return value;
    }

    private static void SetPlace(Span<byte> place, ReadOnlySpan<byte> column, Guid row)
    {
        column.CopyTo(place);
        row.TryWriteBytes(place[column.Length..], bigEndian: true, out _);
    }
}
