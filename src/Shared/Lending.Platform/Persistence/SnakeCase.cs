using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lending.Platform.Persistence;

/// <summary>
/// Gives tables, columns, keys and indexes snake_case names. EFCore.NamingConventions would rename the columns of the migrations' history, too, and no
/// existing database could be upgraded.
/// </summary>
internal static class SnakeCase
{
    public static string From(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static void Apply(IMutableModel model)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            entity.SetTableName(From(entity.GetTableName()!));
            NameColumns(entity, prefix: "");
            foreach (var key in entity.GetKeys())
            {
                key.SetName(From(key.GetName()!));
            }
            foreach (var foreignKey in entity.GetForeignKeys())
            {
                foreignKey.SetConstraintName(From(foreignKey.GetConstraintName()!));
            }
            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(From(index.GetDatabaseName()!));
            }
        }
    }

    private static void NameColumns(IMutableTypeBase type, string prefix)
    {
        // A column that was named on purpose (xmin) keeps its name.
        foreach (
            var property in type.GetDeclaredProperties()
                .Where(property => property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
        )
        {
            property.SetColumnName(prefix + From(property.Name));
        }
        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            NameColumns(complex.ComplexType, prefix + From(complex.Name) + "_");
        }
    }
}
