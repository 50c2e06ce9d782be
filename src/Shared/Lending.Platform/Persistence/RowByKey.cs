using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Persistence;

/// <summary>Reads one row by its id, for slices that are called often: EF translates it once, and it is run past EF. Query filters apply as ever.</summary>
/// <param name="projection">What is read: members of the row that have a column, and anything that is made of them.</param>
/// <param name="rowLock">What the row is locked with until the transaction ends, of <see cref="RowLocks"/>.</param>
public sealed class RowByKey<TContext, TRow, TResult>(Expression<Func<TRow, TResult>> projection, string? rowLock = null)
    where TContext : ModuleDbContext
    where TRow : class
    where TResult : class
{
    private const string Key = "Id";

    private readonly TranslatedQueries<TContext, TRow, string, TResult> queries = new(projection);

    /// <summary>The row with this id, or null where there is none that the caller may see.</summary>
    public async Task<TResult?> FindAsync(Rows<TContext> rows, Guid id, CancellationToken ct)
    {
        if (rowLock is not null && !rows.Transactions.IsOpen)
        {
            throw new InvalidOperationException("Without a transaction, a lock ends when the row is read.");
        }
        return await queries.ReadAsync(rows, Key, Query, [id], findsFew: true, hasOwnPlan: false, ct) is [var row] ? row : null;
    }

    private Expression<Func<TContext, Guid, IQueryable<TRow>>> Query(string key) =>
        rowLock is null
            ? (db, id) => db.Set<TRow>().Where(row => EF.Property<Guid>(row, key) == id)
            : (db, id) => db.Set<TRow>().TagWith(rowLock).Where(row => EF.Property<Guid>(row, key) == id);
}
