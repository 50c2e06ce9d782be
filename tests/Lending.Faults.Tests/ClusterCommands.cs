using Lending.EmbeddedPostgres;

namespace Lending.Faults.Tests;

/// <summary>The commands by which tests start and stop PostgreSQL as an operator does. Who runs them gives them an environment.</summary>
internal static class ClusterCommands
{
    // PostgreSQL refuses to run as root.
    public static string[] AsPostgres =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    public static string[] Start(string programs, string data, int port) =>
        Of(programs, "pg_ctl", "-D", data, "-o", $"-p {port}", "-l", $"{data}.log", "-w", "start");

    /// <summary>Stops it at once, as a crash does.</summary>
    public static string[] Stop(string programs, string data) => Of(programs, "pg_ctl", "-D", data, "-m", "immediate", "stop");

    /// <summary>A program of PostgreSQL with these arguments.</summary>
    public static string[] Of(string programs, string program, params string[] arguments) =>
        [.. AsPostgres, PostgresBinaries.PathOf(programs, program), .. arguments];
}
