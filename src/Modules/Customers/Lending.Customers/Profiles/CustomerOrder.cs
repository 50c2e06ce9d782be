using System.Diagnostics;
using Lending.Platform.Http;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>The rows behind the cursor, in order.</summary>
    public static IQueryable<Customer> After(this IQueryable<Customer> customers, Cursor? cursor, string order)
    {
        if (order is Cursor.NewestFirst or OldestFirst)
        {
            return customers.AfterTime(cursor, order == Cursor.NewestFirst);
        }
        return customers.AfterName(cursor, order == ByNameDescending);
    }

    public static Cursor PositionOf(CustomerResponse customer, string order) =>
        order is Cursor.NewestFirst or OldestFirst
            ? Cursor.At(customer.CreatedAt, customer.Id, order)
            : new Cursor(order, $"{customer.LastName}{NameSeparator}{customer.FirstName}", customer.Id);

    /// <summary>Whether the cursor's value is of the sort that <see cref="PositionOf"/> puts into cursors of its order.</summary>
    public static bool HasFittingValue(Cursor cursor) =>
        cursor.Order is Cursor.NewestFirst or OldestFirst
            ? cursor.HasTime
            : cursor.Value.Contains(NameSeparator, StringComparison.Ordinal) && cursor.Value.Count(char.IsControl) == 1;

    private static IQueryable<Customer> AfterTime(this IQueryable<Customer> customers, Cursor? cursor, bool descending)
    {
        if (cursor is { Time: var time, Id: var id })
        {
            customers = descending
                ? customers.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)))
                : customers.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)));
        }
        return descending
            ? customers.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            : customers.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);
    }

    private static IQueryable<Customer> AfterName(this IQueryable<Customer> customers, Cursor? cursor, bool descending)
    {
        if (cursor is { Value: var name, Id: var id })
        {
            var (last, first) = name.Split(NameSeparator) is [var left, var right] ? (left, right) : throw new UnreachableException();
            customers = descending
                ? customers.Where(row =>
                    EF.Functions.LessThan(ValueTuple.Create(row.LastName, row.FirstName, row.Id), ValueTuple.Create(last, first, id))
                )
                : customers.Where(row =>
                    EF.Functions.GreaterThan(ValueTuple.Create(row.LastName, row.FirstName, row.Id), ValueTuple.Create(last, first, id))
                );
        }
        return descending
            ? customers.OrderByDescending(row => row.LastName).ThenByDescending(row => row.FirstName).ThenByDescending(row => row.Id)
            : customers.OrderBy(row => row.LastName).ThenBy(row => row.FirstName).ThenBy(row => row.Id);
    }
}
