using Lending.Platform.Persistence;

namespace Lending.Host.Tests.Architecture;

/// <summary>The modules that there are: the folders under <c>src/Modules</c>. Rules go over these, so that no rule passes over a new module.</summary>
internal static class ModuleFolders
{
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory
            .GetDirectories(Repository.PathOf("src/Modules"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The modules as the host composes them: in the order in which they are migrated.</summary>
    public static IEnumerable<string> NamesInOrder =>
        LendingHost.Modules.Select(module => module.GetType().Assembly.GetName().Name!["Lending.".Length..]);

    /// <summary>Whether the module has fake data.</summary>
    public static bool HasSeeding(string name) => Directory.Exists(Repository.PathOf($"src/Modules/{name}/Lending.{name}.Seeding"));

    /// <summary>Whether the module keeps data: a folder <c>Data</c> says so. Pages of other modules' data keep none.</summary>
    public static bool HasSchema(string name) => Directory.Exists(Repository.PathOf($"src/Modules/{name}/Lending.{name}/Data"));

    /// <summary>All schemas in the order in which they are migrated: the platform's own and the modules'.</summary>
    public static IEnumerable<string> SchemasInOrder =>
        [PlatformDbContext.Schema, .. NamesInOrder.Where(HasSchema).Select(name => name.ToLowerInvariant())];

    /// <summary>The schemas as a list for SQL's <c>IN</c>.</summary>
    public static string SchemasInSql => string.Join(", ", SchemasInOrder.Select(schema => $"'{schema}'"));
}
