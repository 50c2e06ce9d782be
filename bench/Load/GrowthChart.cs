using System.Text;

namespace Lending.Bench.Load;

/// <summary>The curve of a growth run as SVG: a line for each operation, both axes logarithmic.</summary>
internal static class GrowthChart
{
    private const int Width = 900;
    private const int Height = 520;
    private const int Left = 80;
    private const int Right = 680;
    private const int Top = 80;
    private const int Bottom = 440;
    private const int LegendLine = 24;
    private const int LabelHeight = 15;

    // Told apart by the colour-blind too (Okabe and Ito).
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"];

    private static readonly double[] Ticks = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static string Draw(IReadOnlyList<GrowthPoint> points, string circumstances)
    {
        var sizes = points.Select(point => point.Offers).Distinct().ToList();
        var lowest = Ticks.LastOrDefault(tick => tick <= Math.Min(0.8, points.Min(point => point.Ratio)), Ticks[0]);
        var highest = Ticks.FirstOrDefault(tick => tick >= Math.Max(1.5, points.Max(point => point.Ratio)), Ticks[^1]);
        var svg = new StringBuilder();
        Add(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="sans-serif" font-size="13" fill="#222">"""
        );
        Add($"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        Add($"""<text x="{Left}" y="32" font-size="18" font-weight="bold">Latency as the number of offers grows</text>""");
        Add($"""<text x="{Left}" y="54" fill="#555">p50 against that at {sizes[0]:N0} offers; {circumstances}</text>""");
        var labelled = new List<double>();
        // From 1 outwards, and where two labels would overlap, only the first.
        foreach (var tick in Ticks.Where(tick => tick >= lowest && tick <= highest).OrderBy(tick => Math.Abs(Math.Log(tick))))
        {
            var y = Y(tick);
            if (labelled.TrueForAll(other => Math.Abs(other - y) >= LabelHeight))
            {
                labelled.Add(y);
                Add($"""<path d="M{Left} {y:F1}H{Right}" stroke="#e0e0e0"/>""");
                Add($"""<text x="{Left - 8}" y="{y + 4:F1}" text-anchor="end">{tick:0.##}</text>""");
            }
        }
        foreach (var size in sizes)
        {
            Add($"""<path d="M{X(size):F1} {Top}V{Bottom}" stroke="#e0e0e0"/>""");
            Add($"""<text x="{X(size):F1}" y="{Bottom + 20}" text-anchor="middle">{size:N0}</text>""");
        }
        Add($"""<path d="M{Left} {Top}V{Bottom}H{Right}" fill="none" stroke="#222"/>""");
        Add($"""<text x="{(Left + Right) / 2}" y="{Bottom + 48}" text-anchor="middle">offers (logarithmic)</text>""");
        Add(
            $"""<text transform="translate(28 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">p50 relative to the smallest (logarithmic)</text>"""
        );
        Add($"""<path d="M{Left} {Y(GrowthReport.Limit):F1}H{Right}" stroke="#c00" stroke-width="1.5" stroke-dasharray="7 5"/>""");
        var line = 0;
        AddLegend($"limit {GrowthReport.Limit:0.0}", """stroke="#c00" stroke-width="1.5" stroke-dasharray="7 5" """);
        foreach (var operation in points.GroupBy(point => point.Operation, StringComparer.Ordinal))
        {
            var colour = Colours[(line - 1) % Colours.Length];
            var path = string.Join(
                'L',
                operation.Select(point => FormattableString.Invariant($"{X(point.Offers):F1} {Y(point.Ratio):F1}"))
            );
            Add($"""<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>""");
            foreach (var point in operation)
            {
                Add($"""<circle cx="{X(point.Offers):F1}" cy="{Y(point.Ratio):F1}" r="4" fill="{colour}"/>""");
            }
            AddLegend($"{operation.Key} {operation.Last().Ratio:F2}", $"stroke=\"{colour}\" stroke-width=\"2.5\"");
        }
        Add($"""<text x="{Right + 24}" y="{Top + 14 + line * LegendLine}" fill="#555">(at {sizes[^1]:N0} offers)</text>""");
        Add($"</svg>");
        return svg.ToString();

        void Add(FormattableString element) => svg.Append(FormattableString.Invariant(element)).Append('\n');

        void AddLegend(FormattableString text, string stroke)
        {
            var y = Top + 10 + LegendLine * line++;
            Add($"""<path d="M{Right + 24} {y}h28" {stroke}/>""");
            Add($"""<text x="{Right + 60}" y="{y + 4}">{FormattableString.Invariant(text)}</text>""");
        }

        double X(int size) =>
            sizes.Count == 1 ? Left : Left + (Right - Left) * Math.Log((double)size / sizes[0]) / Math.Log((double)sizes[^1] / sizes[0]);

        double Y(double ratio) => Bottom - (Bottom - Top) * Math.Log(ratio / lowest) / Math.Log(highest / lowest);
    }
}
