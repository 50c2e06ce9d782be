using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;

namespace Lending.Host.Tests.Architecture;

/// <summary>Modules talk only through contracts: held against the project files and against what was compiled.</summary>
public sealed class ModuleGraphTests(HostFixture host)
{
    // What each module may use besides the platform and what is its own. A new edge is a decision: it is made here, on purpose.
    private static readonly Dictionary<string, string[]> UsedByModule = new()
    {
        ["Notifications"] = [],
        ["Identity"] = ["Lending.Notifications.Contracts"],
        ["Customers"] = ["Lending.Identity.Contracts", "Lending.Notifications.Contracts"],
        ["Loans"] =
        [
            "Lending.Customers.Contracts",
            "Lending.Identity.Contracts",
            "Lending.Loans.Amortization",
            "Lending.Notifications.Contracts",
            "Lending.Pdf",
        ],
        ["Servicing"] =
        [
            "Lending.Customers.Contracts",
            "Lending.Loans.Amortization",
            "Lending.Loans.Contracts",
            "Lending.Notifications.Contracts",
            "Lending.Pdf",
            "Lending.Servicing.Books",
        ],
        ["Payments"] =
        [
            "Lending.Customers.Contracts",
            "Lending.Notifications.Contracts",
            "Lending.Payments.Sepa",
            "Lending.Servicing.Contracts",
        ],
        ["Documents"] = ["Lending.Customers.Contracts", "Lending.Notifications.Contracts"],
        ["Applications"] =
        [
            "Lending.Applications.Scoring",
            "Lending.Customers.Contracts",
            "Lending.Documents.Contracts",
            "Lending.Identity.Contracts",
            "Lending.Loans.Amortization",
            "Lending.Loans.Contracts",
            "Lending.Notifications.Contracts",
        ],
        ["Disclosures"] =
        [
            "Lending.Customers.Contracts",
            "Lending.Disclosures.Form",
            "Lending.Identity.Contracts",
            "Lending.Loans.Contracts",
            "Lending.Notifications.Contracts",
        ],
        ["Portal"] =
        [
            "Lending.Disclosures.Contracts",
            "Lending.Loans.Contracts",
            "Lending.Notifications.Contracts",
            "Lending.Applications.Contracts",
            "Lending.Customers.Contracts",
            "Lending.Disclosures.Contracts",
            "Lending.Documents.Contracts",
            "Lending.Identity.Contracts",
            "Lending.Loans.Contracts",
            "Lending.Portal.Pages",
        ],
        ["Audit"] = [],
        ["Webhooks"] =
        [
            "Lending.Applications.Contracts",
            "Lending.Disclosures.Contracts",
            "Lending.Documents.Contracts",
            "Lending.Identity.Contracts",
            "Lending.Loans.Contracts",
            "Lending.Notifications.Contracts",
            "Lending.Servicing.Contracts",
        ],
    };

    // Everything that a project under src may refer to.
    private static readonly Dictionary<string, string[]> Declared = new([
        new("Lending.Kernel", []),
        new("Lending.EmbeddedPostgres", []),
        new("Lending.Pdf", ["Lending.Kernel"]),
        new("Lending.Platform", ["Lending.Kernel"]),
        new("Lending.Seeding", ["Lending.Kernel", "Lending.Platform"]),
        new("Lending.Loans.Amortization", ["Lending.Kernel"]),
        new("Lending.Payments.Sepa", []),
        new("Lending.Servicing.Books", ["Lending.Kernel", "Lending.Loans.Amortization"]),
        new("Lending.Applications.Scoring", ["Lending.Kernel"]),
        new(
            "Lending.Portal.Pages",
            [
                "Lending.Applications.Contracts",
                "Lending.Disclosures.Contracts",
                "Lending.Documents.Contracts",
                "Lending.Kernel",
                "Lending.Loans.Contracts",
                "Lending.Pdf",
            ]
        ),
        new("Lending.Disclosures.Form", ["Lending.Kernel", "Lending.Loans.Contracts", "Lending.Pdf"]),
        .. UsedByModule.SelectMany(module => ProjectsOf(module.Key, module.Value)),
        new("Lending.Host", [.. UsedByModule.Keys.SelectMany(OwnedBy), "Lending.EmbeddedPostgres", "Lending.Platform", "Lending.Seeding"]),
    ]);

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
    public void Modules_use_contracts_of_modules_before_them_only()
    {
        UsedByModule.Keys.ShouldBe(ModuleFolders.NamesInOrder);
        UsedByModule.SelectMany(module => UsedAgainstTheOrder(module.Key, module.Value)).ShouldBeEmpty();
        UsedAgainstTheOrder("Customers", ["Lending.Identity.Contracts", "Lending.Loans.Contracts"]).ShouldBe(["Lending.Loans.Contracts"]);
    }

    [Fact]
    public void Compiled_modules_use_no_other_modules_implementation()
    {
        ModuleFolders.Names.ShouldNotBeEmpty();
        foreach (var module in ModuleFolders.Names)
        {
            foreach (var assembly in OwnedBy(module).Append($"Lending.{module}.Contracts"))
            {
                OthersUsedBy(assembly, module).ShouldBeEmpty(assembly);
            }
        }
        OthersUsedBy("Lending.Host", "Host").ShouldNotBeEmpty("the rule finds them where they are");
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
        ModuleFolders.Names.ShouldNotBeEmpty();
        LendingHost
            .Modules.Select(AssemblyOf)
            .Order(StringComparer.Ordinal)
            .ShouldBe(ModuleFolders.Names.Select(name => $"Lending.{name}"));
    }

    [Fact]
    public async Task The_host_seeds_every_module_that_has_fake_data_in_the_modules_order()
    {
        await using var scope = host.App.Services.CreateAsyncScope();

        var seeded = ModuleFolders.Names.Where(ModuleFolders.HasSeeding).Select(name => $"Lending.{name}").ToList();
        seeded.ShouldNotBeEmpty();
        LendingHost
            .SeedersOf(scope.ServiceProvider)
            .Select(AssemblyOf)
            .ShouldBe(LendingHost.Modules.Select(AssemblyOf).Where(seeded.Contains).Select(assembly => $"{assembly}.Seeding"));
    }

    private static string AssemblyOf(object thing) => thing.GetType().Assembly.GetName().Name!;

    /// <summary>What belongs to a module alone; its contracts do not.</summary>
    private static string[] OwnedBy(string module) =>
        ModuleFolders.HasSeeding(module) ? [$"Lending.{module}", $"Lending.{module}.Seeding"] : [$"Lending.{module}"];

    private static IEnumerable<KeyValuePair<string, string[]>> ProjectsOf(string module, string[] used)
    {
        yield return new($"Lending.{module}.Contracts", ["Lending.Kernel"]);
        yield return new($"Lending.{module}", [$"Lending.{module}.Contracts", "Lending.Platform", .. used]);
        if (ModuleFolders.HasSeeding(module))
        {
            yield return new($"Lending.{module}.Seeding", [$"Lending.{module}", "Lending.Seeding"]);
        }
    }

    private static IEnumerable<string> UsedAgainstTheOrder(string module, string[] used)
    {
        var before = UsedByModule.Keys.TakeWhile(name => name != module).Select(name => $"Lending.{name}.Contracts");
        return used.Where(name => name.EndsWith(".Contracts", StringComparison.Ordinal)).Except(before);
    }

    private static IEnumerable<string> OthersUsedBy(string assembly, string module) =>
        ReferencesOf(assembly).Intersect(ModuleFolders.Names.Where(name => name != module).SelectMany(OwnedBy));

    private static IEnumerable<string> FrameworksUsedBy(string name) =>
        ReferencesOf(name).Where(reference => reference.Split('.')[0] is "Microsoft" or "Npgsql" or "FluentValidation" or "FastEndpoints");

    private static List<string> ReferencesOf(string name)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        return [.. assembly.MainModule.AssemblyReferences.Select(reference => reference.Name)];
    }

    private static IEnumerable<string> UndeclaredReferences(string project, XDocument file) =>
        file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Except(Declared.GetValueOrDefault(project, []));
}
