using System.Net;
using Lending.Customers.Data;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Customers.Tests.Data;

/// <summary>A database that holds customers of an earlier version of Lending.</summary>
public sealed class UpgradeTests
{
    private const int Customers = 1100;

    [Fact]
    public async Task What_stood_there_in_clear_is_encrypted_read_and_found_and_nothing_in_clear_gets_in_any_more()
    {
        await using var dataSource = await CreateDatabaseOfBeforeAsync();
        var organization = Unique.Id();
        // More than a statement takes; every third has no second line.
        await InsertAsync(
            dataSource,
            organization,
            $"""
            SELECT 'Berg ' || n, 'Ada' || n || '@Example.org', '+4930' || 1000000 + n, 'Straße ' || n, CASE WHEN n % 3 > 0 THEN 'Łódź ' || n END
            FROM generate_series(1, {Customers}) n
            """
        );

        await using var host = await StartAsync(dataSource);

        using var client = host.ClientFor(Persons.Installer(organization));
        foreach (var number in (int[])[1, 3, 500, Customers])
        {
            var page = await client.GetAsync($"/customers?search=ada{number}@example.org", HttpStatusCode.OK);
            var found = page.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
            found.GetProperty("email").GetString().ShouldBe($"Ada{number}@Example.org");
            found.GetProperty("phoneNumber").GetString().ShouldBe($"+4930{1_000_000 + number}");
            found.GetProperty("addressLine1").GetString().ShouldBe($"Straße {number}");
            found.GetProperty("addressLine2").GetString().ShouldBe(number % 3 > 0 ? $"Łódź {number}" : null);
            (await client.CountAsync($"search=%2B49%2030%20{1_000_000 + number}")).ShouldBe(1);
        }
        (await client.SendAsync("POST", "/customers", CustomersFixture.Person() with { Email = "ADA7@example.ORG" })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "email-taken"
        );
        (await ReadAsync<bool>("SELECT bool_and(convalidated) FROM pg_constraint WHERE contype = 'c'")).ShouldBeTrue();
        var versions = await ReadAsync<string>("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM customers.customers");
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(Cancellation);
        (await ReadAsync<string>("SELECT string_agg(xmin::text, ',' ORDER BY id) FROM customers.customers")).ShouldBe(versions);
        (await host.Services.ReadEncryptedAsync()).Count.ShouldBe(Customers * 3 + Customers - Customers / 3);

        async Task<T> ReadAsync<T>(string sql)
        {
            await using var command = dataSource.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync(Cancellation))!;
        }
    }

    [Fact]
    public async Task Customers_whose_emails_are_one_to_the_new_version_are_named_and_nothing_is_changed()
    {
        await using var dataSource = await CreateDatabaseOfBeforeAsync();
        // The accent in its letter, and behind it.
        await InsertAsync(
            dataSource,
            Unique.Id(),
            """
            SELECT name, email, '+49301000000', 'Straße 1', NULL
            FROM (VALUES ('One', E'zo\u00eb@example.org'), ('Two', E'Zoe\u0308@example.org'), ('Three', 'zoe@example.org')) v (name, email)
            """
        );

        var refused = await Should.ThrowAsync<PostgresException>(() => StartAsync(dataSource));

        refused.MessageText.ShouldStartWith("The e-mails of these customers differ only in the case of letters");
        await using var select = dataSource.CreateCommand("SELECT id::text, email, last_name FROM customers.customers");
        await using var reader = await select.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
        {
            reader.GetString(1).ShouldEndWith("@example.org");
            refused.MessageText.Contains(reader.GetString(0), StringComparison.Ordinal).ShouldBe(reader.GetString(2) != "Three");
        }
    }

    private static async Task<NpgsqlDataSource> CreateDatabaseOfBeforeAsync()
    {
        var dataSource = NpgsqlDataSource.Create(await TestDatabase.CreateAsync($"upgrade_{Unique.Text()}"));
        await using (
            var db = new CustomersDbContext(
                new DbContextOptionsBuilder<CustomersDbContext>()
                    .UseNpgsql(
                        dataSource,
                        npgsql => npgsql.MigrationsHistoryTable(ModuleDatabaseExtensions.MigrationsHistoryTable, CustomersDbContext.Schema)
                    )
                    .Options
            )
        )
        {
            await db.GetService<IMigrator>().MigrateAsync("Erasures", Cancellation);
        }
        return dataSource;
    }

    private static async Task InsertAsync(NpgsqlDataSource dataSource, Guid organization, string customers)
    {
        await using var insert = dataSource.CreateCommand(
            $"""
            INSERT INTO customers.customers (id, organization_id, first_name, last_name, email, phone_number, address_line1, address_line2, city,
                postal_code, country, created_by_id, created_by_username, created_at, updated_at)
            SELECT gen_random_uuid(), '{organization}', 'Ada', c.*, 'Berlin', '12045', 'DE', gen_random_uuid(), 'ingrid', now(), now()
            FROM ({customers}) c
            """
        );
        await insert.ExecuteNonQueryAsync(Cancellation);
    }

    private static Task<ModuleHost> StartAsync(NpgsqlDataSource dataSource) =>
        CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Lending"] = TestDatabase.ApiOf(dataSource.ConnectionString),
            }
        );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
