using Lending.NewModule.Data;
using Lending.NewModule.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(NewModuleFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.NewModule.Tests;

/// <summary>The NewModule module alone, for all tests of this process. Fakes of its neighbours' contracts are registered here.</summary>
public sealed class NewModuleFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ModuleHost.StartAsync(new NewModuleModule());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Writes rows behind the API, as rows of this organisation.</summary>
    public Task<int> AddAsync(Guid organizationId, params object[] rows) =>
        Host.InModuleAsync(
            organizationId,
            services =>
            {
                var db = services.GetRequiredService<NewModuleDbContext>();
                db.AddRange(rows);
                return db.SaveChangesAsync();
            }
        );
}
