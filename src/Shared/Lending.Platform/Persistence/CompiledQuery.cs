using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lending.Platform.Persistence;

/// <summary>
/// A query that EF translates once, for slices that are called often: finding the translation of a query anew costs more than PostgreSQL
/// needs to answer it. Query filters apply as ever.
/// </summary>
/// <param name="query">The query; it ends in <c>SingleOrDefault</c>, which is executed asynchronously.</param>
public sealed class CompiledQuery<TContext, TParameter, TResult>(Expression<Func<TContext, TParameter, TResult?>> query)
    where TContext : ModuleDbContext
{
    // EF ties a compiled query to one model, of which each host has its own.
    private readonly ConditionalWeakTable<IModel, Func<TContext, TParameter, CancellationToken, Task<TResult?>>> compiled = [];

    /// <summary>Asks the database.</summary>
    public Task<TResult?> ExecuteAsync(TContext context, TParameter parameter, CancellationToken ct) =>
        compiled.GetValue(context.Model, _ => EF.CompileAsyncQuery(WithCancellation()))(context, parameter, ct);

    private Expression<Func<TContext, TParameter, CancellationToken, TResult?>> WithCancellation() =>
        Expression.Lambda<Func<TContext, TParameter, CancellationToken, TResult?>>(
            query.Body,
            [.. query.Parameters, Expression.Parameter(typeof(CancellationToken))]
        );
}
