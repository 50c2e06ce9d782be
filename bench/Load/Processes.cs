using System.Globalization;
using Lending.EmbeddedPostgres;

namespace Lending.Bench.Load;

/// <summary>What Linux says of processes: their memory, in MB of 1,048,576 bytes, and their processor time.</summary>
internal static class Processes
{
    // What Linux counts processor time in, and where /proc/N/stat has it, behind the program's name: used, in the kernel, and both of children that ended.
    private const double TicksPerSecond = 100;
    private const int TicksUsed = 11;
    private const int KindsOfTicks = 4;

    public static int PostmasterOf(PostgresServer postgres) =>
        int.Parse(File.ReadLines(Path.Combine(postgres.DataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static double ReadMemory(int process, string file, string field) => ReadNumber(process, file, field) / 1024;

    /// <summary>What a process and all that came of it hold; PSS gives each of those that share something its part of that.</summary>
    public static double MemoryOfTree(int root, string field) =>
        Tree(root).Sum(process => UnlessEnded(() => ReadMemory(process, "smaps_rollup", field)));

    /// <summary>The processor time of a process and of all that came of it, also of what has ended.</summary>
    public static TimeSpan ProcessorTimeOfTree(int root) =>
        TimeSpan.FromSeconds(Tree(root).Sum(process => UnlessEnded(() => ReadSeconds(process))));

    private static List<int> Tree(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
            {
                parents[process] = (int)UnlessEnded(() => ReadNumber(process, "status", "PPid"));
            }
        }
        return [.. parents.Keys.Where(IsInTree)];

        bool IsInTree(int process) => process == root || (parents.TryGetValue(process, out var parent) && IsInTree(parent));
    }

    private static double UnlessEnded(Func<double> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double ReadSeconds(int process)
    {
        var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Skip(TicksUsed).Take(KindsOfTicks).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static double ReadNumber(int process, string file, string field)
    {
        var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/{file}")
            .First(line => line.StartsWith($"{field}:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
