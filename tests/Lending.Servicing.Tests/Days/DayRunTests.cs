using System.Net;
using Lending.Platform.Persistence;
using Lending.Servicing.Data;
using Lending.Servicing.Days;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Servicing.Tests.Days;

/// <summary>What becomes due is posted and told without anybody doing anything: once, by however many instances. The loans run from 1 January 2026.</summary>
public sealed class DayRunTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task What_became_due_is_posted_and_told_once()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var run = host.Services.GetRequiredService<DayRun>();
        var before = await EntriesAsync(host, id);
        var toldBefore = (await fixture.ToldAsync(id, host)).Count;

        await run.RunAsync(CancellationToken.None);
        (await EntriesAsync(host, id)).ShouldBe(before, "the payout of today posted all until today");
        // The month ends, and the sixth instalment becomes due on the day after.
        host.Clock.Advance(TimeSpan.FromDays(16));
        await run.RunAsync(CancellationToken.None);
        await run.RunAsync(CancellationToken.None);

        (await EntriesAsync(host, id))
            .Except(before)
            .ShouldBe(
                [
                    "2026-06-30 default-interest:2026-06-30 DefaultInterest",
                    "2026-06-30 default-interest:2026-06-30 DefaultInterestIncome",
                    "2026-06-30 interest:2026-06-30 InterestEarned",
                    "2026-06-30 interest:2026-06-30 InterestIncome",
                    "2026-07-01 due:2026-07-01 InterestDue",
                    "2026-07-01 due:2026-07-01 InterestEarned",
                    "2026-07-01 due:2026-07-01 InterestIncome",
                ],
                ignoreOrder: true
            );
        var told = (await fixture.ToldAsync(id, host))[toldBefore..];
        told.Select(happened => happened.Type).ShouldBe(["LoanInstalmentDue"]);
        told[0].Payload.GetProperty("dueOn").GetString().ShouldBe("2026-07-01");
        told[0].Payload.GetProperty("by").GetGuid().ShouldBe(Guid.Empty);
        (await NextOnAsync(host, id)).ShouldBe(new DateOnly(2026, 7, 31));
    }

    [Fact]
    public async Task In_a_sandbox_days_come_by_the_sandboxs_clock()
    {
        await using var host = await fixture.StartAsync();
        var other = Unique.Id();
        var (tried, real) = (
            await fixture.DisbursedAccountAsync(organization, host: host),
            await fixture.DisbursedAccountAsync(other, host: host)
        );
        var toldBefore = (await fixture.ToldAsync(tried, host)).Count;
        var (before, realBefore) = (await EntriesAsync(host, tried), await EntriesAsync(host, real));

        await host.AdvanceSandboxAsync(organization, TimeSpan.FromDays(16));
        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        (await EntriesAsync(host, tried)).Except(before).ShouldContain("2026-07-01 due:2026-07-01 InterestDue");
        (await fixture.ToldAsync(tried, host))[toldBefore..].Select(happened => happened.Type).ShouldBe(["LoanInstalmentDue"]);
        (await EntriesAsync(host, real)).ShouldBe(realBefore);
        var state = await host.ClientFor(Persons.Administrator(organization)).GetAsync($"/loan-accounts/{tried}", HttpStatusCode.OK);
        state["state.asOf"].ShouldBe("2026-07-01");
    }

    [Fact]
    public async Task Arrears_are_told_when_they_come_into_another_range_and_not_between()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var staff = host.ClientFor(Persons.Administrator(organization));
        // All of the past is paid; the instalment of 1 July is not.
        await staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-01", 5 * 86.07m + 20), HttpStatusCode.OK);
        var toldBefore = (await fixture.ToldAsync(id, host)).Count;
        var run = host.Services.GetRequiredService<DayRun>();
        host.Clock.Advance(TimeSpan.FromDays(15));

        for (var day = 0; day < 40; day++)
        {
            await run.RunAsync(CancellationToken.None);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        var told = (await fixture.ToldAsync(id, host))[toldBefore..];
        told.Select(happened => $"{happened.Payload.GetProperty("at").GetString()![..10]} {happened.Type}")
            .ShouldBe([
                "2026-07-01 LoanInstalmentDue",
                "2026-07-02 LoanArrearsChanged",
                "2026-07-05 LoanArrearsChanged",
                "2026-08-01 LoanInstalmentDue",
                "2026-08-01 LoanArrearsChanged",
            ]);
    }

    [Fact]
    public async Task A_credit_pays_what_becomes_due_and_nothing_is_told_of_what_is_paid()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var staff = host.ClientFor(Persons.Administrator(organization));
        await staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-10", 6 * 86.07m + 20), HttpStatusCode.OK);
        var toldBefore = (await fixture.ToldAsync(id, host)).Count;
        host.Clock.Advance(TimeSpan.FromDays(16));

        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        (await EntriesAsync(host, id)).ShouldContain("2026-07-01 credit:2026-07-01 BorrowerCredit");
        (await fixture.ToldAsync(id, host)).Count.ShouldBe(toldBefore);
    }

    [Fact]
    public async Task After_weeks_of_downtime_several_instances_share_the_work_and_post_everything_once()
    {
        await using var host = await fixture.StartAsync();
        Guid[] organizations = [organization, Unique.Id()];
        var ids = new List<Guid>();
        foreach (var organizationId in organizations)
        {
            // More than one batch.
            for (var number = 0; number < DayRun.AccountsPerTransaction + 10; number++)
            {
                ids.Add(await fixture.DisbursedAccountAsync(organizationId, host: host));
            }
        }
        host.Clock.Advance(TimeSpan.FromDays(50));

        var instances = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<DayRun>(host.Services)).ToList();
        await Task.WhenAll(instances.Select(instance => Task.Run(() => instance.RunAsync(CancellationToken.None))));
        // What one instance has locked, another passes over.
        await instances[0].RunAsync(CancellationToken.None);

        (await fixture.ScalarAsync("SELECT count(*) FROM servicing.loan_standings WHERE next_on <= '2026-08-04'", host)).ShouldBe(0L);
        (
            await fixture.ScalarAsync(
                "SELECT count(*) FROM servicing.journal_entries WHERE posted_with IS NULL AND key IN ('due:2026-07-01', 'due:2026-08-01')",
                host
            )
        ).ShouldBe(2L * ids.Count);
        (
            await fixture.ScalarAsync(
                "SELECT count(*) FROM servicing.outbox_messages WHERE type = 'LoanInstalmentDue' AND payload ->> 'dueOn' >= '2026-07-01'",
                host
            )
        ).ShouldBe(2L * ids.Count);
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_nothing_and_is_done_at_the_next_turn()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var before = await EntriesAsync(host, id);
        host.Clock.Advance(TimeSpan.FromDays(16));
        var run = host.Services.GetRequiredService<DayRun>();
        await fixture.ScalarAsync(
            """
            CREATE FUNCTION servicing.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The host is gone.'; END; $$;
            CREATE TRIGGER fail BEFORE UPDATE ON servicing.loan_standings FOR EACH ROW EXECUTE FUNCTION servicing.fail();
            """,
            host
        );

        await run.RunAsync(CancellationToken.None);
        (await EntriesAsync(host, id)).ShouldBe(before);
        await fixture.ScalarAsync("DROP TRIGGER fail ON servicing.loan_standings", host);
        await run.RunAsync(CancellationToken.None);

        (await EntriesAsync(host, id)).Count.ShouldBe(before.Count + 7);
    }

    [Fact]
    public async Task An_account_whose_books_fail_does_not_hold_up_the_others()
    {
        await using var host = await fixture.StartAsync();
        var broken = await fixture.DisbursedAccountAsync(organization, host: host);
        var other = await fixture.DisbursedAccountAsync(organization, host: host);
        await fixture.ScalarAsync($"UPDATE servicing.loan_accounts SET contract = 'null' WHERE id = '{broken}'", host);
        await fixture.ScalarAsync("UPDATE servicing.loan_standings SET plan = NULL", host);
        host.Clock.Advance(TimeSpan.FromDays(16));

        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        (await NextOnAsync(host, other)).ShouldBe(new DateOnly(2026, 7, 31));
        (await NextOnAsync(host, broken)).ShouldBe(new DateOnly(2026, 6, 30));
    }

    [Fact]
    public async Task An_account_of_before_the_run_is_caught_up_with_and_its_old_due_dates_are_not_told()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        var before = await EntriesAsync(host, id);
        await using (var db = new ServicingDbContext(OptionsOf(host)))
        {
            await db.GetService<IMigrator>().MigrateAsync("PayoffQuotes", TestContext.Current.CancellationToken);
        }
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        // Accounts of before are booked by the first rules; this one was not.
        await fixture.ScalarAsync("UPDATE servicing.loan_accounts SET rules_version = 2", host);

        await host.Services.GetRequiredService<DayRun>().RunAsync(CancellationToken.None);

        (await EntriesAsync(host, id)).ShouldBe(before);
        (await NextOnAsync(host, id)).ShouldBe(new DateOnly(2026, 6, 30));
        (await fixture.ToldAsync(id, host)).Select(happened => happened.Type).ShouldBe(["LoanArrearsChanged"]);
    }

    [Fact]
    public async Task An_account_that_the_version_before_opened_gets_its_standing_with_its_next_event()
    {
        await using var host = await fixture.StartAsync();
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        await fixture.ScalarAsync("DELETE FROM servicing.loan_standings", host);
        var staff = host.ClientFor(Persons.Administrator(organization));

        await staff.PostAsync($"/loan-accounts/{id}/payments", Money("2026-06-10", 50), HttpStatusCode.OK);

        (await NextOnAsync(host, id)).ShouldBe(new DateOnly(2026, 6, 30));
    }

    private static DbContextOptions<ServicingDbContext> OptionsOf(ModuleHost host) =>
        new DbContextOptionsBuilder<ServicingDbContext>()
            .UseNpgsql(
                host.Database,
                npgsql => npgsql.MigrationsHistoryTable(ModuleDatabaseExtensions.MigrationsHistoryTable, ServicingDbContext.Schema)
            )
            .Options;

    private static async Task<List<string>> EntriesAsync(ModuleHost host, Guid id)
    {
        await using var command = host.Database.CreateCommand(
            $"""
            SELECT effective_on || ' ' || key || ' ' || account FROM servicing.journal_entries JOIN servicing.journal_lines ON id = journal_entry_id
            WHERE loan_account_id = '{id}' ORDER BY effective_on, key, account
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<string>();
        while (await reader.ReadAsync())
        {
            entries.Add(reader.GetString(0));
        }
        return entries;
    }

    private async Task<DateOnly?> NextOnAsync(ModuleHost host, Guid id) =>
        await fixture.ScalarAsync($"SELECT next_on FROM servicing.loan_standings WHERE loan_account_id = '{id}'", host) switch
        {
            DateOnly day => day,
            DateTime day => DateOnly.FromDateTime(day),
            _ => null,
        };

    private static object Money(string on, decimal amount) =>
        new
        {
            eventId = Unique.Id(),
            effectiveOn = on,
            amount,
        };
}
