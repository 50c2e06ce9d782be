namespace Lending.Host.Tests.Architecture;

/// <summary>The folders of a module have a direction; see decision record 49.</summary>
public sealed class FolderRulesTests
{
    // What composes a module knows all of it, and may be known by all of it. So does the module's class.
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["Data"] = "the DbContext knows every entity, and every slice asks the DbContext",
        ["Contracts"] = "what the module does for its neighbours may need any of its folders",
    };

    [Fact]
    public void Folders_of_a_module_do_not_use_each_other_in_a_circle()
    {
        ModuleFolders.Names.Count.ShouldBe(LendingHost.Modules.Count);
        var found = new List<string>();
        foreach (var module in ModuleFolders.Names)
        {
            var graph = new FolderGraph(Path.Combine(AppContext.BaseDirectory, $"Lending.{module}.dll"), $"Lending.{module}");

            graph
                .Folders.Except([FolderGraph.Root])
                .Order(StringComparer.Ordinal)
                .ShouldBe(FoldersOnDisk($"src/Modules/{module}/Lending.{module}"), module);
            graph.Circles(Exempt.Keys).ShouldBeEmpty(module);
            found.AddRange(graph.Folders);
        }
        found.Except(Exempt.Keys).Count().ShouldBeGreaterThanOrEqualTo(10);
        Exempt.Keys.Except(found).ShouldBeEmpty("what is exempt is there");
    }

    [Fact]
    public void The_rule_finds_a_circle()
    {
        var samples = new FolderGraph(typeof(FolderRulesTests).Assembly.Location, $"{typeof(FolderRulesTests).Namespace}.Samples");

        samples.Folders.Order(StringComparer.Ordinal).ShouldBe(["Eggs", "Hens", "Nests"]);
        samples.Circles([]).ShouldBe(["Eggs → Hens: Egg uses Hen", "Hens → Eggs: Hen uses Egg"]);
        samples.Circles(["Hens"]).ShouldBeEmpty();
    }

    // A score of fraud says nothing of who can pay a loan back (Art. 18 of Directive (EU) 2023/2225).
    [Fact]
    public void What_decides_on_loans_does_not_use_scores_of_fraud()
    {
        string[] mayUse = [FolderGraph.Root, "Contracts", "CreditApplications", "Data", "RiskReviews"];
        var graph = new FolderGraph(Path.Combine(AppContext.BaseDirectory, "Lending.Applications.dll"), "Lending.Applications");

        graph.Folders.ShouldContain("Assessments");
        var users = graph.UsersOf("Risk");
        users.Keys.ShouldContain("CreditApplications", "submitting scores");
        users.Where(user => !mayUse.Contains(user.Key)).ShouldBeEmpty();
        new FolderGraph(typeof(FolderRulesTests).Assembly.Location, $"{typeof(FolderRulesTests).Namespace}.Samples")
            .UsersOf("Eggs")
            .Keys.ShouldContain("Hens", "the rule finds a use");
    }

    private static IEnumerable<string> FoldersOnDisk(string project) =>
        Directory
            .GetDirectories(Repository.PathOf(project))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder))
            .Except(["bin", "obj"])
            .Order(StringComparer.Ordinal);
}
