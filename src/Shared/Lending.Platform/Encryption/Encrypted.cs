using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lending.Platform.Encryption;

/// <summary>
/// A text that is stored encrypted: the type of an entity's member. EF decrypts it with its entity and encrypts it when that is saved. Read any other way, in a
/// projection of single columns or by SQL, it is bytes that only <see cref="KeyRing"/> makes a text of, so nobody gets the wrong thing by mistake.
/// Whatever writes it out without asking for <see cref="Text"/>, such as a log, gets no text.
/// </summary>
[JsonConverter(typeof(Json))]
public sealed class Encrypted : IEquatable<Encrypted>
{
    private string? text;
    private byte[]? bytes;
    private (EncryptedColumn Column, Guid Row)? place;

    /// <summary>A text to be stored.</summary>
    public Encrypted(string text) => this.text = text;

    private Encrypted(byte[] bytes) => this.bytes = bytes;

    /// <summary>The text.</summary>
    public string Text =>
        text
        ?? throw new InvalidOperationException(
            "It was read without its entity, and is not decrypted. Read the whole entity, or its bytes by SQL."
        );

    /// <summary>A text to be stored; null stays null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static implicit operator Encrypted?(string? text) => text is null ? null : new(text);

    /// <summary>The same text; of what is not decrypted, the same bytes.</summary>
    public bool Equals(Encrypted? other) =>
        other is not null
        && (
            text is not null && other.text is not null ? text == other.text : bytes is not null && bytes.AsSpan().SequenceEqual(other.bytes)
        );

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Encrypted);

    /// <inheritdoc />
    public override int GetHashCode() => text is null ? 0 : text.GetHashCode(StringComparison.Ordinal);

    /// <summary>No text: see <see cref="Text"/>.</summary>
    public override string ToString() => "(encrypted)";

    /// <summary>Encrypts it for its place; once is enough.</summary>
    internal byte[] EncryptFor(KeyRing ring, EncryptedColumn column, Guid row)
    {
        if (place is { } other && other != (column, row))
        {
            throw new InvalidOperationException(
                $"One value is in two places: {other.Column} and {column}. Make the second one of its text."
            );
        }
        bytes ??= ring.Encrypt(column, row, Text);
        place = (column, row);
        return bytes;
    }

    /// <summary>Decrypts what was read as a value of this place.</summary>
    internal void DecryptFor(KeyRing ring, EncryptedColumn column, Guid row)
    {
        text ??= ring.Decrypt(column, row, bytes);
        place = (column, row);
    }

    /// <summary>Between entity and column: the bytes as they are.</summary>
    internal sealed class Converter() : ValueConverter<Encrypted, byte[]>(value => BytesOf(value), bytes => new Encrypted(bytes));

    /// <summary>Into JSON, as into any other text: no text. An answer asks for <see cref="Text"/>.</summary>
    internal sealed class Json : JsonConverter<Encrypted>
    {
        public override void Write(Utf8JsonWriter writer, Encrypted value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override Encrypted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("JSON has no encrypted texts.");
    }

    private static byte[] BytesOf(Encrypted value) =>
        value.bytes ?? throw new CryptographicException("It is not encrypted: only saving its entity does that.");
}
