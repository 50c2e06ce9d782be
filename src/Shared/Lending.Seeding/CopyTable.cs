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
    /// <param name="from">The navigation in which their owner holds them; null where they have no owner.</param>
    public CopyTable(IEntityType type, INavigation? from = null)
    {
        name = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
        columns =
        [
            .. type.GetFlattenedProperties().Where(property => !IsMadeByDatabase(property)).Select(property => new Column(property, from)),
        ];
        statement = $"COPY {name} ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) FROM STDIN (FORMAT BINARY)";
        parts =
        [
            .. type.GetNavigations()
                .Where(navigation => !navigation.IsOnDependent)
                .Select(navigation => (new CopyTable(navigation.TargetEntityType, navigation), navigation)),
        ];
    }

    /// <summary>Adds an entity and all that hangs on it to what is to be copied.</summary>
    public void Add(object entity, object? owner, Guid organizationId, OrderedDictionary<CopyTable, List<object?[]>> rows)
    {
        if (!rows.TryGetValue(this, out var own))
        {
            rows.Add(this, own = []);
        }
        own.Add(Array.ConvertAll(columns, column => column.ValueOf(entity, owner, organizationId)));
        foreach (var (table, navigation) in parts)
        {
            foreach (var part in RowsOf(navigation, entity))
            {
                table.Add(part, entity, organizationId, rows);
            }
        }
    }

    /// <summary>Copies rows into the table.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, List<object?[]> rows, CancellationToken ct)
    {
        await using (var copy = await connection.BeginBinaryImportAsync(statement, ct))
        {
            copy.Timeout = LongestWait;
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                foreach (var (column, value) in columns.Zip(row))
                {
                    await copy.WriteAsync(value, column.StoreType, ct);
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

    private sealed class Column
    {
        private readonly Func<object, object?, Guid, object?> valueOf;
        private readonly Func<object?, object?>? convert;

        public Column(IProperty property, INavigation? from)
        {
            Name = property.GetColumnName();
            var mapping = property.GetRelationalTypeMapping();
            StoreType = mapping.StoreTypeNameBase;
            convert = mapping.Converter?.ConvertToProvider;
            valueOf = ValueOf(property, from);
        }

        public string Name { get; }

        /// <summary>The column's type in PostgreSQL, without length or precision.</summary>
        public string StoreType { get; }

        /// <summary>What goes into the column.</summary>
        public object? ValueOf(object entity, object? owner, Guid organizationId)
        {
            var value = valueOf(entity, owner, organizationId);
            return convert is null ? value : convert(value);
        }

        private static Func<object, object?, Guid, object?> ValueOf(IProperty property, INavigation? from)
        {
            if (from is { ForeignKey: { } key } && key.Properties.ToList().IndexOf(property) is >= 0 and var index)
            {
                var ownersKey = key.PrincipalKey.Properties[index].GetGetter();
                return (_, owner, _) => ownersKey.GetClrValue(owner!);
            }
            if (property.IsShadowProperty())
            {
                // A reference without a member is one that the API sets in SQL; made-up rows refer to nothing.
                return property.IsNullable
                    ? (_, _, _) => null
                    : throw new NotSupportedException($"Nothing says what {property.DeclaringType.ClrType.Name}.{property.Name} is.");
            }
            var getter = property.GetGetter();
            // As ModuleDbContext stamps it.
            return
                property.Name == nameof(ITenantOwned.OrganizationId)
                && typeof(ITenantOwned).IsAssignableFrom(property.DeclaringType.ClrType)
                ? (entity, _, organizationId) => getter.GetClrValue(entity) is Guid id && id != Guid.Empty ? id : organizationId
                : (entity, _, _) => getter.GetClrValueUsingContainingEntity(entity);
        }
    }
}
