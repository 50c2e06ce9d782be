using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// The database as its owner sees it, for migrations and fake data: who makes the tables is not who serves requests. Configured by
/// <c>ConnectionStrings__LendingOwner</c>; without it, it is who the API connects as.
/// </summary>
public sealed class OwnerDatabase(IConfiguration configuration) : IAsyncDisposable
{
    /// <summary>The name of the owner's connection string.</summary>
    public const string ConnectionStringName = "LendingOwner";

    private readonly Lazy<NpgsqlDataSource> dataSource = new(() =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(
                configuration.GetConnectionString(ConnectionStringName)
                    ?? configuration.GetConnectionString(LendingPlatform.ConnectionStringName)
            )
            {
                // Needed once, so nothing is kept open.
                Pooling = false,
            }
        )
    );

    /// <summary>Where the owner connects.</summary>
    public NpgsqlDataSource DataSource => dataSource.Value;

    /// <summary>Who serves requests: a user, and its password where it has one.</summary>
    internal NpgsqlConnectionStringBuilder Api { get; } = new(configuration.GetConnectionString(LendingPlatform.ConnectionStringName));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dataSource.IsValueCreated ? dataSource.Value.DisposeAsync() : ValueTask.CompletedTask;
}
