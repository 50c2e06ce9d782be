using System.Diagnostics;
using Lending.Platform.Http;

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

    /// <summary>The rows in this order.</summary>
    public static IQueryable<Customer> Sort(IQueryable<Customer> customers, string order) =>
        order switch
        {
            Cursor.NewestFirst => customers.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id),
            OldestFirst => customers.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id),
            ByName => customers.OrderBy(row => row.LastName).ThenBy(row => row.FirstName).ThenBy(row => row.Id),
            ByNameDescending => customers
                .OrderByDescending(row => row.LastName)
                .ThenByDescending(row => row.FirstName)
                .ThenByDescending(row => row.Id),
            _ => throw new UnreachableException(),
        };

    /// <summary>Where the cursor of an order by time stands; null without one, and in another order.</summary>
    public static (DateTimeOffset Time, Guid Id)? TimeOf(string? text, string order, string expected) =>
        order == expected && Cursor.Parse(text, order) is { } cursor ? (cursor.Time, cursor.Id) : null;

    /// <summary>Where the cursor of an order by name stands; null without one, and in another order.</summary>
    public static (string Last, string First, Guid Id)? NameOf(string? text, string order, string expected) =>
        order == expected && Cursor.Parse(text, order) is { } cursor && cursor.Value.Split(NameSeparator) is [var last, var first]
            ? (last, first, cursor.Id)
            : null;

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
