using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;

namespace Lending.Host.Tests.Architecture;

/// <summary>Modules talk only through contracts: held against the project files and against what was compiled.</summary>
public sealed class ModuleGraphTests(HostFixture host)
{
    // Everything that a project under src may refer to. A new edge is a decision: it is made here, on purpose.
    private static readonly Dictionary<string, string[]> Declared = new()
    {
        ["Lending.Kernel"] = [],
        ["Lending.EmbeddedPostgres"] = [],
        ["Lending.Pdf"] = [],
        ["Lending.Platform"] = ["Lending.Kernel"],
        ["Lending.Seeding"] = ["Lending.Kernel", "Lending.Platform"],
        ["Lending.Identity.Contracts"] = ["Lending.Kernel"],
        ["Lending.Customers.Contracts"] = ["Lending.Kernel"],
        ["Lending.Loans.Contracts"] = ["Lending.Kernel"],
        ["Lending.Loans.Amortization"] = ["Lending.Kernel"],
        ["Lending.Identity"] = ["Lending.Identity.Contracts", "Lending.Platform"],
        ["Lending.Customers"] = ["Lending.Customers.Contracts", "Lending.Identity.Contracts", "Lending.Platform"],
        ["Lending.Loans"] =
        [
            "Lending.Customers.Contracts",
            "Lending.Identity.Contracts",
            "Lending.Loans.Amortization",
            "Lending.Loans.Contracts",
            "Lending.Pdf",
            "Lending.Platform",
        ],
        ["Lending.Identity.Seeding"] = ["Lending.Identity", "Lending.Seeding"],
        ["Lending.Customers.Seeding"] = ["Lending.Customers", "Lending.Seeding"],
        ["Lending.Loans.Seeding"] = ["Lending.Loans", "Lending.Seeding"],
        ["Lending.Host"] =
        [
            "Lending.Customers",
            "Lending.Customers.Seeding",
            "Lending.EmbeddedPostgres",
            "Lending.Identity",
            "Lending.Identity.Seeding",
            "Lending.Loans",
            "Lending.Loans.Seeding",
            "Lending.Platform",
            "Lending.Seeding",
        ],
    };

    [Fact]
    public void Project_files_refer_to_what_is_declared_and_nothing_else()
    {
        var projects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories);
        projects.Length.ShouldBe(Declared.Count);
        foreach (var project in projects)
        {
            UndeclaredReferences(Path.GetFileNameWithoutExtension(project), XDocument.Load(project))
                .ShouldBeEmpty($"{Path.GetFileName(project)} refers to more than the declared graph");
        }
    }

    [Fact]
    public void The_rule_finds_a_reference_to_another_modules_implementation()
    {
        var bad = XDocument.Parse(
            """<Project><ItemGroup><ProjectReference Include="../../Loans/Lending.Loans/Lending.Loans.csproj" /></ItemGroup></Project>"""
        );

        UndeclaredReferences("Lending.Customers", bad).ShouldBe(["Lending.Loans"]);
    }

    [Fact]
    public void Compiled_modules_use_no_other_modules_implementation()
    {
        var modules = Declared.Keys.Where(IsModule).ToList();
        modules.ShouldNotBeEmpty();
        foreach (var module in modules)
        {
            ReferencesOf(module).Where(IsModule).ShouldBeEmpty(module);
            ReferencesOf($"{module}.Seeding").Where(IsModule).ShouldBe([module]);
        }
    }

    [Fact]
    public void Contracts_use_neither_the_web_nor_the_database()
    {
        var contracts = Declared.Keys.Where(name => name.EndsWith(".Contracts", StringComparison.Ordinal)).ToList();
        contracts.ShouldNotBeEmpty();
        foreach (var name in contracts.Append("Lending.Kernel"))
        {
            FrameworksUsedBy(name).ShouldBeEmpty(name);
        }
        FrameworksUsedBy("Lending.Platform").ShouldNotBeEmpty("the rule finds them where they are");
    }

    [Fact]
    public void The_host_composes_every_module_there_is()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("src/Modules")).Select(Path.GetFileName).Order().ToList();

        folders.ShouldNotBeEmpty();
        LendingHost.Modules.Select(module => module.Name).Order().ShouldBe(folders.Select(folder => folder!.ToLowerInvariant()));
    }

    [Fact]
    public async Task The_host_seeds_every_module_in_the_modules_order()
    {
        await using var scope = host.App.Services.CreateAsyncScope();

        LendingHost
            .SeedersOf(scope.ServiceProvider)
            .Select(seeder => AssemblyOf(seeder))
            .ShouldBe(LendingHost.Modules.Select(module => $"{AssemblyOf(module)}.Seeding"));

        static string AssemblyOf(object thing) => thing.GetType().Assembly.GetName().Name!;
    }

    private static IEnumerable<string> FrameworksUsedBy(string name) =>
        ReferencesOf(name).Where(reference => reference.Split('.')[0] is "Microsoft" or "Npgsql" or "FluentValidation" or "FastEndpoints");

    private static List<string> ReferencesOf(string name)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        return [.. assembly.MainModule.AssemblyReferences.Select(reference => reference.Name)];
    }

    private static bool IsModule(string name) => name is "Lending.Identity" or "Lending.Customers" or "Lending.Loans";

    private static IEnumerable<string> UndeclaredReferences(string project, XDocument file) =>
        file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Except(Declared.GetValueOrDefault(project, []));
}
