using Lending.Platform.Audit;
using Lending.Platform.Broker;
using Lending.Platform.Encryption;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>A module's part of the database: its DbContext and the schema that it owns.</summary>
public sealed record ModuleDatabase(Type ContextType, string Schema);

/// <summary>Registration of a module's DbContext.</summary>
public static class ModuleDatabaseExtensions
{
    /// <summary>The table, in each module's own schema, that says which migrations ran.</summary>
    public const string MigrationsHistoryTable = "__ef_migrations_history";

    /// <summary>Builds every module's model before the host listens: EF fails now and then when the first two requests build one at once.</summary>
    internal static IServiceCollection AddBuiltModels(this IServiceCollection services) => services.AddHostedService<BuiltModels>();

    /// <summary>
    /// Registers the module's DbContext on the shared data source, with its migrations history in its own schema. A scope leases a context
    /// from a pool, as making one costs more than most queries.
    /// </summary>
    public static IServiceCollection AddModuleDbContext<TContext>(this IServiceCollection services, string schema)
        where TContext : ModuleDbContext
    {
        services.AddSingleton(new ModuleDatabase(typeof(TContext), schema));
        services.AddPooledDbContextFactory<TContext>(
            (provider, options) =>
                options
                    .UseNpgsql(
                        provider.GetRequiredService<NpgsqlDataSource>(),
                        npgsql => npgsql.MigrationsHistoryTable(MigrationsHistoryTable, schema)
                    )
                    .AddInterceptors(RowScopeInterceptor.Instance, EncryptedProperty.Reader.Instance)
                    // Each comes as an exception, too, and is told of where that is answered: once, and without what it could quote.
                    .ConfigureWarnings(warnings =>
                        warnings.Ignore(
                            CoreEventId.QueryIterationFailed,
                            RelationalEventId.ConnectionError,
                            RelationalEventId.TransactionError
                        )
                    )
                    // Finds misuse in development and tests; for each row it costs as much as reading a number.
                    .EnableThreadSafetyChecks(provider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        );
        return services.AddScoped(provider =>
        {
            var context = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            var transactions = provider.GetRequiredService<Transactions>();
            context.Serve(
                provider.GetRequiredService<Caller>(),
                transactions,
                provider.GetRequiredService<AuditTrail>(),
                provider.GetRequiredService<KeyRing>(),
                hasBroker: provider.GetService<BrokerAddress>() is not null
            );
            transactions.Add(context);
            return context;
        });
    }

    private sealed class BuiltModels(IServiceScopeFactory scopes, IEnumerable<ModuleDatabase> databases) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var database in databases)
            {
                ((DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType)).Model.GetRelationalModel();
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
