using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Compliance.Classification;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Privacy;

/// <summary>A property of a module's model, and the column in which it is stored; in a column of JSON there are several.</summary>
internal sealed record ModelColumn(string Table, string Name, string Property, DataClassification Classification)
{
    /// <summary>All of the host's modules.</summary>
    public static async Task<List<ModelColumn>> OfAllModulesAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return
        [
            .. scope
                .ServiceProvider.GetServices<ModuleDatabase>()
                .Select(database => (DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType))
                .SelectMany(context => Of(context.Model)),
        ];
    }

    /// <summary>All of one model.</summary>
    public static List<ModelColumn> Of(IModel model) =>
        [
            .. model
                .GetEntityTypes()
                .SelectMany(type => Classifications.ColumnsOf(type).Select(property => (Type: type, Property: property)))
                .Select(it => new ModelColumn(
                    $"{it.Type.GetSchema()}.{it.Type.GetTableName()}",
                    it.Property.DeclaringType.GetContainerColumnName() ?? it.Property.GetColumnName(),
                    $"{it.Property.DeclaringType.ShortName()}.{it.Property.Name}",
                    Classifications.Of(it.Property)
                )),
        ];

    public override string ToString() => $"{Table}.{Name}";
}
