using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Tests.Offers;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Data;

/// <summary>A database that holds offers of an earlier version of Lending.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Offers_that_were_made_before_offers_had_a_life_are_kept()
    {
        await using var dataSource = await CreateDatabaseAsync();
        await using var db = ContextOf(dataSource);
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

    [Fact]
    public async Task Offers_that_were_made_before_hashes_were_stored_get_the_hash_that_they_were_answered_with()
    {
        await using var dataSource = await CreateDatabaseAsync();
        await using var db = ContextOf(dataSource);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("Indexes", TestContext.Current.CancellationToken);
        var hashes = new Dictionary<Guid, string>();
        foreach (var (json, hash) in GoldenContentTests.Files.Values)
        {
            var content = OfferContent.Parse(json, formatVersion: 1);
            await InsertAsync(dataSource, content);
            hashes.Add(content.OfferId, hash);
        }
        // More than one statement takes, and of many organisations.
        var plain = OfferContent.Parse(GoldenContentTests.Files["without-product.json"].Json, formatVersion: 1);
        foreach (var copy in Enumerable.Range(0, 600).Select(_ => plain with { OfferId = Unique.Id() }))
        {
            await InsertAsync(dataSource, copy);
            hashes.Add(copy.OfferId, copy.DocumentHash);
        }

        // A host of today, which migrates it.
        await using var host = await new LoansFixture().StartAsync(TestDatabase.ApiOf(dataSource.ConnectionString), runsDeadlines: false);

        (await ReadHashesAsync(dataSource)).ShouldBe(hashes, ignoreOrder: true);
        var versions = await ReadRowVersionsAsync(dataSource);
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        (await ReadRowVersionsAsync(dataSource)).ShouldBe(versions);
    }

    private static async Task InsertAsync(NpgsqlDataSource dataSource, OfferContent content)
    {
        var organizationId = Unique.Id();
        if (content.Product is { } product)
        {
            await ExecuteAsync(
                dataSource,
                $"""
                INSERT INTO loans.products (id, organization_id, name, normalized_name, is_public, retired, currency, current_version,
                    created_by_id, created_by_username, created_at, updated_at)
                VALUES ('{product.Id}', '{organizationId}', 'Solar', 'SOLAR', false, false, 'EUR', {product.Version}, gen_random_uuid(), 'ingrid', now(), now());
                INSERT INTO loans.product_versions (id, organization_id, product_id, number, content, created_by_id, created_by_username, created_at)
                VALUES (gen_random_uuid(), '{organizationId}', '{product.Id}', {product.Version}, '{product.Content.ToJson()}', gen_random_uuid(), 'ingrid', now());
                """
            );
        }
        await using var insert = dataSource.CreateCommand(
            """
            INSERT INTO loans.offers (id, version, lender, customer_id, customer_full_name, customer_email, customer_postal_address, currency,
                loan_amount, annual_rate_percent, term_months, monthly_payment, total_payment, total_interest, first_due_date, method,
                method_version, payout_date, amount_owed, fees_upfront, fees_financed, fees_monthly, fees_dealer, total_payable, aprc_percent,
                product_id, product_version, product_name, product_content, organization_id, status, created_by_id, created_by_username,
                created_at, terms_by_id, terms_by_username, terms_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
                $27, $28, $29::jsonb, $30, 'PENDING', $4, 'ingrid', now(), $4, 'ingrid', now(), now())
            """
        );
        object?[] values =
        [
            content.OfferId,
            content.Version,
            content.Lender,
            content.CustomerId,
            content.CustomerName,
            content.CustomerEmail,
            content.CustomerAddress,
            content.Currency,
            content.LoanAmount,
            content.AnnualRatePercent,
            content.TermMonths,
            content.MonthlyPayment,
            content.TotalPayment,
            content.TotalInterest,
            content.FirstDueDate,
            content.Method,
            content.MethodVersion,
            content.PayoutDate,
            content.AmountOwed,
            content.Fees.Upfront,
            content.Fees.Financed,
            content.Fees.Monthly,
            content.Fees.Dealer,
            content.TotalPayable,
            content.AprcPercent,
            content.Product?.Id,
            content.Product?.Version,
            content.Product?.Name,
            content.Product?.Content.ToJson(),
            organizationId,
        ];
        insert.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value ?? DBNull.Value }).ToArray());
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Task<Dictionary<Guid, string>> ReadHashesAsync(NpgsqlDataSource dataSource) =>
        ReadAsync<string>(dataSource, "encode(document_hash, 'hex')");

    private static Task<Dictionary<Guid, uint>> ReadRowVersionsAsync(NpgsqlDataSource dataSource) => ReadAsync<uint>(dataSource, "xmin");

    private static async Task<Dictionary<Guid, T>> ReadAsync<T>(NpgsqlDataSource dataSource, string column)
    {
        await using var command = dataSource.CreateCommand($"SELECT id, {column} FROM loans.offers");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new Dictionary<Guid, T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetGuid(0), await reader.GetFieldValueAsync<T>(1, TestContext.Current.CancellationToken));
        }
        return values;
    }

    private static async Task<NpgsqlDataSource> CreateDatabaseAsync() =>
        NpgsqlDataSource.Create(await TestDatabase.CreateAsync($"upgrade_{Unique.Text()}"));

    private static LoansDbContext ContextOf(NpgsqlDataSource dataSource) =>
        new(
            new DbContextOptionsBuilder<LoansDbContext>()
                .UseNpgsql(
                    dataSource,
                    npgsql => npgsql.MigrationsHistoryTable(ModuleDatabaseExtensions.MigrationsHistoryTable, LoansDbContext.Schema)
                )
                .Options
        );

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
