using System.Diagnostics;
using Lending.Seeding;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lending.Host.Verbs;

/// <summary>Shows how far a seeding has got: bars on a terminal; elsewhere, where nothing can be overwritten, a line now and then.</summary>
internal static class SeedProgressView
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    public static Task<T> ShowAsync<T>(IAnsiConsole console, Func<IProgress<SeedProgress>, Task<T>> work) =>
        console.Profile.Capabilities is { Ansi: true, Interactive: true } ? ShowBarsAsync(console, work) : work(new Lines(console));

    private static Task<T> ShowBarsAsync<T>(IAnsiConsole console, Func<IProgress<SeedProgress>, Task<T>> work) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RateColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context => work(new Bars(context)));

    private sealed class Bars(ProgressContext context) : IProgress<SeedProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];

        public void Report(SeedProgress value)
        {
            if (!tasks.TryGetValue(value.Kind, out var task))
            {
                tasks.Add(value.Kind, task = context.AddTask(value.Kind, maxValue: value.Total));
            }
            task.Value = value.Done;
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<SeedProgress>
    {
        private string? kind;
        private long start;
        private long lastLine;

        public void Report(SeedProgress value)
        {
            if (value.Kind != kind)
            {
                (kind, start, lastLine) = (value.Kind, Stopwatch.GetTimestamp(), 0);
            }
            if (value.Done < value.Total && lastLine != 0 && Stopwatch.GetElapsedTime(lastLine) < BetweenLines)
            {
                return;
            }
            lastLine = Stopwatch.GetTimestamp();
            var rate = value.Done / Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.001);
            console.Profile.Out.Writer.WriteLine(
                FormattableString.Invariant(
                    $"{value.Kind}: {value.Done:N0} of {value.Total:N0}, {rate:N0} a second, {(value.Total - value.Done) / rate:N0} s left"
                )
            );
        }
    }

    private sealed class RateColumn : ProgressColumn
    {
        // Spectre's own column shows the speed of the last moments, which is zero for a part that is finished. This one shows the mean speed.
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(FormattableString.Invariant($"{task.Value / Math.Max(task.ElapsedTime?.TotalSeconds ?? 0, 0.001):N0}/s"));
    }
}
