using Lending.Testing;

namespace Lending.Bench.Servicing;

/// <summary>Many accounts in few statements: each is a copy, with ids of its own, of one that the module itself made.</summary>
internal sealed class Copies(ServicingBench bench)
{
    private long made;

    /// <summary>Copies accounts into a new organisation.</summary>
    /// <param name="originals">One of them is copied in turn; one that is named more often has more copies.</param>
    /// <param name="count">How many are made.</param>
    /// <param name="ct">Ends when the program is stopped.</param>
    public async Task<Guid> MakeAsync(IReadOnlyList<Guid> originals, int count, CancellationToken ct)
    {
        var organization = Unique.Id();
        await using var connection = await bench.Database.OpenConnectionAsync(ct);
        // References and sums were checked when the originals were made.
        string[] statements =
        [
            "SET session_replication_role = replica",
            $"""
                CREATE TEMPORARY TABLE copies AS
                SELECT ('00000000-0000-7000-8000-' || lpad(to_hex({made} + number), 12, '0'))::uuid AS id, original.id AS original, {made} + number AS number
                FROM generate_series(1, {count}) AS number
                JOIN unnest(ARRAY['{string.Join(
                    "','",
                    originals
                )}']::uuid[]) WITH ORDINALITY AS original (id, place) ON place = 1 + number % {originals.Count}
                """,
            "ANALYZE copies",
            $"""
                INSERT INTO servicing.loan_accounts (id, organization_id, offer_id, customer_id, installer_id, principal, currency, contract, regulatory_regime, waits_for_working_days, accepted_at, created_at)
                SELECT copies.id, '{organization}', copies.id, copies.id, installer_id, principal, currency, contract, regulatory_regime, waits_for_working_days, accepted_at, created_at
                FROM copies JOIN servicing.loan_accounts AS account ON account.id = original ORDER BY number
                """,
            $"""
                INSERT INTO servicing.loan_events (id, organization_id, loan_account_id, number, type, effective_on, document, recorded_at, recorded_by_id, recorded_by_username)
                SELECT md5(copies.number || ':' || happened.id)::uuid, '{organization}', copies.id, happened.number, type, effective_on, document, recorded_at,
                    recorded_by_id, recorded_by_username
                FROM copies JOIN servicing.loan_events AS happened ON happened.loan_account_id = original
                """,
            $"""
                INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, posted_with, created_at)
                SELECT md5(copies.number || ':' || entry.id)::uuid, '{organization}', copies.id, key, effective_on, md5(copies.number || ':' || posted_with)::uuid, created_at
                FROM copies JOIN servicing.journal_entries AS entry ON entry.loan_account_id = original
                """,
            $"""
                INSERT INTO servicing.journal_lines (journal_entry_id, account, organization_id, amount)
                SELECT md5(copies.number || ':' || entry.id)::uuid, account, '{organization}', amount
                FROM copies JOIN servicing.journal_entries AS entry ON entry.loan_account_id = original
                JOIN servicing.journal_lines AS line ON line.journal_entry_id = entry.id
                """,
            $"""
                INSERT INTO servicing.loan_standings (loan_account_id, organization_id, status, arrears_bucket, overdue_since, posted_until, next_on, plan)
                SELECT copies.id, '{organization}', status, arrears_bucket, overdue_since, posted_until, next_on, jsonb_set(plan, '{"{days}"}', (
                    SELECT jsonb_agg(jsonb_set(day, '{"{entries}"}', (
                        SELECT coalesce(jsonb_agg(entry || jsonb_build_object('id', md5(copies.number || ':' || (entry ->> 'id'))::uuid)), '[]')
                        FROM jsonb_array_elements(day -> 'entries') AS entry
                    )) ORDER BY place) FROM jsonb_array_elements(plan -> 'days') WITH ORDINALITY AS days (day, place)
                ))
                FROM copies JOIN servicing.loan_standings AS standing ON standing.loan_account_id = original ORDER BY number
                """,
            "DROP TABLE copies",
            "RESET session_replication_role",
        ];
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(ct);
        }
        made += count;
        await bench.SettleDownAsync(ct);
        return organization;
    }
}
