using System.Diagnostics;
using System.Globalization;
using Lending.Bench.Load;
using Lending.Platform.Persistence;
using Lending.Servicing.Days;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Bench.Servicing;

/// <summary>
/// The end of November for many loans: interest of all, instalments that are due on that day, arrears that come into another range, and what is told of it.
/// Against it, a bare INSERT … SELECT of as many entries with as many lines, which lie ready, into the same tables.
/// </summary>
internal static class MonthEnds
{
    // Of a thousand loans.
    private const int Due = 30;
    private const int Late = 8;
    private const int OlderToday = 2;

    public static async Task<IEnumerable<Goal>> MeasureAsync(ServicingBench bench, int[] sizes, CancellationToken ct)
    {
        var originals = await OriginalsAsync(bench);
        var now = bench.Host.Clock.GetUtcNow();
        bench.Host.Clock.Advance(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero) - now);
        List<(int Loans, Cost Bare, Cost Run)> measured = [];
        foreach (var size in sizes)
        {
            var start = Stopwatch.GetTimestamp();
            var organization = await bench.Copies.MakeAsync(originals, size, ct);
            var seeded = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var bare = await BareAsync(bench, organization, ct);
            await bench.SettleDownAsync(ct);
            var before = await LinesAsync(bench, organization, ct);
            var run = await bench.MeasureAsync(() => bench.Host.Services.GetRequiredService<DayRun>().RunAsync(organization, ct));
            var lines = await LinesAsync(bench, organization, ct) - before;
            await ShouldBeDoneAsync(bench, organization, ct);
            var told = await bench.ScalarAsync<long>(
                $"SELECT count(*) FROM servicing.outbox_messages WHERE organization_id = '{organization}'",
                ct
            );
            measured.Add((size, bare.Cost, run));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size:N0} loans (seeded in {seeded:F0} s): {lines:N0} lines and {told:N0} events in {run.Seconds:F1} s, {run.Seconds / size * 1e6:F0} µs a loan (processors {run.Processor:F1} s); bare {bare.Lines:N0} lines in {bare.Cost.Seconds:F1} s (processors {bare.Cost.Processor:F1} s)"
                )
            );
        }
        var largest = measured[^1];
        return
        [
            Goal.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"month end of {largest.Loans:N0}, times bare INSERT"),
                largest.Run.Seconds / largest.Bare.Seconds,
                2
            ),
            Goal.AtMost("… by time of processors", largest.Run.Processor / largest.Bare.Processor, 2),
            Goal.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"a loan, times one of {measured[0].Loans:N0}"),
                largest.Run.Seconds / largest.Loans / (measured[0].Run.Seconds / measured[0].Loans),
                1.3
            ),
        ];
    }

    private static async Task<List<Guid>> OriginalsAsync(ServicingBench bench)
    {
        var home = Unique.Id();
        List<Guid> quiet = [];
        for (var number = 0; number < 60; number++)
        {
            quiet.Add(await OpenAsync(number, new DateOnly(2026, 12, 1).AddDays(number % 14)));
        }
        var due = await OpenAsync(1, new DateOnly(2026, 11, 30));
        // Late since 5 September and not in another range before December.
        var late = await OpenAsync(2, new DateOnly(2026, 9, 5));
        // Since 30 October: for 31 days then.
        var older = await OpenAsync(3, new DateOnly(2026, 10, 30));
        return
        [
            .. Enumerable
                .Range(0, 1_000)
                .Select(place =>
                    place switch
                    {
                        < Due => due,
                        < Due + Late => late,
                        < Due + Late + OlderToday => older,
                        _ => quiet[place % quiet.Count],
                    }
                ),
        ];

        Task<Guid> OpenAsync(int number, DateOnly firstDueOn) =>
            bench.OpenAsync(home, 1_000 + 730 * number, 3 + number % 7, 12 + 12 * (number % 5), firstDueOn);
    }

    private static async Task<(Cost Cost, long Lines)> BareAsync(ServicingBench bench, Guid organization, CancellationToken ct)
    {
        await bench.ExecuteAsync(
            $"""
            CREATE UNLOGGED TABLE public.ready AS
            SELECT gen_random_uuid() AS id, organization_id, loan_account_id, 'bare:' || (entry ->> 'key') AS key, next_on AS effective_on, entry -> 'lines' AS lines
            FROM servicing.loan_standings CROSS JOIN jsonb_array_elements(plan -> 'days' -> 0 -> 'entries') AS entry
            WHERE organization_id = '{organization}' AND next_on = '2026-11-30';
            CREATE UNLOGGED TABLE public.ready_lines AS
            SELECT ready.id, organization_id, line.key AS account, line.value::numeric AS amount FROM public.ready CROSS JOIN jsonb_each_text(lines) AS line;
            GRANT SELECT ON public.ready, public.ready_lines TO lending_app;
            ANALYZE public.ready; ANALYZE public.ready_lines; CHECKPOINT
            """,
            ct
        );
        // As the role that the module has, whose rows are checked for their organisation, too.
        var cost = await bench.MeasureAsync(() =>
            bench.Host.InModuleAsync(
                organization,
                async services =>
                {
                    var sql = services.GetRequiredService<OrganizationSql>();
                    await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(ct);
                    await sql.ReadAsync(
                        $"""
                        INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, created_at)
                        SELECT id, organization_id, loan_account_id, key, effective_on, now() FROM public.ready WHERE {sql.OfOrganization}
                        """,
                        row => row.FieldCount,
                        ct
                    );
                    await sql.ReadAsync(
                        $"""
                        INSERT INTO servicing.journal_lines (journal_entry_id, organization_id, account, amount)
                        SELECT id, organization_id, account, amount FROM public.ready_lines WHERE {sql.OfOrganization}
                        """,
                        row => row.FieldCount,
                        ct
                    );
                    await transaction.CommitAsync(ct);
                    return true;
                }
            )
        );
        var lines = await bench.ScalarAsync<long>("SELECT count(*) FROM public.ready_lines", ct);
        await bench.ExecuteAsync("DROP TABLE public.ready, public.ready_lines", ct);
        return (cost, lines);
    }

    private static Task<long> LinesAsync(ServicingBench bench, Guid organization, CancellationToken ct) =>
        bench.ScalarAsync<long>($"SELECT count(*) FROM servicing.journal_lines WHERE organization_id = '{organization}'", ct);

    private static async Task ShouldBeDoneAsync(ServicingBench bench, Guid organization, CancellationToken ct)
    {
        var left = await bench.ScalarAsync<long>(
            $"SELECT count(*) FROM servicing.loan_standings WHERE organization_id = '{organization}' AND next_on <= '2026-11-30'",
            ct
        );
        if (left > 0)
        {
            throw new InvalidOperationException($"{left} loans were left.");
        }
    }
}
