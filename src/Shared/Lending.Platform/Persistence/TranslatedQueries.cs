using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Platform.Persistence;

/// <summary>
/// Queries that EF translates once, with all their filters, and that are run past it: finding the translation anew, leasing a context and EF's own
/// reading cost a request as much as PostgreSQL's whole answer.
/// </summary>
/// <param name="projection">What is read of a row: members that have a column, and anything that is made of them.</param>
internal sealed partial class TranslatedQueries<TContext, TRow, TKey, TResult>(Expression<Func<TRow, TResult>> projection)
    where TContext : ModuleDbContext
    where TRow : class
    where TKey : notnull
{
    private static readonly string[] CustomerFilter = [ModuleDbContext.CustomerFilter];

    // Of each host there is a model of its own.
    private readonly ConditionalWeakTable<IModel, Translations> translations = [];

    /// <summary>Asks the database; in the request's transaction if there is one.</summary>
    /// <param name="rows">Where, and for whom.</param>
    /// <param name="key">Which query.</param>
    /// <param name="query">Makes the query that a key stands for: a lambda of the context and of the values.</param>
    /// <param name="values">What the request brings, no null among it.</param>
    /// <param name="findsFew">Whether it finds few rows, and quickly: then it is sent together with others that are asked for at the same time.</param>
    /// <param name="hasOwnPlan">Whether it is planned for these values; see <see cref="OwnPlan"/>.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async Task<List<TResult>> ReadAsync(
        Rows<TContext> rows,
        TKey key,
        Func<TKey, LambdaExpression> query,
        object[] values,
        bool findsFew,
        bool hasOwnPlan,
        CancellationToken ct
    )
    {
        var known = translations.GetValue(rows.Model, model => new Translations(model.FindEntityType(typeof(TRow))!, projection));
        var statement = known.Find(rows, key, query, values);
        var command = new NpgsqlBatchCommand(statement.Sql);
        statement.AddTo(command.Parameters, rows.Caller, values);
        if (findsFew && !rows.Transactions.IsOpen)
        {
            return await rows.Batches.ReadAsync(command, known.Reader.Read, ct);
        }
        await using var own = rows.Transactions.IsOpen ? null : await rows.DataSource.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(own ?? rows.Transactions.Connection);
        foreach (var part in hasOwnPlan ? [new(OwnPlan.Begin), command, new(OwnPlan.End)] : (NpgsqlBatchCommand[])[command])
        {
            batch.BatchCommands.Add(part);
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var found = new List<TResult>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(known.Reader.Read(reader));
        }
        return found;
    }

    private static Statement Translate(Rows<TContext> rows, Translations known, LambdaExpression query, object[] values)
    {
        var page = query.Body;
        if (rows.Caller.CustomerScope is null)
        {
            page = Expression.Call(
                typeof(EntityFrameworkQueryableExtensions),
                nameof(EntityFrameworkQueryableExtensions.IgnoreQueryFilters),
                [typeof(TRow)],
                page,
                Expression.Constant(CustomerFilter)
            );
        }
        var columns = Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [typeof(TRow), typeof(object[])],
            page,
            Expression.Quote(known.Reader.Columns)
        );
        // EF names its parameters after the lambda's.
        var names = query.Parameters.Skip(1).Select(parameter => parameter.Name!).ToList();
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        List<(Func<Caller, object[], object> Value, NpgsqlDbType Type)> parameters = [];
        using var command = TranslateWithEf(rows.Context, columns, query.Parameters, values);
        foreach (NpgsqlParameter parameter in command.Parameters)
        {
            var name = parameter.ParameterName.TrimStart('@');
            if (parameter.Value is false && !names.Contains(name))
            {
                // Whether the customer's filter holds nobody up: that is decided.
                sent[name] = "FALSE";
                continue;
            }
            var value = ValueOf(name, names.IndexOf(name), known.Type, values);
            if (!StructuralComparisons.StructuralEqualityComparer.Equals(value(rows.Caller, values), parameter.Value))
            {
                throw new InvalidOperationException($"EF would send another value as {name} of {command.CommandText}");
            }
            parameters.Add((value, parameter.NpgsqlDbType));
            sent[name] = $"${parameters.Count}";
        }
        return new Statement(Name().Replace(command.CommandText, found => sent[found.Groups["name"].Value]), parameters);
    }

    /// <summary>Where a parameter's value comes from.</summary>
    private static Func<Caller, object[], object> ValueOf(string name, int index, IEntityType type, object[] values)
    {
        const string filter = "ef_filter__";
        if (index < 0)
        {
            return name switch
            {
                $"{filter}{nameof(Caller.OrganizationId)}" => (caller, _) => caller.OrganizationId,
                $"{filter}{nameof(Caller.CustomerScope)}" => (caller, _) => caller.CustomerScope!,
                _ => throw new InvalidOperationException($"Nobody knows a value for {name} in a query of {type.DisplayName()}."),
            };
        }
        // Stored as the row's properties of its type are.
        var single = values[index].GetType().GetElementType() ?? values[index].GetType();
        var converter = type.GetFlattenedProperties()
            .Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == single)
            .Select(property => property.GetTypeMapping().Converter)
            .FirstOrDefault(converter => converter is not null);
        return converter is null ? (_, all) => all[index]
            : values[index] is Array ? (_, all) => Converted((Array)all[index])
            : (_, all) => converter.ConvertToProvider(all[index])!;

        Array Converted(Array array)
        {
            var stored = Array.CreateInstance(converter!.ProviderClrType, array.Length);
            for (var position = 0; position < array.Length; position++)
            {
                stored.SetValue(converter.ConvertToProvider(array.GetValue(position)), position);
            }
            return stored;
        }
    }

    /// <summary>Calls the one of EF's many methods that takes so many parameters.</summary>
    private static NpgsqlCommand TranslateWithEf(
        TContext context,
        Expression query,
        IReadOnlyCollection<ParameterExpression> parameters,
        object[] values
    )
    {
        Type[] types = [.. parameters.Select(parameter => parameter.Type)];
        var lambda = Expression.Lambda(Expression.GetFuncType([.. types, typeof(IQueryable<object[]>)]), query, parameters);
        var compiled = (Delegate)
            typeof(EF)
                .GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(method => method.Name == nameof(EF.CompileQuery) && method.GetGenericArguments().Length == types.Length + 1)
                .Select(method => method.MakeGenericMethod([.. types, typeof(object[])]))
                .Single(method => method.GetParameters()[0].ParameterType.IsInstanceOfType(lambda))
                .Invoke(obj: null, [lambda])!;
#pragma warning disable EF1001 // In public, EF tells the command only of queries that are not compiled, and their parameters have no names of ours.
        return (NpgsqlCommand)((IRelationalQueryingEnumerable)compiled.DynamicInvoke([context, .. values])!).CreateDbCommand();
#pragma warning restore EF1001
    }

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    private sealed class Translations
    {
        private readonly ConcurrentDictionary<(TKey Key, bool SeesWholeOrganization), Statement> statements = new();

        public Translations(IEntityType type, Expression<Func<TRow, TResult>> projection)
        {
            // Others could depend on more than on what a statement is known by.
            if (
                type.GetDeclaredQueryFilters()
                    .Any(filter => filter.Key is not (ModuleDbContext.OrganizationFilter or ModuleDbContext.CustomerFilter))
            )
            {
                throw new InvalidOperationException($"{type.DisplayName()} has filters that are applied by EF only.");
            }
            Type = type;
            Reader = new RowReader<TRow, TResult>(type, projection);
        }

        public IEntityType Type { get; }

        public RowReader<TRow, TResult> Reader { get; }

        public Statement Find(Rows<TContext> rows, TKey key, Func<TKey, LambdaExpression> query, object[] values)
        {
            var variant = (key, rows.Caller.CustomerScope is null);
            return statements.TryGetValue(variant, out var statement)
                ? statement
                : statements.GetOrAdd(variant, Translate(rows, this, query(key), values));
        }
    }

    private sealed record Statement(string Sql, IReadOnlyList<(Func<Caller, object[], object> Value, NpgsqlDbType Type)> Parameters)
    {
        public void AddTo(NpgsqlParameterCollection parameters, Caller caller, object[] values)
        {
            foreach (var (value, type) in Parameters)
            {
                parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value(caller, values) });
            }
        }
    }
}
