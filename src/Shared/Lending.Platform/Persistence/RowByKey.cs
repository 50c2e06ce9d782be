using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Reads one row by its id, for slices that are called most of all. EF's model says how, and its translation, tracking and connection are left out:
/// they cost a request as much as PostgreSQL's whole answer. For callers who see only what is theirs, it asks EF, which knows their filters.
/// </summary>
/// <param name="projection">What is read: members of the row that have a column, and anything that is made of them.</param>
/// <param name="rowLock">What the row is locked with until the transaction ends, of <see cref="RowLocks"/>.</param>
public sealed class RowByKey<TContext, TRow, TResult>(Expression<Func<TRow, TResult>> projection, string? rowLock = null)
    where TContext : ModuleDbContext
    where TRow : class, ITenantOwned
    where TResult : class
{
    private readonly CompiledQuery<TContext, Guid, TResult> filtered = new(
        rowLock is null
            ? (db, id) => db.Set<TRow>().Where(row => EF.Property<Guid>(row, "Id") == id).Select(projection).SingleOrDefault()
            : (db, id) =>
                db.Set<TRow>().TagWith(rowLock!).Where(row => EF.Property<Guid>(row, "Id") == id).Select(projection).SingleOrDefault()
    );

    // Of each host there is a model of its own.
    private readonly ConditionalWeakTable<IModel, Statement> statements = [];

    /// <summary>The row with this id, or null where there is none that the caller may see.</summary>
    public Task<TResult?> FindAsync(Rows<TContext> rows, Guid id, CancellationToken ct) =>
        rows.Caller.CustomerScope is null
            ? statements.GetValue(rows.Model, model => new Statement(model, projection, rowLock)).ReadAsync(rows, id, ct)
            : filtered.ExecuteAsync(rows.Context, id, ct);

    private sealed class Statement
    {
        private readonly string sql;
        private readonly Func<NpgsqlDataReader, TResult> read;

        public Statement(IModel model, Expression<Func<TRow, TResult>> projection, string? rowLock)
        {
            var type = model.FindEntityType(typeof(TRow))!;
            CheckFilters(type);
            var columns = new Columns(type, projection.Parameters[0]);
            read = Expression.Lambda<Func<NpgsqlDataReader, TResult>>(columns.Visit(projection.Body), columns.Reader).Compile();
            sql = $"""
                SELECT {string.Join(", ", columns.Names)} FROM "{type.GetSchema()}"."{type.GetTableName()}"
                WHERE "{ColumnOf(type, nameof(ITenantOwned.OrganizationId))}" = $1 AND "{ColumnOf(type, "Id")}" = $2 {rowLock}
                """;
        }

        public async Task<TResult?> ReadAsync(Rows<TContext> rows, Guid id, CancellationToken ct)
        {
            await using var own = rows.Transactions.IsOpen ? null : await rows.DataSource.OpenConnectionAsync(ct);
            await using var command = new NpgsqlCommand(sql, own ?? rows.Transactions.Connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = rows.Caller.OrganizationId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? read(reader) : null;
        }

        /// <summary>The statement stands for these two filters and for no other.</summary>
        private static void CheckFilters(IEntityType type)
        {
            var filters = type.GetDeclaredQueryFilters().Select(filter => filter.Key).ToList();
            if (
                !filters.Contains(ModuleDbContext.OrganizationFilter)
                || filters.Exists(filter => filter is not (ModuleDbContext.OrganizationFilter or ModuleDbContext.CustomerFilter))
            )
            {
                throw new InvalidOperationException($"{type.DisplayName()} has filters that a statement by key does not know.");
            }
        }

        private static string ColumnOf(IEntityType type, string property) => type.FindProperty(property)!.GetColumnName();
    }

    /// <summary>Replaces the row's members by what stands in their columns.</summary>
    private sealed class Columns(IEntityType type, ParameterExpression row) : ExpressionVisitor
    {
        private readonly List<IProperty> properties = [];

        public ParameterExpression Reader { get; } = Expression.Parameter(typeof(NpgsqlDataReader));

        public IEnumerable<string> Names => properties.Select(property => $"\"{property.GetColumnName()}\"");

        protected override Expression VisitMember(MemberExpression node) =>
            Find(node) is IProperty property ? Read(property) : base.VisitMember(node);

        protected override Expression VisitParameter(ParameterExpression node) =>
            node == row ? throw new InvalidOperationException($"{type.DisplayName()} is read by its columns, not as a whole.") : node;

        // A property, a complex property on the way to one, or null.
        private IPropertyBase? Find(Expression? expression)
        {
            if (expression is not MemberExpression member)
            {
                return null;
            }
            var part = member.Expression == row ? type : (Find(member.Expression) as IComplexProperty)?.ComplexType as ITypeBase;
            return part?.FindProperty(member.Member.Name) ?? (IPropertyBase?)part?.FindComplexProperty(member.Member.Name);
        }

        private Expression Read(IProperty property)
        {
            if (!properties.Contains(property))
            {
                properties.Add(property);
            }
            var ordinal = Expression.Constant(properties.IndexOf(property));
            var converter = property.GetTypeMapping().Converter;
            var stored =
                Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType)
                ?? converter?.ProviderClrType
                ?? property.ClrType;
            Expression value = Expression.Call(Reader, nameof(NpgsqlDataReader.GetFieldValue), [stored], ordinal);
            if (converter is not null)
            {
                value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
            }
            value = Expression.Convert(value, property.ClrType);
            return property.IsNullable
                ? Expression.Condition(
                    Expression.Call(Reader, nameof(NpgsqlDataReader.IsDBNull), null, ordinal),
                    Expression.Default(property.ClrType),
                    value
                )
                : value;
        }
    }
}

/// <summary>What <see cref="RowByKey{TContext,TRow,TResult}"/> needs of a request; scoped.</summary>
public sealed class Rows<TContext>
    where TContext : ModuleDbContext
{
    private readonly IServiceProvider scope;
    private readonly ModelOf<TContext> model;

    internal Rows(NpgsqlDataSource dataSource, Transactions transactions, Caller caller, ModelOf<TContext> model, IServiceProvider scope)
    {
        (DataSource, Transactions, Caller) = (dataSource, transactions, caller);
        (this.model, this.scope) = (model, scope);
    }

    internal NpgsqlDataSource DataSource { get; }

    internal Transactions Transactions { get; }

    internal Caller Caller { get; }

    internal IModel Model => model.Value;

    /// <summary>The request's context, which is leased when it is asked for.</summary>
    public TContext Context => scope.GetRequiredService<TContext>();
}

/// <summary>A module's model, for who needs no context.</summary>
internal sealed class ModelOf<TContext>(IDbContextFactory<TContext> contexts)
    where TContext : ModuleDbContext
{
    private readonly Lazy<IModel> model = new(() =>
    {
        using var context = contexts.CreateDbContext();
        return context.Model;
    });

    public IModel Value => model.Value;
}
