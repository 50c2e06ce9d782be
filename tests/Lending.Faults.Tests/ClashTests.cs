using System.Net;
using Lending.Testing;
using Npgsql;

namespace Lending.Faults.Tests;

/// <summary>PostgreSQL ends a request's transaction in favour of another one, or gives up waiting for it.</summary>
public sealed class ClashTests(ClashTests.Serving serving) : IClassFixture<ClashTests.Serving>
{
    private readonly MortalPostgres database = serving.Database;
    private readonly RunningHost host = serving.Host;

    [Fact]
    public async Task A_deadlock_with_another_connection_is_nothing_that_a_client_notices()
    {
        await using var other = await database.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "SET LOCAL deadlock_timeout = '1min'; SET LOCAL lock_timeout = 0");
        // The slice writes the customer, then the account.
        await ExecuteAsync(other, "LOCK TABLE identity.users IN EXCLUSIVE MODE");
        var before = await DeadlocksAsync();
        var creating = host.Administrator.SendAsync("POST", "/customers", WriteLoad.NewCustomer());
        await database.UntilOneWaitsAsync();
        await ExecuteAsync(other, "LOCK TABLE customers.customers IN EXCLUSIVE MODE");
        await transaction.CommitAsync();

        (await creating).Status.ShouldBe(HttpStatusCode.Created);
        // The other one has committed, so it was the request's transaction that PostgreSQL ended; it counts that a moment later.
        while (await DeadlocksAsync() == before)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_lock_is_told_to_try_again()
    {
        await using var other = await database.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "LOCK TABLE customers.customers IN EXCLUSIVE MODE");

        (await host.Administrator.SendAsync("POST", "/customers", WriteLoad.NewCustomer())).ShouldBeProblem(
            HttpStatusCode.ServiceUnavailable,
            "try-again"
        );
    }

    [Theory]
    [InlineData("40001", 1, 201, 2)]
    [InlineData("40P01", 1, 201, 2)]
    [InlineData("40001", 9, 503, 2)]
    [InlineData("55P03", 1, 503, 1)]
    [InlineData("57014", 1, 503, 1)]
    public async Task What_is_one_transaction_is_run_again_once_if_it_was_undone_for_another(
        string state,
        int failures,
        int status,
        int runs
    )
    {
        foreach (var key in (string?[])[null, Unique.Text()])
        {
            var (customer, lastName) = NewCustomer();
            await using var failing = await Failing.MakeAsync(database, "BEFORE INSERT ON customers.customers", state, failures);

            var answer = await host.Administrator.SendAsync("POST", "/customers", customer, idempotencyKey: key);

            ((int)answer.Status).ShouldBe(status, answer.Text);
            if (status == 503)
            {
                answer.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "try-again");
            }
            (await failing.CountAsync()).ShouldBe(runs);
            (await CountAsync(lastName)).ShouldBe(status == 201 ? 1 : 0);
        }
    }

    /// <summary>The key and what is done with it are one transaction: where its end fails, neither is there, and whoever repeats it tries again.</summary>
    [Theory]
    [InlineData("40001", 1, 201, null, 2)]
    [InlineData("40001", 9, 503, "try-again", 2)]
    [InlineData("57014", 1, 503, "try-again", 1)]
    [InlineData("XX000", 1, 500, "internal-error", 1)]
    public async Task Where_the_commit_of_a_request_with_a_key_fails_nothing_is_done(
        string state,
        int failures,
        int status,
        string? code,
        int runs
    )
    {
        var (customer, lastName) = NewCustomer();
        var key = Unique.Text();
        const string atTheEnd = "AFTER INSERT ON platform.kept_answers DEFERRABLE INITIALLY DEFERRED";
        await using (var failing = await Failing.MakeAsync(database, atTheEnd, state, failures))
        {
            var answer = await host.Administrator.SendAsync("POST", "/customers", customer, idempotencyKey: key);

            ((int)answer.Status).ShouldBe(status, answer.Text);
            if (code is not null)
            {
                answer.ShouldBeProblem((HttpStatusCode)status, code);
            }
            (await failing.CountAsync()).ShouldBe(runs);
            (await CountAsync(lastName)).ShouldBe(status == 201 ? 1 : 0);
        }

        var repeated = await host.Administrator.SendAsync("POST", "/customers", customer, idempotencyKey: key);

        repeated.Status.ShouldBe(HttpStatusCode.Created, repeated.Text);
        repeated.IsReplayed.ShouldBe(status == 201);
        (await CountAsync(lastName)).ShouldBe(1);
    }

    /// <summary>PgBouncer says so of a connection that it lost, and of one that it could not get in time.</summary>
    [Fact]
    public async Task What_PgBouncer_says_while_it_has_no_server_is_an_outage()
    {
        await using var failing = await Failing.MakeAsync(database, "BEFORE INSERT ON customers.customers", "08P01", failures: 1);

        (await host.Administrator.SendAsync("POST", "/customers", WriteLoad.NewCustomer())).ShouldBeProblem(
            HttpStatusCode.ServiceUnavailable,
            "database-unavailable"
        );
    }

    /// <summary>A login notes the attempt before it makes the session.</summary>
    [Fact]
    public async Task What_has_written_something_before_is_not_run_again()
    {
        await using var failing = await Failing.MakeAsync(database, "BEFORE INSERT ON identity.sessions", "40001", failures: 1);
        var login = new { username = "administrator", password = LendingProcess.AdministratorPassword };

        (await host.Administrator.SendAsync("POST", "/auth/login", login)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "try-again");

        (await failing.CountAsync()).ShouldBe(1);
        await host.Administrator.PostAsync("/auth/login", login, HttpStatusCode.OK);
    }

    private static (object Customer, string LastName) NewCustomer()
    {
        var lastName = Unique.Text();
        return (WriteLoad.NewCustomer(lastName), lastName);
    }

    private async Task<long> CountAsync(string lastName) =>
        (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE last_name = $1", lastName))!;

    private async Task<long> DeadlocksAsync() =>
        (long)(await database.QueryAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A PostgreSQL and a host on it.</summary>
    public sealed class Serving(MigratedData migrated) : IAsyncLifetime
    {
        public MortalPostgres Database { get; } = new(migrated);

        internal RunningHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            // Whoever has waited so long looks for a deadlock, once: by then the other one has to have made it.
            await Database.QueryAsync("ALTER DATABASE lending SET deadlock_timeout = '4s'");
            await Database.QueryAsync("ALTER ROLE lending_app IN DATABASE lending SET lock_timeout = '8s'");
            Host = await RunningHost.StartAsync(Database.ConnectionString);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    /// <summary>An event of the database that fails with an error, so often.</summary>
    private sealed class Failing(MortalPostgres database) : IAsyncDisposable
    {
        public static async Task<Failing> MakeAsync(MortalPostgres database, string when, string state, int failures)
        {
            await database.QueryAsync(
                $"""
                CREATE SCHEMA failing;
                CREATE SEQUENCE failing.runs MINVALUE 0 START 0;
                SELECT nextval('failing.runs');
                CREATE FUNCTION failing.fail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    IF nextval('failing.runs') <= {failures} THEN RAISE EXCEPTION 'as told' USING ERRCODE = '{state}'; END IF;
                    RETURN NEW;
                END $$;
                CREATE {(
                    when.StartsWith("AFTER", StringComparison.Ordinal) ? "CONSTRAINT TRIGGER" : "TRIGGER"
                )} fails {when} FOR EACH ROW EXECUTE FUNCTION failing.fail();
                """
            );
            return new Failing(database);
        }

        /// <summary>How often it was to happen.</summary>
        public async Task<long> CountAsync() => (long)(await database.QueryAsync("SELECT last_value FROM failing.runs"))!;

        public async ValueTask DisposeAsync() => await database.QueryAsync("DROP SCHEMA failing CASCADE");
    }
}
