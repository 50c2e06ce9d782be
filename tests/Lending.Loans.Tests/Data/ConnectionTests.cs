using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Data;

/// <summary>How the platform talks to PostgreSQL where the connection string leaves it open.</summary>
public sealed class ConnectionTests(LoansFixture fixture)
{
    [Fact]
    public async Task Statements_are_prepared_on_the_connection_that_repeats_them()
    {
        await using var connection = await fixture
            .Host.Services.GetRequiredService<NpgsqlDataSource>()
            .OpenConnectionAsync(TestContext.Current.CancellationToken);

        for (var time = 0; time < 3; time++)
        {
            await ReadAsync(connection, "SELECT 'say it again'");
        }

        (await ReadAsync(connection, "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT ''say it again'''")).ShouldBe(
            1L
        );
    }

    [Fact]
    public async Task A_connection_string_that_forbids_prepared_statements_is_obeyed()
    {
        var connectionString = $"{await TestDatabase.CreateAsync($"unprepared_{Unique.Text()}")};Max Auto Prepare=0";
        await using var host = await ModuleHost.StartAsync(
            new LoansModule(),
            services =>
                services
                    .AddSingleton(fixture.Customers)
                    .AddScoped<ICustomerDirectory, FakeCustomers.Directory>()
                    .AddSingleton<IOrganizationDirectory>(fixture.Organizations)
                    .AddSingleton<IStaffDirectory>(fixture.Staff),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Lending"] = connectionString }
        );

        new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).MaxAutoPrepare.ShouldBe(0);
    }

    private static async Task<object?> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
