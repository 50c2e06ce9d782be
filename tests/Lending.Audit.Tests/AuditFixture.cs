using Lending.Audit.Contracts;
using Lending.Audit.Data;
using Lending.Audit.Seals;
using Lending.Audit.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(AuditFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Audit.Tests;

/// <summary>The Audit module alone, for all tests of this process.</summary>
public sealed class AuditFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ModuleHost.StartAsync(new AuditModule());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A host with a log of its own, whose clock a test may move and whose rows it may spoil.</summary>
    /// <param name="signingKeys">By their ids, the active one first.</param>
    internal static Task<ModuleHost> StartOwnAsync(params (string Id, string Key)[] signingKeys)
    {
        var settings = signingKeys.ToDictionary(key => $"Jwt:SigningKeys:{key.Id}", key => (string?)key.Key, StringComparer.Ordinal);
        settings["Jwt:ActiveSigningKey"] = signingKeys[0].Id;
        return ModuleHost.StartAsync(new AuditModule(), settings: settings);
    }
}

/// <summary>What tests do to a log.</summary>
internal static class LogCalls
{
    /// <summary>Writes an entry, in a transaction of its own, and answers its id.</summary>
    public static async Task<Guid> NoteAsync(
        this ModuleHost host,
        Guid organizationId,
        string action = "UPDATE",
        string entityType = "Thing",
        Guid? entityId = null,
        Guid? customerId = null
    )
    {
        await host.InModuleAsync(
            organizationId,
            services =>
            {
                var db = services.GetRequiredService<AuditDbContext>();
                db.Note(action, entityType, entityId, customerId);
                return db.SaveChangesAsync();
            }
        );
        await using var newest = host.Database.CreateCommand(
            $"SELECT id FROM audit.entries WHERE organization_id = '{organizationId}' ORDER BY transaction DESC LIMIT 1"
        );
        return (Guid)(await newest.ExecuteScalarAsync())!;
    }

    /// <summary>Seals, as soon as no transaction of another database of the server is in the way, until these are sealed.</summary>
    public static async Task SealAsync(this ModuleHost host, int entries)
    {
        for (var look = 0; look < 600; look++)
        {
            await host.Services.GetRequiredService<Sealing>().SealAsync(CancellationToken.None);
            if ((await host.VerifyAsync()).SealedEntries >= entries)
            {
                return;
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException("They were never sealed.");
    }

    public static Task<AuditVerdict> VerifyAsync(this ModuleHost host, string? known = null) =>
        host.Services.GetRequiredService<IAuditVerification>().VerifyAsync(known, CancellationToken.None);

    /// <summary>Runs SQL as the database's owner, who is a superuser here.</summary>
    public static async Task<int> RunAsync(this ModuleHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ReadAsync<T>(this ModuleHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
