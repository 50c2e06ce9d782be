using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// The database as its owner sees it, for migrations and fake data: who makes the tables is not who serves requests. Configured by
/// <c>ConnectionStrings__LendingOwner</c>; without it, it is who the API connects as.
/// </summary>
public sealed class OwnerDatabase : IAsyncDisposable
{
    /// <summary>The name of the owner's connection string.</summary>
    public const string ConnectionStringName = "LendingOwner";

    private readonly Lazy<NpgsqlDataSource> dataSource;

    /// <summary>Reads the two connection strings.</summary>
    public OwnerDatabase(IConfiguration configuration)
    {
        Api = new(configuration.GetConnectionString(LendingPlatform.ConnectionStringName));
        // Needed once, so nothing is kept open.
        Owner = new(configuration.GetConnectionString(ConnectionStringName) ?? Api.ConnectionString) { Pooling = false };
        // Where the owner is who serves requests, the limits of requests are not those of a migration.
        Owner.Options ??= "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0";
        dataSource = new(() => new NpgsqlDataSourceBuilder(Owner.ConnectionString) { Name = "owner" }.Build());
    }

    /// <summary>Where the owner connects.</summary>
    public NpgsqlDataSource DataSource => dataSource.Value;

    /// <summary>Who makes the tables, with the password, which a data source does not tell.</summary>
    internal NpgsqlConnectionStringBuilder Owner { get; }

    /// <summary>Who serves requests, with the password.</summary>
    internal NpgsqlConnectionStringBuilder Api { get; }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dataSource.IsValueCreated ? dataSource.Value.DisposeAsync() : ValueTask.CompletedTask;
}
