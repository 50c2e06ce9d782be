using System.Collections;
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
    private readonly IReadOnlyList<(CopyTable Table, Func<object, object?> Rows)> parts;
    private bool isWritten;

    private CopyTable(IEntityType type, INavigation? from)
    {
        name = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
        var columns = new List<string>();
        writeColumns = Compile(type, from, columns);
        columnCount = columns.Count;
        statement = $"COPY {name} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)";
        parts =
        [
            .. type.GetNavigations()
                .Where(navigation => !navigation.IsOnDependent)
                .Select(navigation => (new CopyTable(navigation.TargetEntityType, navigation), Getter(navigation))),
        ];
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
            switch (rowsOf(row))
            {
                case null:
                    break;
                case IEnumerable many:
                    foreach (var one in many)
                    {
                        table.Add(one, row, organizationId, buffers);
                    }
                    break;
                case var one:
                    table.Add(one, row, organizationId, buffers);
                    break;
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

    private static Func<object, object?> Getter(INavigation navigation)
    {
        var row = Expression.Parameter(typeof(object));
        var member = MemberOf(navigation, Expression.Convert(row, navigation.DeclaringEntityType.ClrType));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(member, typeof(object)), row).Compile();
    }

    private static Action<CopyBuffer, object, object?, Guid> Compile(IEntityType type, INavigation? from, List<string> columns)
    {
        var buffer = Expression.Parameter(typeof(CopyBuffer));
        var row = Expression.Parameter(typeof(object));
        var owner = Expression.Parameter(typeof(object));
        var organizationId = Expression.Parameter(typeof(Guid));
        var writes = new List<Expression>();
        AddColumns(type, Expression.Convert(row, type.ClrType));
        return Expression
            .Lambda<Action<CopyBuffer, object, object?, Guid>>(Expression.Block(writes), buffer, row, owner, organizationId)
            .Compile();

        void AddColumns(ITypeBase part, Expression instance)
        {
            foreach (var property in part.GetProperties().Where(property => !IsMadeByDatabase(property)))
            {
                columns.Add(property.GetColumnName());
                writes.Add(WriteValue(buffer, property, Value(property, instance)));
            }
            foreach (var complex in part.GetComplexProperties())
            {
                AddColumns(complex.ComplexType, MemberOf(complex, instance));
            }
        }

        Expression Value(IProperty property, Expression instance)
        {
            if (property.IsShadowProperty())
            {
                return OwnersKey(property, from, owner);
            }
            var value = MemberOf(property, instance);
            // As ModuleDbContext stamps it.
            return typeof(ITenantOwned).IsAssignableFrom(type.ClrType) && property.Name == nameof(ITenantOwned.OrganizationId)
                ? Expression.Condition(Expression.Equal(value, Expression.Default(typeof(Guid))), organizationId, value)
                : value;
        }
    }

    // Row versions, generated columns, running numbers.
    private static bool IsMadeByDatabase(IProperty property) =>
        property.ValueGenerated != ValueGenerated.Never
        && !(property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(Guid));

    // Of the columns that an entity has no member for: what it hangs on says the key; what it may refer to, it does not.
    private static Expression OwnersKey(IProperty property, INavigation? from, Expression owner)
    {
        var index = from?.ForeignKey.Properties.ToList().IndexOf(property) ?? -1;
        return index >= 0
                ? MemberOf(
                    from!.ForeignKey.PrincipalKey.Properties[index],
                    Expression.Convert(owner, from.ForeignKey.PrincipalEntityType.ClrType)
                )
            : property.IsNullable ? Expression.Default(property.ClrType)
            : throw new NotSupportedException($"Nothing says what {property.DeclaringType.ClrType.Name}.{property.Name} is.");
    }

    private static MemberExpression MemberOf(IPropertyBase property, Expression instance) =>
        property.PropertyInfo is { } info ? Expression.Property(instance, info) : Expression.Field(instance, property.FieldInfo!);

    private static BlockExpression WriteValue(Expression buffer, IProperty property, Expression value)
    {
        var mapping = property.GetRelationalTypeMapping();
        var isNullable = !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null;
        var local = Expression.Variable(value.Type);
        Expression present = Nullable.GetUnderlyingType(value.Type) is null ? local : Expression.Property(local, nameof(Nullable<>.Value));
        if (mapping.Converter is { } converter)
        {
            var convert = converter.ConvertToProviderExpression;
            var argument = convert.Parameters[0];
            present = new Replacement(argument, present.Type == argument.Type ? present : Expression.Convert(present, argument.Type)).Visit(
                convert.Body
            );
        }
        if (TypesOfColumns.GetValueOrDefault(mapping.StoreTypeNameBase) != present.Type)
        {
            throw new NotSupportedException($"{present.Type.Name} is not copied into a column of {mapping.StoreType}.");
        }
        var write = Expression.Call(
            buffer,
            mapping.StoreTypeNameBase == "jsonb" ? nameof(CopyBuffer.WriteJsonb) : nameof(CopyBuffer.Write),
            null,
            present
        );
        return Expression.Block(
            [local],
            Expression.Assign(local, value),
            isNullable
                ? Expression.IfThenElse(
                    Expression.Equal(local, Expression.Constant(null, local.Type)),
                    Expression.Call(buffer, nameof(CopyBuffer.WriteNull), null),
                    write
                )
                : write
        );
    }

    private sealed class Replacement(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
