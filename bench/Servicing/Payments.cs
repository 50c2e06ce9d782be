using System.Collections.Concurrent;
using System.Globalization;
using Lending.Bench.Load;
using Lending.Servicing.Books;
using Lending.Testing;

namespace Lending.Bench.Servicing;

/// <summary>Posting a payment by the module's code, without HTTP, against a function of the database that is told what to do and writes the same lines.</summary>
internal static class Payments
{
    // Enough to keep two processors busy.
    private const int Workers = 4;

    private static readonly DateOnly _day = new(2026, 11, 10);

    public static async Task<IEnumerable<Goal>> MeasureAsync(ServicingBench bench, int count, int rounds, CancellationToken ct)
    {
        var home = Unique.Id();
        var original = await bench.OpenAsync(home, 10_000, 6, 36, new DateOnly(2026, 2, 10));
        var instalment = await bench.ScalarAsync<decimal>(
            $"SELECT (row ->> 'principal')::numeric + (row ->> 'interest')::numeric FROM servicing.loan_accounts, jsonb_path_query(contract::jsonb, '$.instalments[0]') AS row WHERE id = '{original}'",
            ct
        );
        for (var month = 2; month < _day.Month; month++)
        {
            await bench.RecordAsync(home, original, Payment(new DateOnly(2026, month, 10), instalment));
        }
        await bench.ExecuteAsync(Function, ct);
        var organization = await bench.Copies.MakeAsync([original], 2 * (count * rounds + Warm), ct);
        var accounts = new ConcurrentQueue<Guid>(
            await ReadAsync(bench, $"SELECT id FROM servicing.loan_accounts WHERE organization_id = '{organization}'", ct)
        );

        await PostAsync(accounts, Warm, ByModuleAsync);
        await PostAsync(accounts, Warm, ByFunctionAsync);
        var (module, function) = (new List<Cost>(), new List<Cost>());
        for (var round = 0; round < rounds; round++)
        {
            function.Add(await bench.MeasureAsync(() => PostAsync(accounts, count, ByFunctionAsync)));
            module.Add(await bench.MeasureAsync(() => PostAsync(accounts, count, ByModuleAsync)));
        }
        await ShouldHaveSameLinesAsync(bench, organization, ct);
        foreach (var (name, turns) in ((string, List<Cost>)[])[("module", module), ("function", function)])
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Payments by the {name}, {Workers} at once: {string.Join(", ", turns.Select(turn => Text(count / turn.Seconds)))} a second; processors {turns.Average(turn => turn.Processor) / count * 1e6:F0} µs each, {turns.Average(turn => turn.Database) / count * 1e6:F0} of them PostgreSQL's"
                )
            );
        }
        return
        [
            Goal.AtLeast(
                "posting a payment, times the SQL function",
                function.Sum(turn => turn.Seconds) / module.Sum(turn => turn.Seconds),
                0.6
            ),
            Goal.AtLeast("… by time of processors", function.Sum(turn => turn.Processor) / module.Sum(turn => turn.Processor), 0.6),
        ];

        Task ByModuleAsync(Guid account) => bench.RecordAsync(organization, account, Payment(_day, instalment));

        async Task ByFunctionAsync(Guid account)
        {
            await using var command = bench.Database.CreateCommand("SELECT public.post_payment($1, $2, $3, $4, $5)");
            command.Parameters.Add(new() { Value = organization });
            command.Parameters.Add(new() { Value = account });
            command.Parameters.Add(new() { Value = Unique.Id() });
            command.Parameters.Add(new() { Value = _day });
            command.Parameters.Add(new() { Value = instalment });
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private const int Warm = 300;

    private static string Text(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static EventDocument Payment(DateOnly on, decimal amount) =>
        new()
        {
            Type = EventDocument.Payment,
            On = on,
            Amount = amount,
        };

    private static Task PostAsync(ConcurrentQueue<Guid> accounts, int count, Func<Guid, Task> postAsync)
    {
        var left = count;
        return Task.WhenAll(
            Enumerable
                .Range(0, Workers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0 && accounts.TryDequeue(out var account))
                        {
                            await postAsync(account);
                        }
                    })
                )
        );
    }

    // All accounts are alike: so are the lines of both sides, in number and amount.
    private static async Task ShouldHaveSameLinesAsync(ServicingBench bench, Guid organization, CancellationToken ct)
    {
        var kinds = await ReadAsync(
            bench,
            $"""
            SELECT DISTINCT md5(string_agg(line.account || line.amount, ',' ORDER BY line.account))::uuid
            FROM servicing.journal_entries AS entry JOIN servicing.journal_lines AS line ON line.journal_entry_id = entry.id
            WHERE entry.organization_id = '{organization}' AND effective_on = '2026-11-10' AND key LIKE 'event:%' GROUP BY entry.id
            """,
            ct
        );
        if (kinds.Count != 1)
        {
            throw new InvalidOperationException($"The module and the function wrote {kinds.Count} sorts of entries.");
        }
    }

    private static async Task<List<Guid>> ReadAsync(ServicingBench bench, string sql, CancellationToken ct)
    {
        await using var command = bench.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }
        return ids;
    }

    // It splits what came into interest that is due and principal, and trusts that nothing else is: no fees, arrears, credit, other days, repetitions.
    private const string Function = """
        CREATE FUNCTION public.post_payment(organization uuid, account uuid, event uuid, day date, amount numeric) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            interest numeric;
            entry uuid := gen_random_uuid();
        BEGIN
            PERFORM FROM servicing.loan_standings WHERE loan_account_id = account FOR NO KEY UPDATE;
            SELECT sum(line.amount) INTO interest
            FROM servicing.journal_entries AS posted JOIN servicing.journal_lines AS line ON line.journal_entry_id = posted.id
            WHERE posted.loan_account_id = post_payment.account AND line.account = 'InterestDue';
            INSERT INTO servicing.loan_events (id, organization_id, loan_account_id, number, type, effective_on, document, recorded_at, recorded_by_id, recorded_by_username)
            SELECT event, organization, post_payment.account, max(number) + 1, 'payment', day,
                json_build_object('type', 'payment', 'on', day, 'amount', post_payment.amount)::text, now(), organization, 'bench'
            FROM servicing.loan_events WHERE loan_account_id = post_payment.account;
            INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, posted_with, created_at)
            VALUES (entry, organization, post_payment.account, 'event:' || event, day, event, now());
            INSERT INTO servicing.journal_lines (journal_entry_id, organization_id, account, amount)
            VALUES (entry, organization, 'ClearingIn', post_payment.amount), (entry, organization, 'InterestDue', -interest),
                (entry, organization, 'Principal', interest - post_payment.amount);
            UPDATE servicing.loan_standings SET arrears_bucket = NULL, posted_until = day WHERE loan_account_id = post_payment.account;
            INSERT INTO servicing.outbox_messages (id, organization_id, aggregate_id, type, payload, occurred_at, attempts, next_attempt_at)
            VALUES (gen_random_uuid(), organization, post_payment.account, 'LoanPaymentReceived',
                json_build_object('loanAccountId', post_payment.account, 'organizationId', organization, 'loanEventId', event, 'at', now(), 'by', organization),
                now(), 0, now());
        END;
        $$
        """;
}
