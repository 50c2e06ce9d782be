using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Loans.Offers.Versions;

/// <summary>An offer as it was read: changed since, if the row's version is another one.</summary>
internal sealed record ShownOffer(Guid Id, uint RowVersion);

/// <summary>Remembers which versions of offers their customers have seen: those are kept when the terms change.</summary>
internal sealed class SeenMarks(OrganizationSql sql, Transactions transactions, Caller caller, OrganizationClock clock)
{
    /// <summary>Reads an offer to show it, and marks it where a customer is shown it. Staff leave no marks.</summary>
    public async Task<T?> ShowAsync<T>(Func<Task<T?>> read, Func<T, ShownOffer?> shown, CancellationToken ct)
        where T : class
    {
        if (caller.CustomerScope is null)
        {
            return await read();
        }
        var rows = await ShowAsync(async () => await read() is { } row ? new List<T> { row } : [], shown, ct);
        return rows.SingleOrDefault();
    }

    /// <summary>
    /// Reads offers to show them, and marks them where a customer is shown them. Reads again what was changed or deleted before it was marked.
    /// <c>shown</c> answers null for what needs no mark; of more rows than <c>most</c>, the rest is read and not shown.
    /// </summary>
    public async Task<List<T>> ShowAsync<T>(
        Func<Task<List<T>>> read,
        Func<T, ShownOffer?> shown,
        CancellationToken ct,
        int most = int.MaxValue
    )
    {
        var rows = await read();
        while (caller.CustomerScope is not null && !await TryMarkAsync([.. rows.Take(most).Select(shown).OfType<ShownOffer>()], ct))
        {
            rows = await read();
        }
        return rows;
    }

    /// <summary>Reads an offer to hand it to its customer, and marks it, whoever hands it over. Reads again what was changed before it was marked.</summary>
    public async Task<T?> GiveAsync<T>(Func<Task<T?>> read, Func<T, ShownOffer> given, CancellationToken ct)
        where T : class
    {
        while (await read() is { } row)
        {
            if (await TryMarkAsync([given(row)], ct))
            {
                return row;
            }
        }
        return null;
    }

    /// <summary>False where one was changed or deleted after it was read. Else they are marked: changes keep what was shown.</summary>
    private async Task<bool> TryMarkAsync(IReadOnlyCollection<ShownOffer> shown, CancellationToken ct)
    {
        if (shown.Count == 0)
        {
            return true;
        }
        var ids = shown.Select(offer => offer.Id).ToArray();
        var rowVersions = new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Xid,
            Value = shown.Select(offer => offer.RowVersion).ToArray(),
        };
        // The lock waits for a change under way, after which the row's version differs. A marked version needs no lock: changes keep it.
        FormattableString statement = $"""
            WITH shown AS (
                SELECT o.id, s.row_version
                FROM unnest({ids}, {rowVersions}) AS s (id, row_version)
                JOIN loans.offers o ON o.id = s.id AND {sql.OfOrganization}
                WHERE o.xmin <> s.row_version
                    OR NOT EXISTS (SELECT FROM loans.offer_views v WHERE v.offer_id = o.id AND v.version = o.version)
            ), locked AS (
                SELECT o.id, o.organization_id, o.version
                FROM loans.offers o
                JOIN shown ON o.id = shown.id
                WHERE o.xmin = shown.row_version
                ORDER BY o.id
                FOR SHARE OF o
            ), marked AS (
                INSERT INTO loans.offer_views (organization_id, offer_id, version, first_seen_at)
                SELECT organization_id, id, version, {clock.GetStorableNow()} FROM locked
                ON CONFLICT DO NOTHING
            )
            SELECT (SELECT count(*) FROM shown) = (SELECT count(*) FROM locked)
                AND (SELECT count(*) FROM loans.offers o WHERE {sql.OfOrganization} AND o.id = ANY ({ids})) = {ids.Length}
            """;
        await using var transaction = await transactions.BeginAsync(ct);
        var marked = await sql.ReadAsync(statement, row => row.GetBoolean(0), ct);
        await transaction.CommitAsync(ct);
        return marked.Single();
    }
}
