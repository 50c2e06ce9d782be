using System.Runtime.CompilerServices;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;

namespace Lending.Customers.Profiles;

/// <summary>Customers to whom nothing was ever offered, or nothing that is still there, since their profile was changed last.</summary>
internal sealed class OldCustomers(OrganizationSql sql, CustomerRemoval removal, IEnumerable<ICustomerDeletionGuard> guards) : IOldRecords
{
    private const int LookedAtOnce = 1000;

    public string Name => "CUSTOMERS_WITHOUT_OFFERS";

    public int MinimumMonths => 6;

    public async Task<int> CountAsync(DateTimeOffset before, CancellationToken ct)
    {
        var count = 0;
        await foreach (var free in FindFreeAsync(before, ct))
        {
            count += free.Count;
        }
        return count;
    }

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var deleted = 0;
        await foreach (var free in FindFreeAsync(before, ct))
        {
            // Locked first, so that no offer can refer to them, and asked again: one may just have been made.
            var ids = free.Take(atMost - deleted).ToArray();
            FormattableString statement = $"""
                SELECT id FROM customers.customers WHERE {sql.OfOrganization} AND id = ANY ({ids}) AND updated_at < {before} ORDER BY id FOR UPDATE
                """;
            var locked = await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
            foreach (var id in await WithoutBoundAsync(locked, ct))
            {
                await removal.RemoveAsync(id, AuditAction.Delete, ct);
                deleted++;
            }
            if (deleted == atMost)
            {
                break;
            }
        }
        return deleted;
    }

    /// <summary>Goes through all old ones, as only other modules know who is bound.</summary>
    private async IAsyncEnumerable<List<Guid>> FindFreeAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct)
    {
        var last = (CreatedAt: DateTimeOffset.MinValue, Id: Guid.Empty);
        List<(DateTimeOffset CreatedAt, Guid Id)> rows;
        do
        {
            // The creation has an index, and comes first.
            FormattableString statement = $"""
                SELECT created_at, id FROM customers.customers WHERE {sql.OfOrganization} AND created_at < {before} AND updated_at < {before}
                    AND (created_at, id) > ({last.CreatedAt}, {last.Id})
                ORDER BY created_at, id LIMIT {LookedAtOnce}
                """;
            rows = await sql.ReadAsync(statement, row => (row.GetFieldValue<DateTimeOffset>(0), row.GetGuid(1)), ct);
            if (rows.Count > 0)
            {
                last = rows[^1];
                yield return await WithoutBoundAsync(rows.ConvertAll(row => row.Id), ct);
            }
        } while (rows.Count == LookedAtOnce);
    }

    private async Task<List<Guid>> WithoutBoundAsync(List<Guid> ids, CancellationToken ct)
    {
        foreach (var guard in guards)
        {
            ids = [.. ids.Except(await guard.FindBoundAsync(ids, ct))];
        }
        return ids;
    }
}
