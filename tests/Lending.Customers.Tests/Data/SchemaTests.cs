using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Customers.Tests.Data;

public class SchemaTests(CustomersFixture host)
{
    [Theory]
    [InlineData("first_name", "''", "ck_customers_first_name")]
    [InlineData("last_name", "' x'", "ck_customers_last_name")]
    [InlineData("email", "convert_to('ada@example.org', 'UTF8')", "ck_customers_email")]
    [InlineData("email_hash", "NULL", "ck_customers_email_hash")]
    [InlineData("phone_number", "convert_to('+49711123456', 'UTF8')", "ck_customers_phone_number")]
    [InlineData("phone_number_hash", "NULL", "ck_customers_phone_number_hash")]
    // What a migration leaves for the host to encrypt.
    [InlineData("address_line1", @"'\x00'::bytea || convert_to('Weg 1', 'UTF8')", "ck_customers_address_line1")]
    [InlineData("address_line2", "convert_to('Weg 1', 'UTF8')", "ck_customers_address_line2")]
    [InlineData("city", "''", "ck_customers_city")]
    [InlineData("state", "''", "ck_customers_state")]
    [InlineData("postal_code", "''", "ck_customers_postal_code")]
    [InlineData("country", "'de'", "ck_customers_country")]
    [InlineData("created_by_username", "''", "ck_customers_created_by_username")]
    public async Task The_database_itself_refuses_a_row_that_cannot_be(string column, string value, string constraint)
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() => UpdateAsync(organization, created.Id, column, value));

        refused.ConstraintName.ShouldBe(constraint);
    }

    [Theory]
    [InlineData("first_name", 100)]
    [InlineData("last_name", 100)]
    [InlineData("city", 100)]
    [InlineData("state", 100)]
    [InlineData("postal_code", 20)]
    public async Task The_database_itself_refuses_a_text_that_is_too_long(string column, int maximum)
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() =>
            UpdateAsync(organization, created.Id, column, $"repeat('x', {maximum + 1})")
        );

        refused.SqlState.ShouldBe(PostgresErrorCodes.StringDataRightTruncation);
    }

    [Theory]
    [InlineData("first_name")]
    [InlineData("organization_id")]
    [InlineData("created_by_id")]
    [InlineData("created_at")]
    public async Task The_database_itself_refuses_a_row_without(string column)
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();

        (await Should.ThrowAsync<PostgresException>(() => UpdateAsync(organization, created.Id, column, "NULL"))).SqlState.ShouldBe(
            PostgresErrorCodes.NotNullViolation
        );
    }

    [Fact]
    public async Task A_search_can_use_its_index()
    {
        // As the owner: an organisation's rows may be found by its own index, and what counts is that this index fits the query.
        await using var connection = await host.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // A small table is scanned.
        await using var explain = new NpgsqlCommand(
            "SET enable_seqscan = off; SET enable_indexscan = off; EXPLAIN SELECT id FROM customers.customers WHERE search_text ILIKE '%schäfer%'",
            connection
        );
        await using var lines = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await lines.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(lines.GetString(0));
        }

        plan.ShouldContain(line => line.Contains("ix_customers_search_text_city", StringComparison.Ordinal));
    }

    private Task<int> UpdateAsync(Guid organization, Guid id, string column, string value) =>
        host.InModuleAsync(
            organization,
            async services =>
            {
                await using var update = services
                    .GetRequiredService<OwnerDatabase>()
                    .DataSource.CreateCommand($"UPDATE customers.customers SET {column} = {value} WHERE id = '{id}'");
                return await update.ExecuteNonQueryAsync();
            }
        );
}
