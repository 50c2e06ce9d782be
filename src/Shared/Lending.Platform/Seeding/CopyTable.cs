using System.Linq.Expressions;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lending.Platform.Seeding;

/// <summary>
/// A table as EF's model maps an entity to it, written by binary COPY instead of one INSERT a row: the columns, their order, types and
/// conversions all come from the model, and so do the tables of what hangs on an entity.
/// </summary>
internal sealed class CopyTable
{
    // On a busy machine, the constraints of a batch can take longer than a command of the API may.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, Type> TypesOfColumns = new(StringComparer.Ordinal)
    {
        ["bigint"] = typeof(long),
        ["boolean"] = typeof(bool),
        ["bytea"] = typeof(byte[]),
        ["character varying"] = typeof(string),
        ["date"] = typeof(DateOnly),
        ["integer"] = typeof(int),
        ["jsonb"] = typeof(string),
        ["numeric"] = typeof(decimal),
        ["text"] = typeof(string),
        ["timestamp with time zone"] = typeof(DateTimeOffset),
        ["uuid"] = typeof(Guid),
    };

    private readonly string name;
    private readonly string statement;
    private readonly int columnCount;
    private readonly Action<CopyBuffer, object, object?, Guid> writeColumns;

    // The tables whose rows an entity has in a navigation.
    private readonly IReadOnlyList<(CopyTable Table, Func<object, IEnumerable<object>> RowsOf)> parts;
    private bool isWritten;

    private CopyTable(IEntityType type, INavigation? from)
    {
        name = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
        writeColumns = StoredColumn.Writer<CopyBuffer>(type, from, Write, out var columns);
        columnCount = columns.Count;
        statement = $"COPY {name} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)";
        parts = StoredColumn.PartsOf(type, navigation => new CopyTable(navigation.TargetEntityType, navigation));
    }

    public static CopyTable Of(IEntityType type) => new(type, from: null);

    /// <summary>Adds an entity and all that hangs on it to what is to be copied.</summary>
    public void Add(object row, object? owner, Guid organizationId, OrderedDictionary<CopyTable, CopyBuffer> buffers)
    {
        if (!buffers.TryGetValue(this, out var buffer))
        {
            buffers.Add(this, buffer = new CopyBuffer());
        }
        buffer.StartRow(columnCount);
        writeColumns(buffer, row, owner, organizationId);
        foreach (var (table, rowsOf) in parts)
        {
            foreach (var part in rowsOf(row))
            {
                table.Add(part, row, organizationId, buffers);
            }
        }
    }

    /// <summary>Copies rows into the table.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CopyBuffer rows, CancellationToken ct)
    {
        await using (var copy = await connection.BeginRawBinaryCopyAsync(statement, ct))
        {
            copy.ReadTimeout = (int)LongestWait.TotalMilliseconds;
            await copy.WriteAsync(rows.Finish(), ct);
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

    private static BlockExpression Write(Expression buffer, StoredColumn column)
    {
        var local = Expression.Variable(column.Value.Type);
        Expression present = Nullable.GetUnderlyingType(local.Type) is null ? local : Expression.Property(local, nameof(Nullable<>.Value));
        if (TypesOfColumns.GetValueOrDefault(column.StoreType) != present.Type)
        {
            throw new NotSupportedException($"{present.Type.Name} is not copied into a column of {column.StoreType}.");
        }
        var write = Expression.Call(
            buffer,
            column.StoreType == "jsonb" ? nameof(CopyBuffer.WriteJsonb) : nameof(CopyBuffer.Write),
            null,
            present
        );
        return Expression.Block(
            [local],
            Expression.Assign(local, column.Value),
            StoredColumn.IsNullable(local.Type)
                ? Expression.IfThenElse(
                    Expression.Equal(local, Expression.Constant(null, local.Type)),
                    Expression.Call(buffer, nameof(CopyBuffer.WriteNull), null),
                    write
                )
                : write
        );
    }
}
