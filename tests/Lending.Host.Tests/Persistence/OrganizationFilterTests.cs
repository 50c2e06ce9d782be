using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Persistence;

/// <summary>
/// EF keeps organisations apart before PostgreSQL does. PostgreSQL hides it from every other test if it does not, so the models are asked.
/// </summary>
public sealed class OrganizationFilterTests(HostFixture host)
{
    [Fact]
    public async Task Every_entity_with_an_organisation_is_filtered_by_it()
    {
        await using var scope = host.App.Services.CreateAsyncScope();
        var owned = scope
            .ServiceProvider.GetServices<ModuleDatabase>()
            .Select(database => (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType))
            .SelectMany(context => context.Model.GetEntityTypes())
            .Where(type => type.ClrType.IsAssignableTo(typeof(ITenantOwned)))
            .ToList();

        owned.Count.ShouldBeGreaterThan(15);
        owned
            .Where(type => type.GetDeclaredQueryFilters().All(filter => filter.Key != ModuleDbContext.OrganizationFilter))
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }
}
