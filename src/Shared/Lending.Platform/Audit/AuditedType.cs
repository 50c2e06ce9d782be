using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Compliance.Classification;

namespace Lending.Platform.Audit;

/// <summary>How the audit log tells of an entity's changes: worked out once for each.</summary>
internal sealed class AuditedType
{
    private const string Annotation = "Lending:Audited";

    // What it is shown as that may not be shown; it tells whether there was something.
    private const string Masked = "***";

    private static readonly JsonSerializerOptions Json = CreateJson();

    private readonly IProperty? id;
    private readonly IProperty? customerId;
    private readonly IReadOnlyList<Column> columns;

    private AuditedType(IEntityType type)
    {
        Name = type.ClrType.Name;
        IsAudited = type.ClrType.GetCustomAttribute<NotAuditedAttribute>() is null;
        var properties = type.GetFlattenedProperties().ToList();
        id = type.FindPrimaryKey()?.Properties.FirstOrDefault(IsId);
        customerId = properties.Find(property => property.GetColumnName() == "customer_id" && IsId(property));
        if (customerId is null && Name == "Customer")
        {
            customerId = id;
        }
        columns =
        [
            .. properties
                // The entry itself says which row it is and whose; xmin is PostgreSQL's.
                .Where(property => property != id && property.Name != nameof(ITenantOwned.OrganizationId))
                .Where(property => !property.IsConcurrencyToken || property.ValueGenerated == ValueGenerated.Never)
                .Select(property => new Column(
                    property,
                    JsonEncodedText.Encode(property.GetColumnName()),
                    Classifications.Of(property) == DataClassification.None
                )),
        ];
    }

    public string Name { get; }

    public bool IsAudited { get; }

    public static AuditedType Of(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue(Annotation, static type => new AuditedType(type!), type);

    public Guid? IdOf(EntityEntry entry) => Read(id, entry);

    public Guid? CustomerIdOf(EntityEntry entry) => Read(customerId, entry);

    /// <summary>What changed, as JSON: before and after of each column; null where it is nothing.</summary>
    public string? ChangesOf(EntityEntry entry)
    {
        var before = entry.State == EntityState.Added ? null : entry.OriginalValues;
        var after = entry.State == EntityState.Deleted ? null : entry.CurrentValues;
        var buffer = new ArrayBufferWriter<byte>(2048);
        var isEmpty = true;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var column in columns)
            {
                var (old, current) = (before?[column.Property], after?[column.Property]);
                if (column.Property.GetValueComparer().Equals(old, current))
                {
                    continue;
                }
                isEmpty = false;
                writer.WriteStartArray(column.Name);
                Write(writer, column, old);
                Write(writer, column, current);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return isEmpty ? null : Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Column column, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case var _ when !column.IsShown:
                writer.WriteStringValue(Masked);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case Guid guid:
                writer.WriteStringValue(guid);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType(), Json);
                break;
        }
    }

    private static Guid? Read(IProperty? property, EntityEntry entry) =>
        property is null
            ? null
            : (Guid?)(entry.State == EntityState.Deleted ? entry.OriginalValues[property] : entry.CurrentValues[property]);

    private static bool IsId(IProperty property) => property.ClrType == typeof(Guid) || property.ClrType == typeof(Guid?);

    private static JsonSerializerOptions CreateJson()
    {
        var json = new JsonSerializerOptions();
        StrictJson.Configure(json);
        return json;
    }

    private sealed record Column(IProperty Property, JsonEncodedText Name, bool IsShown);
}
