using System.Text;

namespace Lending.Bench.Load;

/// <summary>The numbers of a growth run: as a file, as a curve, and as the table for the README.</summary>
internal sealed class GrowthReport(string circumstances)
{
    /// <summary>How much more than at the smallest size the median latency may be.</summary>
    public const double Limit = 1.2;

    private readonly List<GrowthPoint> points = [];

    public string Circumstances { get; } = circumstances;

    public void Add(IEnumerable<GrowthPoint> measured) => points.AddRange(measured);

    /// <summary>Writes <c>growth.csv</c> and <c>growth.svg</c> into a folder.</summary>
    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "growth.csv"), ToCsv(), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "growth.svg"), GrowthChart.Draw(points, Circumstances), ct);
    }

    public string ToMarkdown(IReadOnlyList<long> offersAtTheEnd)
    {
        var sizes = points.Select(point => point.Offers).Distinct().ToList();
        var text = new StringBuilder();
        Add($"{Circumstances}. p50 in ms, in brackets against the smallest size.\n\n| operation |");
        sizes.ForEach(size => Add($" {size:N0} |"));
        Add($" at most {Limit:0.0} | host, CPU µs | answer, bytes |\n|---|");
        sizes.ForEach(_ => Add($"---:|"));
        Add($"---|---:|---:|\n");
        foreach (var operation in points.GroupBy(point => point.Operation, StringComparer.Ordinal))
        {
            var (first, last) = (operation.First().Turn, operation.Last().Turn);
            Add($"| {operation.Key} |");
            foreach (var point in operation)
            {
                Add($" {point.Turn.P50Milliseconds:F2} ({point.Ratio:F2}) |");
            }
            Add($" {Judge(operation)} | {first.ProcessorMicroseconds:N0} → {last.ProcessorMicroseconds:N0} |");
            Add($" {first.AnswerBytes:N0} → {last.AnswerBytes:N0} |\n");
        }
        Add($"\nOffers at the end, with those that were created:");
        foreach (var count in offersAtTheEnd)
        {
            Add($" {count:N0};");
        }
        return text.ToString().TrimEnd(';') + ".";

        void Add(FormattableString part) => text.Append(FormattableString.Invariant(part));
    }

    private static string Judge(IEnumerable<GrowthPoint> operation) =>
        operation.Any(point => point.Turn.Errors > 0) ? "errors"
        : operation.All(point => point.Ratio <= Limit) ? "PASS"
        : "over";

    private string ToCsv()
    {
        var text = new StringBuilder("operation,offers,requests_per_second,p50_ms,p50_ratio,p99_ms,host_cpu_us,answer_bytes,errors\n");
        foreach (var (operation, offers, turn, ratio) in points)
        {
            text.Append(
                FormattableString.Invariant(
                    $"{operation},{offers},{turn.PerSecond:F0},{turn.P50Milliseconds:F3},{ratio:F3},{turn.P99Milliseconds:F3},{turn.ProcessorMicroseconds:F1},{turn.AnswerBytes:F0},{turn.Errors}\n"
                )
            );
        }
        return text.ToString();
    }
}
