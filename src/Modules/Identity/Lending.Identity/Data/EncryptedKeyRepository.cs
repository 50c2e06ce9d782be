using System.Xml.Linq;
using Lending.Platform.Encryption;
using Lending.Platform.Privacy;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Lending.Identity.Data;

/// <summary>A key of Data Protection, in its XML.</summary>
internal sealed class DataProtectionKey
{
    private DataProtectionKey() { }

    public Guid Id { get; private init; }

    [NotPersonal]
    public string? FriendlyName { get; private init; }

    [Secret]
    public Encrypted Xml { get; private init; } = null!;
}

/// <summary>
/// The keys of Data Protection, which encrypt the secrets that identity providers gave us, stored encrypted themselves. By SQL, as Data Protection reads and
/// writes synchronously, which our contexts do not allow.
/// </summary>
internal sealed class EncryptedKeyRepository(NpgsqlDataSource dataSource, KeyRing ring, TimeProvider clock) : IXmlRepository
{
    private static readonly EncryptedColumn Xml = new("identity.data_protection_keys", "xml");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = dataSource.CreateCommand("SELECT id, xml FROM identity.data_protection_keys");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
        {
            elements.Add(XElement.Parse(reader.GetDecrypted(1, ring, Xml, reader.GetGuid(0))));
        }
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        using var command = dataSource.CreateCommand(
            "INSERT INTO identity.data_protection_keys (id, friendly_name, xml) VALUES ($1, $2, $3)"
        );
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(ring.Encrypt(Xml, id, element.ToString(SaveOptions.DisableFormatting)));
        command.ExecuteNonQuery();
    }
}
