using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Lending.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Persistence;

/// <summary>
/// A list that EF translates once for each combination of filters and order that is asked for, and that is run past EF. Query filters apply as ever.
/// </summary>
/// <param name="rows">Where the rows come from.</param>
/// <param name="projection">What is read of each.</param>
/// <param name="sort">Puts the rows in the request's order; it may depend on what <paramref name="order"/> tells, and on nothing else.</param>
/// <param name="order">The name of the request's order.</param>
public sealed class CompiledList<TContext, TRow, TRequest, TResult>(
    Expression<Func<TContext, IQueryable<TRow>>> rows,
    Expression<Func<TRow, TResult>> projection,
    Func<IQueryable<TRow>, string, IQueryable<TRow>> sort,
    Func<TRequest, string> order
)
    where TContext : ModuleDbContext
    where TRow : class
    where TRequest : PageRequest
{
    // LINQ's own provider builds expressions for whoever runs them.
    private static readonly IQueryProvider Builder = Enumerable.Empty<TRow>().AsQueryable().Provider;

    private readonly Func<TContext, IQueryable<TRow>> allRows = rows.Compile();
    private readonly List<Condition> conditions = [];
    private readonly TranslatedQueries<TContext, TRow, (ulong Shape, string Order), TResult> queries = new(projection);

    /// <summary>Adds a filter, which holds where the request has a value for it: one that is not null.</summary>
    /// <param name="value">The request's value.</param>
    /// <param name="condition">What holds for the rows.</param>
    /// <param name="leavesFew">Whether few rows fit, always, which an index finds: then the list may be read together with others.</param>
    public CompiledList<TContext, TRow, TRequest, TResult> Where<TValue>(
        Func<TRequest, TValue?> value,
        Expression<Func<TRow, TValue, bool>> condition,
        bool leavesFew = false
    )
        where TValue : struct
    {
        conditions.Add(new Condition(request => value(request) is { } known ? [known] : null, condition, LeavesFew: leavesFew));
        return this;
    }

    /// <inheritdoc cref="Where{TValue}(Func{TRequest, TValue?}, Expression{Func{TRow, TValue, bool}}, bool)"/>
    public CompiledList<TContext, TRow, TRequest, TResult> Where<TValue>(
        Func<TRequest, TValue?> value,
        Expression<Func<TRow, TValue, bool>> condition
    )
        where TValue : class
    {
        conditions.Add(new Condition(request => value(request) is { } known ? [known] : null, condition));
        return this;
    }

    /// <summary>Adds what leaves only rows behind the cursor; counting ignores it.</summary>
    public CompiledList<TContext, TRow, TRequest, TResult> After<T1, T2>(
        Func<TRequest, (T1, T2)?> position,
        Expression<Func<TRow, T1, T2, bool>> condition
    )
        where T1 : notnull
        where T2 : notnull
    {
        conditions.Add(
            new Condition(request => position(request) is var (first, second) ? [first, second] : null, condition, IsPosition: true)
        );
        return this;
    }

    /// <inheritdoc cref="After{T1,T2}"/>
    public CompiledList<TContext, TRow, TRequest, TResult> After<T1, T2, T3>(
        Func<TRequest, (T1, T2, T3)?> position,
        Expression<Func<TRow, T1, T2, T3, bool>> condition
    )
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        conditions.Add(
            new Condition(
                request => position(request) is var (first, second, third) ? [first, second, third] : null,
                condition,
                IsPosition: true
            )
        );
        return this;
    }

    /// <summary>The rows of the page that is asked for, in order, and one more where there is another page.</summary>
    public Task<List<TResult>> ReadAsync(Rows<TContext> from, TRequest request, CancellationToken ct)
    {
        var shape = 0ul;
        var findsFew = false;
        var hasOwnPlan = false;
        var values = new List<object>(4) { request.Limit + 1 };
        for (var index = 0; index < conditions.Count; index++)
        {
            if (conditions[index].Values(request) is { } known)
            {
                shape |= 1ul << index;
                findsFew |= conditions[index].LeavesFew;
                // How many rows fit the others depends on the value.
                hasOwnPlan |= !conditions[index].LeavesFew && !conditions[index].IsPosition;
                values.AddRange(known);
            }
        }
        return queries.ReadAsync(from, (shape, order(request)), Query, [.. values], findsFew, hasOwnPlan, ct);
    }

    /// <summary>How many rows there are on all pages together.</summary>
    public Task<long> CountAsync(Rows<TContext> from, TRequest request, CancellationToken ct)
    {
        var matching = allRows(from.Context);
        foreach (var condition in conditions.Where(condition => !condition.IsPosition))
        {
            if (condition.Values(request) is { } values)
            {
                matching = matching.Where(condition.With([.. values.Select(Parameter)]));
            }
        }
        return matching.LongCountAsync(ct);

        // EF makes a parameter of a variable's value, and a part of the statement of a constant's.
        static Expression Parameter(object value)
        {
            var box = Activator.CreateInstance(typeof(StrongBox<>).MakeGenericType(value.GetType()), value);
            return Expression.Field(Expression.Constant(box), nameof(StrongBox<>.Value));
        }
    }

    private LambdaExpression Query((ulong Shape, string Order) key)
    {
        var limit = Expression.Parameter(typeof(int), "limit");
        List<ParameterExpression> parameters = [rows.Parameters[0], limit];
        var page = Builder.CreateQuery<TRow>(rows.Body);
        foreach (var condition in conditions.Where((_, index) => (key.Shape & (1ul << index)) != 0))
        {
            List<ParameterExpression> values =
            [
                .. condition.Types.Select((type, index) => Expression.Parameter(type, $"value{parameters.Count + index}")),
            ];
            parameters.AddRange(values);
            page = page.Where(condition.With(values));
        }
        page = sort(page, key.Order);
        return Expression.Lambda(
            Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(TRow)], page.Expression, limit),
            parameters
        );
    }

    private sealed record Condition(
        Func<TRequest, object[]?> Values,
        LambdaExpression Lambda,
        bool IsPosition = false,
        bool LeavesFew = false
    )
    {
        public IEnumerable<Type> Types => Lambda.Parameters.Skip(1).Select(parameter => parameter.Type);

        /// <summary>The condition with these instead of its values.</summary>
        public Expression<Func<TRow, bool>> With(IReadOnlyList<Expression> values) =>
            Expression.Lambda<Func<TRow, bool>>(new Replacement(Lambda.Parameters, values).Visit(Lambda.Body), Lambda.Parameters[0]);
    }

    private sealed class Replacement(IReadOnlyList<ParameterExpression> parameters, IReadOnlyList<Expression> values) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node)
        {
            for (var index = 0; index < values.Count; index++)
            {
                if (parameters[index + 1] == node)
                {
                    return values[index];
                }
            }
            return node;
        }
    }
}
