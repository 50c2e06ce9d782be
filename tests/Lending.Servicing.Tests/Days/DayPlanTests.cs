using Lending.Loans.Contracts;
using Lending.Servicing.Books;
using Lending.Servicing.Days;
using Lending.Servicing.LoanAccounts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Days;

/// <summary>
/// Days that were planned are posted by one statement for many accounts. What it posts and tells is what replays post and tell, whatever happens to the loans,
/// and whatever becomes of who posts.
/// </summary>
public sealed class DayPlanTests(ServicingFixture fixture)
{
    private const int Lives = 25;
    private const int Days = 75;

    private readonly Guid organization = Unique.Id();

    // Each life is lived twice: in this organisation nothing is planned.
    private readonly Guid replayed = Unique.Id();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Planned_days_of_random_lives_give_what_replays_give(int seed)
    {
        await using var host = await fixture.StartAsync();
        var random = new Random(seed);
        var run = host.Services.GetRequiredService<DayRun>();
        var twins = new List<Twin>();
        for (var number = 0; number < Lives; number++)
        {
            twins.Add(
                new(
                    new(await fixture.DisbursedAccountAsync(organization, host: host, change: WithFees)),
                    new(await fixture.DisbursedAccountAsync(replayed, host: host, change: WithFees))
                )
            );
            // Most borrowers were on time until now.
            if (number % 5 > 0)
            {
                await RecordAsync(
                    host,
                    twins[^1],
                    new()
                    {
                        Type = EventDocument.Payment,
                        On = new(2026, 6, 1),
                        Amount = 5 * 86.07m + 12,
                    },
                    0
                );
            }
        }
        var planned = 0L;

        for (var day = 0; day < Days; day += 1)
        {
            host.Clock.Advance(TimeSpan.FromDays(1));
            foreach (var twin in twins)
            {
                if (random.Next(12) == 0)
                {
                    await LiveAsync(host, twin, random);
                }
            }
            // Sometimes nothing runs for days.
            if (random.Next(4) > 0)
            {
                await fixture.ScalarAsync($"UPDATE servicing.loan_standings SET plan = NULL WHERE organization_id = '{replayed}'", host);
                planned += await PlannedAsync(host);
                await run.RunAsync(CancellationToken.None);
            }
        }
        await run.RunAsync(CancellationToken.None);

        planned.ShouldBeGreaterThan(Lives, "or nothing is shown");
        (await JournalAsync(host, twins[1].Planned)).ShouldContain(line =>
            line.StartsWith("2026-07-31 dealer-fee:", StringComparison.Ordinal)
        );
        foreach (var twin in twins)
        {
            (await JournalAsync(host, twin.Planned)).ShouldBe(await JournalAsync(host, twin.Replayed));
            (await ToldAsync(host, twin.Planned)).ShouldBe(await ToldAsync(host, twin.Replayed));
            (await StandingAsync(host, twin.Planned)).ShouldBe(await StandingAsync(host, twin.Replayed));
        }
    }

    [Fact]
    public async Task Who_is_killed_in_the_middle_of_a_batch_leaves_nothing_and_the_next_posts_everything_once()
    {
        await using var host = await fixture.StartAsync();
        var ids = new List<Guid>();
        for (var number = 0; number < 12; number++)
        {
            ids.Add(await fixture.DisbursedAccountAsync(organization, host: host));
        }
        var before = await CountAsync(host, "journal_lines");
        var told = await CountAsync(host, "outbox_messages");
        host.Clock.Advance(TimeSpan.FromDays(16));
        // PostgreSQL ends the connection as it does when its client is gone, with half of the rows written.
        await fixture.ScalarAsync(
            """
            CREATE SEQUENCE servicing.moved;
            CREATE FUNCTION servicing.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF nextval('servicing.moved') >= 6 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NEW;
            END;
            $$;
            CREATE TRIGGER die BEFORE UPDATE ON servicing.loan_standings FOR EACH ROW EXECUTE FUNCTION servicing.die();
            """,
            host
        );
        var run = host.Services.GetRequiredService<DayRun>();

        await run.RunAsync(CancellationToken.None);
        (await CountAsync(host, "journal_lines")).ShouldBe(before);
        (await CountAsync(host, "outbox_messages")).ShouldBe(told);
        await fixture.ScalarAsync("DROP TRIGGER die ON servicing.loan_standings", host);
        (await PlannedAsync(host)).ShouldBe(ids.Count);
        await run.RunAsync(CancellationToken.None);
        await run.RunAsync(CancellationToken.None);

        // The month's interest and default interest, and the interest that is due.
        (await CountAsync(host, "journal_lines")).ShouldBe(before + 7 * ids.Count);
        (await CountAsync(host, "outbox_messages")).ShouldBe(told + ids.Count);
    }

    [Theory]
    // Recorded by the version before, which knows no plans.
    [InlineData(
        """
            INSERT INTO servicing.loan_events (id, organization_id, loan_account_id, number, type, effective_on, document, recorded_at, recorded_by_id, recorded_by_username)
            SELECT gen_random_uuid(), organization_id, loan_account_id, number + 1, 'payment', '2026-06-15', '{"type":"payment","on":"2026-06-15","amount":1000}',
                recorded_at, recorded_by_id, recorded_by_username FROM servicing.loan_events
            """,
        "2026-06-15 event:2 ClearingIn 1000"
    )]
    // Posted by it.
    [InlineData(
        "UPDATE servicing.loan_standings SET plan = jsonb_set(plan, '{days,0,on}', '\"2026-06-29\"')",
        "2026-06-30 interest:2026-06-30 InterestEarned"
    )]
    public async Task A_plan_that_does_not_fit_any_more_is_not_posted(string change, string posted)
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        await fixture.ScalarAsync(change, host);
        host.Clock.Advance(TimeSpan.FromDays(16));
        (await PlannedAsync(host)).ShouldBe(0L);

        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        var journal = await JournalAsync(host, new(id));
        journal.Count(line => line.StartsWith("2026-07-01 due:2026-07-01", StringComparison.Ordinal)).ShouldBe(3);
        journal.ShouldContain(line => line.StartsWith(posted, StringComparison.Ordinal));
    }

    private static readonly string[] _kinds =
    [
        EventDocument.Payment,
        EventDocument.Payment,
        EventDocument.Payment,
        "fee",
        "penalty",
        EventDocument.ExtraRepayment,
        EventDocument.BankReturn,
        EventDocument.Reversal,
        EventDocument.Reschedule,
        EventDocument.ReAmortise,
    ];

    // Both are income of the days of the term, or go back for the days that are left.
    private static AcceptedOffer WithFees(AcceptedOffer offer) => offer with { DealerFee = 20, UpfrontFee = 15 };

    private async Task LiveAsync(ModuleHost host, Twin twin, Random random)
    {
        var today = ServicingDay.Of(host.Clock.GetUtcNow());
        var document = new EventDocument
        {
            Type = _kinds[random.Next(_kinds.Length)],
            // Now and then for a day of the past.
            On = random.Next(3) == 0 ? today.AddDays(-random.Next(60)) : today,
            Amount = random.Next(3) == 0 ? random.Next(1, 40_000) / 100m : 86.07m,
        };
        document = document.Type switch
        {
            "fee" => document with { DueOn = document.On.AddDays(random.Next(40)), Amount = 5 },
            EventDocument.Reschedule => document with
            {
                Amount = 0,
                FromDueOn = document.On,
                ShiftMonths = random.Next(2),
                Count = random.Next(2),
            },
            EventDocument.ReAmortise => document with { Amount = 0 },
            EventDocument.Reversal => document with { Amount = 0, On = today },
            EventDocument.Payment => document with { Surplus = random.Next(4) == 0 ? "next" : null },
            _ => document,
        };
        await RecordAsync(host, twin, document, random.Next());
    }

    // What is refused is refused for both.
    private async Task RecordAsync(ModuleHost host, Twin twin, EventDocument document, int pick)
    {
        var refused = new List<string?>();
        foreach (var (account, organizationId) in ((Account, Guid)[])[(twin.Planned, organization), (twin.Replayed, replayed)])
        {
            var id = Unique.Id();
            if (document.Type is EventDocument.BankReturn or EventDocument.Reversal)
            {
                if (account.Payments.Count == 0)
                {
                    return;
                }
                var (payment, amount) = account.Payments[pick % account.Payments.Count];
                document = document with { Of = payment.ToString(), Amount = document.Type == EventDocument.BankReturn ? amount : 0 };
            }
            var outcome = await host.InModuleAsync(
                organizationId,
                services => services.GetRequiredService<LoanRecorder>().RecordAsync(account.Id, id, document, CancellationToken.None)
            );
            refused.Add(outcome.Error?.Code);
            if (outcome.Error is null && document.Type == EventDocument.Payment)
            {
                account.Payments.Add((id, document.Amount));
            }
        }
        refused[0].ShouldBe(refused[1]);
    }

    // Accounts on which something is due that is planned, by a plan that holds.
    private async Task<long> PlannedAsync(ModuleHost host) =>
        (long)
            (
                await fixture.ScalarAsync(
                    $"""
                    SELECT count(*) FROM servicing.loan_standings
                    WHERE next_on <= '{ServicingDay.Of(host.Clock.GetUtcNow()):yyyy-MM-dd}' AND plan -> 'days' -> 0 ->> 'on' = next_on::text
                        AND (plan ->> 'events')::int = (SELECT count(*) FROM servicing.loan_events WHERE loan_account_id = loan_standings.loan_account_id)
                    """,
                    host
                )
            )!;

    private async Task<long> CountAsync(ModuleHost host, string table) =>
        (long)(await fixture.ScalarAsync($"SELECT count(*) FROM servicing.{table}", host))!;

    private static Task<List<string>> JournalAsync(ModuleHost host, Account account) =>
        ReadAsync(
            host,
            account,
            $"""
            SELECT effective_on || ' ' || key || ' ' || account || ' ' || amount || ' ' || (created_at AT TIME ZONE 'UTC')::date
            FROM servicing.journal_entries JOIN servicing.journal_lines ON id = journal_entry_id WHERE loan_account_id = '{account.Id}'
            """
        );

    private static Task<List<string>> ToldAsync(ModuleHost host, Account account) =>
        ReadAsync(
            host,
            account,
            $"""
            SELECT type || ' ' || (occurred_at AT TIME ZONE 'UTC')::date || ' ' || (payload::jsonb - 'at' - 'loanAccountId' - 'organizationId' - 'by' - 'paymentId' - 'reversedId')
            FROM servicing.outbox_messages WHERE aggregate_id = '{account.Id}'
            """
        );

    private static Task<List<string>> StandingAsync(ModuleHost host, Account account) =>
        ReadAsync(
            host,
            account,
            $"SELECT status || ' ' || coalesce(arrears_bucket, '') || ' ' || coalesce(next_on::text, '') FROM servicing.loan_standings WHERE loan_account_id = '{account.Id}'"
        );

    // With events called by their numbers: twins have ids of their own.
    private static async Task<List<string>> ReadAsync(ModuleHost host, Account account, string sql)
    {
        await using var command = host.Database.CreateCommand(
            $"""
            SELECT coalesce(replace(row, id::text, number::text), row) FROM ({sql}) AS rows (row)
            LEFT JOIN servicing.loan_events ON loan_account_id = '{account.Id}' AND strpos(row, id::text) > 0
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private sealed record Twin(Account Planned, Account Replayed);

    private sealed record Account(Guid Id)
    {
        public List<(Guid Id, decimal Amount)> Payments { get; } = [];
    }
}
