using Lending.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Persistence;

/// <summary>A row that lists tell newest first.</summary>
public interface IListed
{
    /// <summary>Decides between rows of the same moment.</summary>
    Guid Id { get; }

    /// <summary>When the row was made.</summary>
    DateTimeOffset CreatedAt { get; }
}

/// <summary>The order of most lists.</summary>
public static class NewestFirst
{
    /// <summary>The rows of the page that is asked for, newest first, and one more where there is another page.</summary>
    public static IQueryable<TRow> PageNewestFirst<TRow>(this IQueryable<TRow> rows, PageRequest request)
        where TRow : class, IListed
    {
        if (Cursor.Parse(request.Cursor, Cursor.NewestFirst) is { } cursor)
        {
            rows = rows.Where(row =>
                EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(cursor.Time, cursor.Id))
            );
        }
        return rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(request.Limit + 1);
    }

    /// <summary>The same as the end of a statement in SQL, behind its last condition.</summary>
    public static FormattableString PageOf(PageRequest request)
    {
        var after = new SqlFilters().Add(
            Cursor.Parse(request.Cursor, Cursor.NewestFirst),
            cursor => $"(created_at, id) < ({cursor.Time}, {cursor.Id})"
        );
        return $"{after.Conditions} ORDER BY created_at DESC, id DESC LIMIT {request.Limit + 1}";
    }
}
