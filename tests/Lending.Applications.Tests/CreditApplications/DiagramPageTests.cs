using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Platform.Persistence;

namespace Lending.Applications.Tests.CreditApplications;

/// <summary>docs/customer-journey.md says what can follow what.</summary>
public sealed class DiagramPageTests
{
    private static readonly string Page = File.ReadAllText(PathOfPage()).ReplaceLineEndings("\n");

    [Fact]
    public void The_page_draws_every_move_but_what_it_says_in_words()
    {
        var diagram = Page.Split("```mermaid\n")[1].Split("```")[0];
        var drawn = diagram
            .Split('\n')
            .Where(line => line.Contains(" --> ", StringComparison.Ordinal) && !line.Contains("[*]", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0].Trim().ToUpperInvariant());

        drawn.ShouldBe(
            ApplicationDiagram
                .Moves.Where(move => move.To is not (ApplicationStatus.Withdrawn or ApplicationStatus.Expired))
                .Select(move => $"{EnumText.Of(move.From)} --> {EnumText.Of(move.To)}"),
            ignoreOrder: true
        );
    }

    [Fact]
    public void In_words_it_says_what_expires_and_what_can_be_withdrawn()
    {
        var expiring = ApplicationDiagram.Expiring.Select(EnumText.Of).ToArray();

        Page.ShouldContain(
            $"{string.Join(", ", expiring[..^1])} and {expiring[^1]} expire after {CreditApplication.DaysToExpiry} days",
            Case.Insensitive
        );
        Page.ShouldContain("Everything before *contracted* can be withdrawn, but for what is declined or over.");
        Enum.GetValues<ApplicationStatus>()
            .Except(ApplicationDiagram.Open)
            .ShouldBe(
                [ApplicationStatus.Contracted, ApplicationStatus.Declined, ApplicationStatus.Expired, ApplicationStatus.Withdrawn],
                ignoreOrder: true
            );
    }

    private static string PathOfPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }
        return Path.Combine(folder.FullName, "docs", "customer-journey.md");
    }
}
