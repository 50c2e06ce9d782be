using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Architecture;

/// <summary>A module's migrations make its model.</summary>
public sealed class MigrationTests(HostFixture host)
{
    [Fact]
    public async Task No_module_misses_a_migration()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var databases = scope.ServiceProvider.GetServices<ModuleDatabase>().ToList();

        databases.Select(database => database.Schema).ShouldBe(ModuleFolders.SchemasInOrder);
        foreach (var database in databases)
        {
            var context = (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType);
            context.Database.HasPendingModelChanges().ShouldBeFalse(database.Schema);
        }
    }

    [Fact]
    public void A_missing_migration_is_found()
    {
        using var context = new BadSamples.UnmigratedDbContext(new DbContextOptionsBuilder().UseNpgsql().Options);

        context.Database.HasPendingModelChanges().ShouldBeTrue();
    }
}
