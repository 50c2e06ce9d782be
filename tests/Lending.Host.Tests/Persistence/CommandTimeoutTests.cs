using Lending.Platform;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>How long a PostgreSQL that says nothing at all is waited for.</summary>
public sealed class CommandTimeoutTests
{
    [Theory]
    [InlineData(15, "", 20, 1_000)]
    [InlineData(60, "", 65, 1_000)]
    // Without a limit in the server, there is Npgsql's own.
    [InlineData(0, "", 30, 1_000)]
    [InlineData(15, ";Command Timeout=0", 0, 1_000)]
    [InlineData(15, ";Command Timeout=7;Cancellation Timeout=900", 7, 900)]
    public async Task It_is_a_moment_longer_than_the_servers_own_limit_unless_the_connection_string_says_otherwise(
        int statementSeconds,
        string own,
        int commandSeconds,
        int cancellationMilliseconds
    )
    {
        var limits = new DatabaseOptions { StatementTimeoutSeconds = statementSeconds };
        var statements = new SlowStatements(new HttpContextAccessor(), Options.Create(limits), NullLogger<SlowStatements>.Instance);
        await using var database = LendingPlatform.NewDataSource($"Host=nowhere{own}", "nowhere", statements, limits);

        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);

        (settings.CommandTimeout, settings.CancellationTimeout).ShouldBe((commandSeconds, cancellationMilliseconds));
    }

    [Theory]
    [InlineData(20, 30)]
    [InlineData(45, 45)]
    [InlineData(0, 0)]
    public void A_job_has_more_time(int requestSeconds, int jobSeconds) =>
        EveryOrganization.TimeoutOfJob(requestSeconds).ShouldBe(jobSeconds);
}
