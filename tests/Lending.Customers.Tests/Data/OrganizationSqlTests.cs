using System.Data;
using System.Net;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Customers.Tests.Data;

/// <summary>What the SQL of slices is kept from, whatever it says.</summary>
public sealed class OrganizationSqlTests(CustomersFixture host)
{
    private readonly Guid organization = Unique.Id();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_does_not_say_whose_rows_it_means_is_refused()
    {
        var customer = await host.Installer(organization).CreateCustomerAsync();

        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            AskAsync(_ => $"SELECT id FROM customers.customers WHERE id = {customer.Id}")
        );
        error.Message.ShouldContain("whose rows");
        // Its own value does not count, as it could be any.
        await Should.ThrowAsync<InvalidOperationException>(() =>
            AskAsync(_ => $"SELECT id FROM customers.customers WHERE organization_id = {organization}")
        );
    }

    [Fact]
    public async Task Rows_of_another_organisation_are_not_found()
    {
        var own = await host.Installer(organization).CreateCustomerAsync();
        await host.Installer().CreateCustomerAsync();

        (await AskAsync(sql => $"SELECT id FROM customers.customers WHERE {sql.OfOrganization}")).ShouldBe([own.Id]);
        (await AskAsync(sql => $"SELECT id FROM customers.customers WHERE {sql.OfCaller($"id")}")).ShouldBe([own.Id]);
    }

    [Fact]
    public async Task Customers_see_only_their_own_and_staff_all()
    {
        var installer = host.Installer(organization);
        var (own, other) = ((await installer.CreateCustomerAsync()).Id, (await installer.CreateCustomerAsync()).Id);

        (await AskAsync(All)).ShouldBe([own, other], ignoreOrder: true);
        (await AskAsync(All, customerScope: own)).ShouldBe([own]);
        (await AskAsync(All, customerScope: Guid.Empty)).ShouldBeEmpty();

        static FormattableString All(OrganizationSql sql) => $"SELECT id FROM customers.customers WHERE {sql.OfCaller($"id")}";
    }

    [Fact]
    public async Task Nobody_sees_nothing() =>
        (
            await host.InModuleAsync(
                Guid.Empty,
                services =>
                {
                    var sql = services.GetRequiredService<OrganizationSql>();
                    return sql.ReadAsync($"SELECT id FROM customers.customers WHERE {sql.OfOrganization}", Id, Cancellation);
                }
            )
        ).ShouldBeEmpty();

    [Theory]
    [InlineData("FOR UPDATE")]
    [InlineData("FOR NO KEY UPDATE")]
    [InlineData("FOR SHARE")]
    [InlineData("for key share")]
    public async Task A_lock_that_no_transaction_would_keep_is_refused(string rowLock)
    {
        var customer = await host.Installer(organization).CreateCustomerAsync();
        FormattableString locking = System.Runtime.CompilerServices.FormattableStringFactory.Create(rowLock);

        var error = await Should.ThrowAsync<InvalidOperationException>(() => AskAsync(Statement));
        error.Message.ShouldContain("transaction");
        (await AskAsync(Statement, inTransaction: true)).ShouldBe([customer.Id]);

        FormattableString Statement(OrganizationSql sql) => $"SELECT id FROM customers.customers WHERE {sql.OfOrganization} {locking}";
    }

    [Fact]
    public async Task It_takes_part_in_the_transaction_that_is_open()
    {
        var customer = await host.Installer(organization).CreateCustomerAsync();

        await host.InModuleAsync(
            organization,
            async services =>
            {
                var (db, sql) = (services.GetRequiredService<CustomersDbContext>(), services.GetRequiredService<OrganizationSql>());
                await using (await services.GetRequiredService<Transactions>().BeginAsync(Cancellation))
                {
                    await db.Customers.ExecuteDeleteAsync(Cancellation);
                    (await CountAsync()).ShouldBe([0]);
                    // Not committed, so it is rolled back.
                }
                (await CountAsync()).ShouldBe([1]);
                db.Database.GetDbConnection().State.ShouldBe(ConnectionState.Closed);
                return customer;

                Task<List<long>> CountAsync() =>
                    sql.ReadAsync(
                        $"SELECT count(*) FROM customers.customers WHERE {sql.OfOrganization}",
                        row => row.GetInt64(0),
                        Cancellation
                    );
            }
        );
    }

    [Theory]
    [InlineData("' OR TRUE --")]
    [InlineData("$1")]
    [InlineData("{0}")]
    [InlineData("O'Hara; DROP TABLE customers.customers; --")]
    public async Task A_value_is_never_text_of_the_statement(string value)
    {
        await host.Installer(organization).CreateCustomerAsync();
        var customer = await host.Installer(organization)
            .PostAsync("/customers", CustomersFixture.Person() with { LastName = value }, HttpStatusCode.Created);
        FormattableString condition = $"last_name = {value}";

        (
            await AskAsync(sql => $"SELECT id FROM customers.customers WHERE {sql.OfOrganization} AND {condition} AND last_name = {value}")
        ).ShouldBe([customer.Id]);
    }

    [Fact]
    public async Task Filters_hold_where_there_is_a_value()
    {
        var installer = host.Installer(organization);
        var anna = await installer.PostAsync("/customers", CustomersFixture.Person() with { FirstName = "Anna" }, HttpStatusCode.Created);
        var berta = await installer.PostAsync("/customers", CustomersFixture.Person() with { FirstName = "Berta" }, HttpStatusCode.Created);

        (await FindAsync(firstName: null, id: null)).ShouldBe([anna.Id, berta.Id], ignoreOrder: true);
        (await FindAsync("Anna", id: null)).ShouldBe([anna.Id]);
        (await FindAsync("Anna", berta.Id)).ShouldBeEmpty();
        (await FindAsync(firstName: null, berta.Id)).ShouldBe([berta.Id]);

        Task<List<Guid>> FindAsync(string? firstName, Guid? id)
        {
            var filters = new SqlFilters()
                .Add(firstName, value => $"first_name = {value} AND first_name <> {"Zora"}")
                .Add(id, value => $"id = {value}");
            filters.Any.ShouldBe(firstName is not null || id is not null);
            return AskAsync(sql => $"SELECT id FROM customers.customers WHERE {sql.OfOrganization}{filters.Conditions}", filters.Any);
        }
    }

    [Fact]
    public async Task Planning_for_the_values_is_set_for_the_statement_alone()
    {
        await host.Installer(organization).CreateCustomerAsync();

        await host.InModuleAsync(
            organization,
            async services =>
            {
                var sql = services.GetRequiredService<OrganizationSql>();
                FormattableString statement = $"""
                    SELECT current_setting('plan_cache_mode') FROM customers.customers WHERE {sql.OfOrganization}
                    """;
                // All on one connection.
                await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(Cancellation);
                (await ModeAsync(planForValues: false)).ShouldBe(["auto"]);
                (await ModeAsync(planForValues: true)).ShouldBe(["force_custom_plan"]);
                (await ModeAsync(planForValues: false)).ShouldBe(["auto"]);
                return statement;

                Task<List<string>> ModeAsync(bool planForValues) =>
                    sql.ReadAsync(statement, row => row.GetString(0), Cancellation, planForValues);
            }
        );
    }

    private Task<List<Guid>> AskAsync(
        Func<OrganizationSql, FormattableString> statement,
        bool planForValues = false,
        Guid? customerScope = null,
        bool inTransaction = false
    ) =>
        host.InModuleAsync(
            organization,
            async services =>
            {
                services
                    .GetRequiredService<Caller>()
                    .ActFor(organization, new UserReference(Unique.Id(), "somebody"), customerScope: customerScope);
                await using var transaction = inTransaction
                    ? await services.GetRequiredService<Transactions>().BeginAsync(Cancellation)
                    : null;
                var sql = services.GetRequiredService<OrganizationSql>();
                return await sql.ReadAsync(statement(sql), Id, Cancellation, planForValues);
            }
        );

    private static Guid Id(NpgsqlDataReader row) => row.GetGuid(0);
}
