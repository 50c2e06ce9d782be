using Lending.Host.Verbs;
using Lending.Seeding;
using Spectre.Console;

namespace Lending.Host.Tests.Seeding;

public sealed class SeedProgressViewTests
{
    private const string Escape = "\u001b[";

    [Fact]
    public async Task A_terminal_shows_bars_with_rate_and_remaining_time()
    {
        var output = await ShowAsync(isTerminal: true, steps: 40);

        output.ShouldContain(Escape);
        output.ShouldContain("━");
        output.ShouldContain("100%");
        output.ShouldContain("/s");
        output.ShouldContain("00:00:0");
    }

    [Fact]
    public async Task Elsewhere_it_writes_plain_lines_the_first_and_the_last()
    {
        var output = await ShowAsync(isTerminal: false, steps: 40);

        output.ShouldNotContain(Escape);
        output.ShouldNotContain("━");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("customers: 1,000 of 40,000, ");
        lines[0].ShouldEndWith(" s left");
        lines[^1].ShouldStartWith("customers: 40,000 of 40,000, ");
    }

    private static async Task<string> ShowAsync(bool isTerminal, int steps)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
                Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
                ColorSystem = isTerminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Out = new Wide(writer),
            }
        );
        await SeedProgressView.ShowAsync(
            console,
            async progress =>
            {
                for (var step = 1; step <= steps; step++)
                {
                    progress.Report(new SeedProgress("customers", step * 1000, steps * 1000));
                    await Task.Delay(10);
                }
                return steps;
            }
        );
        return writer.ToString();
    }

    private sealed class Wide(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding) { }
    }
}
