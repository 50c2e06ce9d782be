using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Lending.EmbeddedPostgres.Tests;

/// <summary>A folder of one test, open to the user that runs the server for root.</summary>
internal sealed class Scratch : IDisposable
{
    private static readonly TimeSpan GoneTimeout = TimeSpan.FromMinutes(1);

    public string Root { get; } =
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"lending-test-{Path.GetRandomFileName()}")).FullName;

    public string Data => Path.Combine(Root, "data");

    public PostgresServerOptions Options => new() { DataDirectory = Data, Durable = false };

    public static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public static int ServerProcessId(string data) =>
        int.Parse(File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            // A process that has died but was not waited for yet has no memory.
            return process.WorkingSet64 > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(GoneTimeout);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether initdb is at work: it writes this file first.</summary>
    public bool HasDraft() => Directory.GetDirectories(Root).Any(folder => File.Exists(Path.Combine(folder, "PG_VERSION")));

    /// <summary>Makes a folder that looks as if it held PostgreSQL's programs.</summary>
    public string FakePrograms()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "bin")).FullName;
        foreach (var program in new[] { "postgres", "initdb" })
            File.WriteAllText(PostgresBinaries.PathOf(folder, program), "");
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
