using System.Diagnostics;

namespace Lending.Testing;

/// <summary>Programs of others that ours is tried with, as Debian has them.</summary>
public static class OtherPrograms
{
    private static readonly Lock Installing = new();

    /// <summary>Makes sure that a program is there. On a machine that is made for tests (Debian, as root) it is installed; else the test says what to install.</summary>
    /// <param name="name">Such as <c>promtool</c>.</param>
    /// <param name="package">Debian's package that has it.</param>
    public static void Need(string name, string package)
    {
        lock (Installing)
        {
            if (IsThere(name))
            {
                return;
            }
            if (Environment.IsPrivilegedProcess && IsThere("apt-get"))
            {
                // Other test projects may be installing theirs.
                Run("apt-get", "-o", "DPkg::Lock::Timeout=300", "update", "-qq");
                Run("apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq", "--no-install-recommends", package);
            }
            if (!IsThere(name))
            {
                throw new InvalidOperationException($"These tests run {name}, which is not here: install it (on Debian {package}).");
            }
        }
    }

    /// <summary>Where a program is that is there.</summary>
    public static string PathOf(string name) => Find(name) ?? throw new InvalidOperationException($"{name} is not here.");

    private static bool IsThere(string name) => Find(name) is not null;

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }
}
