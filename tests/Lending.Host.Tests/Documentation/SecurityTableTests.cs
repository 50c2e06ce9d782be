using System.Text.RegularExpressions;
using Lending.Host.Tests.Architecture;

namespace Lending.Host.Tests.Documentation;

/// <summary>What pages on security and law say is covered is covered by tests that there are.</summary>
public sealed partial class SecurityTableTests
{
    [Theory]
    [InlineData("docs/security.md", 50)]
    [InlineData("docs/threat-model.md", 50)]
    [InlineData("docs/customer-journey.md", 25)]
    public async Task Every_test_that_the_table_names_exists(string page, int fewer)
    {
        var table = await File.ReadAllTextAsync(Repository.PathOf(page));
        var sources = Directory
            .GetFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText, StringComparer.Ordinal);
        var named = Named()
            .Matches(table)
            .Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value))
            .Distinct()
            .ToList();

        named.Count.ShouldBeGreaterThan(fewer);
        named.Where(test => !Has(test.Class, test.Method)).ShouldBeEmpty();
        Has("SecurityTableTests", "Nothing_of_this_name").ShouldBeFalse("the rule finds what is not there");

        bool Has(string @class, string method) => sources[@class].Any(source => source.Contains($" {method}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z]*Tests)\\.(?<method>[A-Za-z0-9_]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
