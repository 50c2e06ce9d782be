using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>What Linux says of processes' memory, in MB of 1,048,576 bytes.</summary>
internal static class Memory
{
    public static double Read(int process, string file, string field) => ReadNumber(process, file, field) / 1024;

    /// <summary>What a process and all that came of it hold; PSS gives each of those that share something its part of that.</summary>
    public static double OfTree(int root, string field)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
            {
                parents[process] = (int)UnlessEnded(() => ReadNumber(process, "status", "PPid"));
            }
        }
        return parents.Keys.Where(IsInTree).Sum(process => UnlessEnded(() => Read(process, "smaps_rollup", field)));

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

    private static double ReadNumber(int process, string file, string field)
    {
        var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/{file}")
            .First(line => line.StartsWith($"{field}:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
