using System.Globalization;
using System.Text.RegularExpressions;
using Lending.EmbeddedPostgres;

namespace Lending.Bench.Load;

/// <summary>What seeding takes: the published host's verb on a fresh PostgreSQL, such as the host starts where none is configured.</summary>
internal static partial class SeedCost
{
    private const double MostSeconds = 60;
    private const double MostMegabytes = 400;
    private const double MostMicrosecondsPerRow = 10;

    public static async Task RunAsync(string[] arguments, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("lending-seed-").FullName;
        try
        {
            await using var postgres = await PostgresServer.StartAsync(
                new PostgresServerOptions { DataDirectory = Path.Combine(folder, "data") },
                ct
            );
            var postmaster = Processes.PostmasterOf(postgres);
            var (peak, peakTogether) = (0.0, 0.0);
            Console.WriteLine($"seed {string.Join(' ', arguments)}");
            var output = await Bench.RunHostAsync(
                "seed",
                ["seed", "--force", .. arguments],
                postgres,
                ct,
                host =>
                {
                    // Not its PSS: other .NET programs, such as this one, share the runtime's files with it, and would take their part.
                    var alone = Processes.MemoryOfTree(host, "Rss");
                    (peak, peakTogether) = (
                        Math.Max(peak, alone),
                        Math.Max(peakTogether, alone + Processes.MemoryOfTree(postmaster, "Pss"))
                    );
                }
            );
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{Number(Rows(), output):N0} rows; the host alone held {peak:N0} MB at most, looked at every second"
                )
            );
            Console.WriteLine("The goals are meant for 200,000 customers, 1,000,000 offers and two processors:");
            Goal.Print([
                Goal.AtMost("seeding, s", Number(Seconds(), output), MostSeconds),
                Goal.AtMost("seeding, µs a row", 1e6 * Number(Seconds(), output) / Number(Rows(), output), MostMicrosecondsPerRow),
                Goal.AtMost("peak memory of host and PostgreSQL, MB", peakTogether, MostMegabytes),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Number(Regex label, string output) =>
        double.Parse(label.Match(output).Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"rows in all\s+(?<number>[\d,]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\s*seconds\s+(?<number>[\d,.]+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();
}
