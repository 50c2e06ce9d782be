using Npgsql;

namespace Lending.Platform.Encryption;

/// <summary>Reads of encrypted columns by SQL.</summary>
public static class EncryptedReads
{
    /// <summary>The text in a place of the row.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="ordinal">The place.</param>
    /// <param name="ring">The keys.</param>
    /// <param name="column">The column that stands in this place.</param>
    /// <param name="row">The row's key.</param>
    public static string GetDecrypted(this NpgsqlDataReader reader, int ordinal, KeyRing ring, EncryptedColumn column, Guid row) =>
        ring.Decrypt(column, row, reader.GetFieldValue<byte[]>(ordinal));

    /// <summary>The same, or null where there is none.</summary>
    public static string? GetDecryptedOrNull(this NpgsqlDataReader reader, int ordinal, KeyRing ring, EncryptedColumn column, Guid row) =>
        reader.IsDBNull(ordinal) ? null : reader.GetDecrypted(ordinal, ring, column, row);
}
