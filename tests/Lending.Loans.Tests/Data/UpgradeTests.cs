using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Lending.Loans.Tests.Data;

/// <summary>A database that holds offers of an earlier version of Lending.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Offers_that_were_made_before_offers_had_a_life_are_kept()
    {
        await using var dataSource = NpgsqlDataSource.Create(await TestDatabase.CreateAsync($"upgrade_{Unique.Text()}"));
        var options = new DbContextOptionsBuilder<LoansDbContext>()
            .UseNpgsql(
                dataSource,
                npgsql => npgsql.MigrationsHistoryTable(ModuleDatabaseExtensions.MigrationsHistoryTable, LoansDbContext.Schema)
            )
            .Options;
        await using var db = new LoansDbContext(options);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("Products", TestContext.Current.CancellationToken);
        foreach (
            var (status, steps) in ((string, string[])[])
                [("PENDING", []), ("APPROVED", ["APPROVED"]), ("REJECTED", ["REJECTED"]), ("DISBURSED", ["APPROVED", "DISBURSED"])]
        )
        {
            await ExecuteAsync(
                dataSource,
                $"""
                INSERT INTO loans.offers (id, organization_id, loan_amount, currency, annual_rate_percent, term_months, monthly_payment, total_payment,
                    total_interest, first_due_date, status, created_at, updated_at, created_by_id, created_by_username, customer_email,
                    customer_full_name, customer_id)
                VALUES (gen_random_uuid(), gen_random_uuid(), 1000, 'EUR', 5, 10, 102.31, 1023.10, 23.10, '2026-12-20', '{status}', now() - interval '1 year',
                    now(), gen_random_uuid(), 'ingrid', 'ada@example.org', 'Ada Berg', gen_random_uuid());
                """
            );
            var from = "NULL";
            foreach (var to in steps.Prepend("PENDING"))
            {
                await ExecuteAsync(
                    dataSource,
                    $"""
                    INSERT INTO loans.offer_transitions (id, organization_id, offer_id, "from", "to", at, by_id, by_username, comment)
                    SELECT gen_random_uuid(), organization_id, id, {from}, '{to}', now(), created_by_id, 'ingrid', 'why'
                    FROM loans.offers WHERE status = '{status}'
                    """
                );
                from = $"'{to}'";
            }
        }

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        var sound = dataSource.CreateCommand(
            """
            SELECT count(*) FROM loans.offers
            WHERE version = 1 AND terms_by_id = created_by_id AND terms_at = created_at AND terms_by_username = 'ingrid'
                AND (valid_until BETWEEN now() + interval '30 days' AND now() + interval '31 days') IS NOT DISTINCT FROM
                    CASE WHEN status = 'APPROVED' THEN true END
            """
        );
        (await sound.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(4L);
        // What was disbursed without an acceptance stays told, though nobody can do it again.
        var histories = dataSource.CreateCommand("SELECT count(*) FROM loans.offer_transitions");
        (await histories.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(8L);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
