using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lending.Platform.Encryption;

/// <summary>A member of type <see cref="Encrypted"/> in EF's model: the one place that knows where there is one, in which column, and of which row.</summary>
public sealed class EncryptedProperty
{
    private const string Annotation = "Lending:Encrypted";

    private readonly IClrPropertyGetter value;
    private readonly IClrPropertyGetter row;

    private EncryptedProperty(IProperty property, IEntityType type)
    {
        Property = property;
        Table = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
        Name = property.GetColumnName();
        Column = new EncryptedColumn($"{type.GetSchema()}.{type.GetTableName()}", Name);
        Hash = type.FindProperty(HashOf(property));
        HashName = Hash?.GetColumnName();
        Constraints = [ConstraintOf(type, Name), .. HashName is null ? [] : (string[])[ConstraintOf(type, HashName)]];
        value = property.GetGetter();
        row = Key(type).GetGetter();
        RowName = Key(type).GetColumnName();
    }

    /// <summary>EF's property.</summary>
    public IProperty Property { get; }

    /// <summary>The column.</summary>
    public EncryptedColumn Column { get; }

    /// <summary>The column of the hash that is searched for; null where nobody searches.</summary>
    public IProperty? Hash { get; }

    /// <summary>The table, quoted.</summary>
    internal string Table { get; }

    /// <summary>The column's name.</summary>
    internal string Name { get; }

    /// <summary>The name of the column that says which row it is.</summary>
    internal string RowName { get; }

    /// <summary>The name of the column of the hash.</summary>
    internal string? HashName { get; }

    /// <summary>The constraints that rows may break that were written before the column was encrypted.</summary>
    internal IReadOnlyList<string> Constraints { get; }

    /// <summary>The encrypted members of an entity.</summary>
    public static IReadOnlyList<EncryptedProperty> Of(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue<IReadOnlyList<EncryptedProperty>, IEntityType>(
            Annotation,
            static known =>
                [
                    .. known!
                        .GetFlattenedProperties()
                        .Where(property => property.ClrType == typeof(Encrypted))
                        .Select(property => new EncryptedProperty(property, known!)),
                ],
            type
        );

    /// <summary>What is stored of the entity's member: encrypted, and null where it is null.</summary>
    public byte[]? BytesOf(object entity, KeyRing ring) => ValueOf(entity)?.EncryptFor(ring, Column, RowOf(entity));

    /// <summary>What is stored in <see cref="Hash"/>.</summary>
    public byte[]? HashOf(object entity, KeyRing ring) => ValueOf(entity) is { } known ? ring.SearchHash(Column, known.Text) : null;

    /// <summary>Gives every encrypted column the constraints that hold it to what it promises.</summary>
    internal static void AddConstraints(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes())
        {
            foreach (var property in Classifications.ColumnsOf(type).Where(property => property.ClrType == typeof(Encrypted)))
            {
                var name = property.GetColumnName();
                type.AddCheckConstraint(ConstraintOf(type, name), FormattableString.Invariant($"get_byte({name}, 0) = {KeyRing.Format}"));
                if (type.FindProperty(HashOf(property))?.GetColumnName() is { } hash)
                {
                    type.AddCheckConstraint(ConstraintOf(type, hash), $"({hash} IS NULL) = ({name} IS NULL)");
                }
            }
        }
    }

    /// <summary>Encrypts what is about to be saved.</summary>
    internal static void Encrypt(ChangeTracker tracker, KeyRing? ring)
    {
        foreach (var entry in tracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            var isNew = entry.State == EntityState.Added;
            foreach (var property in Of(entry.Metadata).Where(property => isNew || entry.Property(property.Property).IsModified))
            {
                property.BytesOf(entry.Entity, ring ?? throw NoKeys(property));
                if (property.Hash is { } hash)
                {
                    entry.Property(hash.Name).CurrentValue = property.HashOf(entry.Entity, ring);
                }
            }
        }
    }

    private static InvalidOperationException NoKeys(EncryptedProperty property) =>
        new($"This context serves nobody, so it has no keys for {property.Column}.");

    private static string ConstraintOf(IReadOnlyEntityType type, string column) => $"ck_{type.GetTableName()}_{column}";

    private static string HashOf(IReadOnlyProperty property) => $"{property.Name}Hash";

    private static IProperty Key(IEntityType type) =>
        type.FindPrimaryKey() is { Properties: [{ } key] } && key.ClrType == typeof(Guid)
            ? key
            : throw new InvalidOperationException($"{type.ClrType.Name} has encrypted members, so its key has to be one Guid.");

    private Encrypted? ValueOf(object entity) => (Encrypted?)value.GetClrValueUsingContainingEntity(entity);

    private Guid RowOf(object entity) => (Guid)row.GetClrValueUsingContainingEntity(entity)!;

    /// <summary>Decrypts what an entity was read with, before anybody sees it.</summary>
    internal sealed class Reader : IMaterializationInterceptor
    {
        public static readonly Reader Instance = new();

        public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
        {
            if (
                Of(materializationData.EntityType) is { Count: > 0 } properties
                && materializationData.Context is Persistence.ModuleDbContext { KeyRing: { } ring }
            )
            {
                foreach (var property in properties)
                {
                    property.ValueOf(entity)?.DecryptFor(ring, property.Column, property.RowOf(entity));
                }
            }
            return entity;
        }
    }
}
