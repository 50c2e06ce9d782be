using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lending.Seeding;

/// <summary>
/// A table as EF's model maps an entity to it, written by binary COPY instead of one INSERT a row: the columns, their types and
/// conversions all come from the model, and so do the tables of what hangs on an entity.
/// </summary>
internal sealed class CopyTable
{
    // On a busy machine, the constraints of a batch can take longer than a command of the API may.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly string name;
    private readonly string statement;
    private readonly Column[] columns;

    // The tables whose rows an entity has in a navigation.
    private readonly (CopyTable Table, INavigation Rows)[] parts;
    private bool isWritten;

    /// <summary>Finds the columns of the table, and the tables of what its rows own.</summary>
    /// <param name="type">What the table's rows are.</param>
    /// <param name="ring">Encrypts what is stored encrypted.</param>
    /// <param name="from">The navigation in which their owner holds them; null where they have no owner.</param>
    public CopyTable(IEntityType type, KeyRing ring, INavigation? from = null)
    {
        name = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
        columns =
        [
            .. type.GetFlattenedProperties()
                .Where(property => !IsMadeByDatabase(property))
                .Select(property => new Column(property, ring, from)),
        ];
        statement = $"COPY {name} ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN (FORMAT BINARY)";
        parts =
        [
            .. type.GetNavigations()
                .Where(navigation => !navigation.IsOnDependent)
                .Select(navigation => (new CopyTable(navigation.TargetEntityType, ring, navigation), navigation)),
        ];
    }

    /// <summary>Adds an entity and all that hangs on it to what is to be copied.</summary>
    public void Add(object entity, object? owner, OrderedDictionary<CopyTable, List<Row>> rows)
    {
        if (!rows.TryGetValue(this, out var own))
        {
            rows.Add(this, own = []);
        }
        own.Add(new Row(entity, owner));
        foreach (var (table, navigation) in parts)
        {
            foreach (var part in RowsOf(navigation, entity))
            {
                table.Add(part, entity, rows);
            }
        }
    }

    /// <summary>Copies rows into the table.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="organizationId">Whose they become unless they say so themselves.</param>
    /// <param name="ct">Ends it.</param>
    public async Task WriteAsync(NpgsqlConnection connection, List<Row> rows, Guid organizationId, CancellationToken ct)
    {
        await using (var copy = await connection.BeginBinaryImportAsync(statement, ct))
        {
            copy.Timeout = LongestWait;
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                foreach (var column in columns)
                {
                    await copy.WriteAsync(column.ValueOf(row, organizationId), column.StoreType, ct);
                }
            }
            await copy.CompleteAsync(ct);
        }
        if (!isWritten)
        {
            isWritten = true;
            await AnalyzeAsync(connection, ct);
        }
    }

    /// <summary>
    /// Tells PostgreSQL's planner of the rows. It has to be done early, too: it keeps autovacuum away until the end of the transaction, which would
    /// take the table for empty, and have each foreign key checked by reading a whole index.
    /// </summary>
    public async Task AnalyzeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (isWritten)
        {
            await using var analyze = new NpgsqlCommand($"ANALYZE {name}", connection) { CommandTimeout = 0 };
            await analyze.ExecuteNonQueryAsync(ct);
        }
        foreach (var (table, _) in parts)
        {
            await table.AnalyzeAsync(connection, ct);
        }
    }

    // Row versions, generated columns, running numbers.
    private static bool IsMadeByDatabase(IProperty property) =>
        property.ValueGenerated != ValueGenerated.Never
        && !(property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(Guid));

    private static IEnumerable<object> RowsOf(INavigation navigation, object entity) =>
        navigation.GetGetter().GetClrValue(entity) switch
        {
            null => [],
            IEnumerable<object> many => many,
            var one => [one],
        };

    /// <summary>An entity, and on whose it hangs.</summary>
    public readonly record struct Row(object Entity, object? Owner);

    private sealed class Column
    {
        private readonly Func<Row, Guid, object?> valueOf;
        private readonly Func<object?, object?>? convert;

        public Column(IProperty property, KeyRing ring, INavigation? from)
        {
            Name = property.GetColumnName();
            var mapping = property.GetRelationalTypeMapping();
            StoreType = mapping.StoreTypeNameBase;
            // As ModuleDbContext encrypts it. The random part is random here, too: it must never come twice with one key.
            foreach (var encrypted in EncryptedProperty.Of((IEntityType)property.DeclaringType.ContainingEntityType))
            {
                if (encrypted.Property == property || encrypted.Hash == property)
                {
                    valueOf =
                        encrypted.Hash == property
                            ? (row, _) => encrypted.HashOf(row.Entity, ring)
                            : (row, _) => encrypted.BytesOf(row.Entity, ring);
                    return;
                }
            }
            convert = mapping.Converter?.ConvertToProvider;
            valueOf = ValueOf(property, from);
        }

        public string Name { get; }

        /// <summary>The column's type in PostgreSQL, without length or precision.</summary>
        public string StoreType { get; }

        /// <summary>What goes into the column.</summary>
        public object? ValueOf(Row row, Guid organizationId)
        {
            var value = valueOf(row, organizationId);
            return convert is null ? value : convert(value);
        }

        private static Func<Row, Guid, object?> ValueOf(IProperty property, INavigation? from)
        {
            if (from is { ForeignKey: { } key } && key.Properties.ToList().IndexOf(property) is >= 0 and var index)
            {
                var ownersKey = key.PrincipalKey.Properties[index].GetGetter();
                return (row, _) => ownersKey.GetClrValue(row.Owner!);
            }
            var getter = property.GetGetter();
            // As ModuleDbContext stamps it.
            return
                property.Name == nameof(ITenantOwned.OrganizationId)
                && typeof(ITenantOwned).IsAssignableFrom(property.DeclaringType.ClrType)
                ? (row, organizationId) => getter.GetClrValue(row.Entity) is Guid id && id != Guid.Empty ? id : organizationId
                : (row, _) => getter.GetClrValueUsingContainingEntity(row.Entity);
        }
    }
}
