using System.Globalization;
using System.Text;
using Lending.Disclosures.Form;

namespace Lending.Disclosures.Tests.Form;

/// <summary>The table of docs/disclosures.md is what the rows say.</summary>
public sealed class LawTableTests
{
    private const string Begin = "<!-- rows -->\n";
    private const string End = "<!-- end of rows -->\n";

    [Fact]
    public void The_documented_table_lists_every_letter_with_its_row_and_test()
    {
        var page = File.ReadAllText(PathOfPage()).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var documented = page[begin..page.IndexOf(End, StringComparison.Ordinal)];

        documented.ShouldBe(Table(), "docs/disclosures.md has another table than the rows give; it should be:\n" + Table());
    }

    private static string Table()
    {
        var table = new StringBuilder("| law | part | row | where | test |\n|---|---|---|---|---|\n");
        var rules = FormRows.All.SelectMany(rule => rule.Fulfils.Select(letter => (letter, rule)));
        foreach (var (letter, rule) in rules.OrderBy(entry => Order(entry.letter)).ThenBy(entry => entry.letter, StringComparer.Ordinal))
        {
            var isConditional = FormTests.ConditionalRows.Any(row => row.Data == rule.Key);
            var test = isConditional
                ? nameof(FormTests.A_row_that_does_not_apply_vanishes)
                : nameof(FormTests.Every_letter_of_article_10_has_its_row);
            test =
                letter.StartsWith("10", StringComparison.Ordinal) || isConditional
                    ? test
                    : nameof(FormTests.All_other_rows_are_always_there);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {letter} | {rule.Section} | {rule.Key}: {FormTexts.All["en"].Labels[rule.Key].Label} | {(isConditional ? "where applicable" : "always")} | `{test}` |\n"
            );
        }
        return table.ToString();
    }

    private static int Order(string letter) => letter.StartsWith("10", StringComparison.Ordinal) ? 0 : 1;

    private static string PathOfPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }
        return Path.Combine(folder.FullName, "docs", "disclosures.md");
    }
}
