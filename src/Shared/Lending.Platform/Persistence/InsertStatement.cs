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
    private readonly Action<object, Guid>? setOrganization;
    private readonly IReadOnlyList<(InsertStatement Statement, Func<object, IEnumerable<object>> RowsOf)> parts;

    private InsertStatement(IEntityType type, INavigation? from)
    {
        addParameters = StoredColumn.Writer<NpgsqlParameterCollection>(type, from, Add, out var columns);
        var version = type.GetProperties().SingleOrDefault(property => property.IsConcurrencyToken);
        setVersion = version is null ? null : Setter<uint>(version);
        setOrganization = typeof(ITenantOwned).IsAssignableFrom(type.ClrType)
            ? Setter<Guid>(type.FindProperty(nameof(ITenantOwned.OrganizationId))!)
            : null;
        sql = $"""
            INSERT INTO "{type.GetSchema()}"."{type.GetTableName()}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
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
    /// <param name="organizationId">Whose it becomes.</param>
    /// <param name="versions">Takes, in the order of the answers, what the versions are to be written to.</param>
    public void AddTo(NpgsqlBatch batch, object row, object? owner, Guid organizationId, List<Action<uint>> versions)
    {
        if (row is ITenantOwned owned)
        {
            Stamp(owned, organizationId);
        }
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

    // As ModuleDbContext does with what EF saves.
    private void Stamp(ITenantOwned row, Guid organizationId)
    {
        if (row.OrganizationId == Guid.Empty)
        {
            setOrganization!(row, organizationId);
        }
        ModuleDbContext.CheckOrganization(row, organizationId);
    }

    private static Action<object, TValue> Setter<TValue>(IProperty property)
    {
        var row = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(TValue));
        var member = StoredColumn.MemberOf(property, Expression.Convert(row, property.DeclaringType.ClrType));
        return Expression.Lambda<Action<object, TValue>>(Expression.Assign(member, value), row, value).Compile();
    }

    private static MethodCallExpression Add(Expression parameters, StoredColumn column)
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
