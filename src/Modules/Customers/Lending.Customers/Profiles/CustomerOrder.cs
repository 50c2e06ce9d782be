using System.Diagnostics;
using Lending.Platform.Http;
using Lending.Platform.Persistence;

namespace Lending.Customers.Profiles;

/// <summary>The orders of the customer list. Each ends in the id, so that no two rows are equal and no page repeats or skips one.</summary>
internal static class CustomerOrder
{
    public const string OldestFirst = "createdAt";
    public const string ByName = "name";
    public const string ByNameDescending = "-name";

    public static readonly IReadOnlyList<string> All = [Cursor.NewestFirst, OldestFirst, ByName, ByNameDescending];

    // No name holds a line break.
    private const char NameSeparator = '\n';

    /// <summary>The end of a statement in SQL, behind its last condition: the rows of the page that is asked for, and one more where there is another page.</summary>
    public static FormattableString PageOf(PageRequest request, string order)
    {
        var after = new SqlFilters().Add(Cursor.Parse(request.Cursor, order), After);
        FormattableString columns = order switch
        {
            Cursor.NewestFirst => $"created_at DESC, id DESC",
            OldestFirst => $"created_at, id",
            ByName => $"last_name, first_name, id",
            ByNameDescending => $"last_name DESC, first_name DESC, id DESC",
            _ => throw new UnreachableException(),
        };
        return $"{after.Conditions} ORDER BY {columns} LIMIT {request.Limit + 1}";
    }

    private static FormattableString After(Cursor cursor) =>
        (cursor.Order, cursor.Value.Split(NameSeparator)) switch
        {
            (Cursor.NewestFirst, _) => $"(created_at, id) < ({cursor.Time}, {cursor.Id})",
            (OldestFirst, _) => $"(created_at, id) > ({cursor.Time}, {cursor.Id})",
            (ByName, [var last, var first]) => $"(last_name, first_name, id) > ({last}, {first}, {cursor.Id})",
            (ByNameDescending, [var last, var first]) => $"(last_name, first_name, id) < ({last}, {first}, {cursor.Id})",
            _ => throw new UnreachableException(),
        };

    public static Cursor PositionOf(CustomerResponse customer, string order) =>
        order is Cursor.NewestFirst or OldestFirst
            ? Cursor.At(customer.CreatedAt, customer.Id, order)
            : new Cursor(order, $"{customer.LastName}{NameSeparator}{customer.FirstName}", customer.Id);

    /// <summary>Whether the cursor's value is of the sort that <see cref="PositionOf"/> puts into cursors of its order.</summary>
    public static bool HasFittingValue(Cursor cursor) =>
        cursor.Order is Cursor.NewestFirst or OldestFirst
            ? cursor.HasTime
            : cursor.Value.Contains(NameSeparator, StringComparison.Ordinal) && cursor.Value.Count(char.IsControl) == 1;
}
