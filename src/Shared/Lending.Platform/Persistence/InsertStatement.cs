using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Persistence;

/// <summary>How an entity, and what hangs on it, is inserted: made once, of EF's model.</summary>
internal sealed class InsertStatement
{
    // Of each host there is a model of its own, and so are its types.
    private static readonly ConditionalWeakTable<IEntityType, InsertStatement> Made = [];

    private static readonly Dictionary<string, NpgsqlDbType> TypesOfText = new(StringComparer.Ordinal)
    {
        ["json"] = NpgsqlDbType.Json,
        ["jsonb"] = NpgsqlDbType.Jsonb,
    };

    private readonly string sql;
    private readonly Action<NpgsqlParameterCollection, object, object?, Guid> addParameters;
    private readonly Action<object, uint>? setVersion;
    private readonly IReadOnlyList<(InsertStatement Statement, Func<object, IEnumerable<object>> RowsOf)> parts;

    private InsertStatement(IEntityType type, INavigation? from)
    {
        var parameters = Expression.Parameter(typeof(NpgsqlParameterCollection));
        var row = Expression.Parameter(typeof(object));
        var owner = Expression.Parameter(typeof(object));
        var organizationId = Expression.Parameter(typeof(Guid));
        var columns = StoredColumn.Of(type, from, row, owner, organizationId);
        addParameters = Expression
            .Lambda<Action<NpgsqlParameterCollection, object, object?, Guid>>(
                Expression.Block(columns.Select(column => Add(parameters, column))),
                parameters,
                row,
                owner,
                organizationId
            )
            .Compile();
        var version = type.GetProperties().SingleOrDefault(property => property.IsConcurrencyToken);
        setVersion = version is null ? null : Setter(version);
        sql = $"""
            INSERT INTO "{type.GetSchema()}"."{type.GetTableName()}" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))})
            VALUES ({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))}){(version is null
                ? ""
                : $" RETURNING {version.GetColumnName()}")}
            """;
        parts = StoredColumn.PartsOf(type, navigation => new InsertStatement(navigation.TargetEntityType, navigation));
    }

    public static InsertStatement Of(IEntityType type) => Made.GetValue(type, type => new InsertStatement(type, from: null));

    /// <summary>Adds the row and all that hangs on it.</summary>
    /// <param name="batch">What is sent to the database at once.</param>
    /// <param name="row">The entity.</param>
    /// <param name="owner">What it hangs on, if anything.</param>
    /// <param name="organizationId">Whose it is.</param>
    /// <param name="versions">Takes, in the order of the answers, what the versions are to be written to.</param>
    public void AddTo(NpgsqlBatch batch, object row, object? owner, Guid organizationId, List<Action<uint>> versions)
    {
        var command = new NpgsqlBatchCommand(sql);
        addParameters(command.Parameters, row, owner, organizationId);
        batch.BatchCommands.Add(command);
        if (setVersion is not null)
        {
            versions.Add(version => setVersion(row, version));
        }
        foreach (var (statement, rowsOf) in parts)
        {
            foreach (var part in rowsOf(row))
            {
                statement.AddTo(batch, part, row, organizationId, versions);
            }
        }
    }

    private static Action<object, uint> Setter(IProperty version)
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(uint));
        var member = StoredColumn.MemberOf(version, Expression.Convert(row, version.DeclaringType.ClrType));
        return Expression.Lambda<Action<object, uint>>(Expression.Assign(member, value), row, value).Compile();
    }

    private static MethodCallExpression Add(ParameterExpression parameters, StoredColumn column)
    {
        // Its type, which the prepared statement depends on, is the same whether there is a value or none.
        var type = typeof(NpgsqlParameter<>).MakeGenericType(column.Value.Type);
        List<MemberBinding> members = [Expression.Bind(type.GetProperty(nameof(NpgsqlParameter<>.TypedValue))!, column.Value)];
        if (TypesOfText.TryGetValue(column.StoreType, out var typeOfText))
        {
            members.Add(Expression.Bind(type.GetProperty(nameof(NpgsqlParameter.NpgsqlDbType))!, Expression.Constant(typeOfText)));
        }
        var add = typeof(NpgsqlParameterCollection).GetMethod(nameof(NpgsqlParameterCollection.Add), [typeof(NpgsqlParameter)])!;
        return Expression.Call(parameters, add, Expression.MemberInit(Expression.New(type), members));
    }
}
