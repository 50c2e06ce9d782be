namespace Lending.Testing;

/// <summary>Waits until a request waits for somebody else's lock, so that a test of locks does not guess how long that takes.</summary>
public static class LockWaits
{
    /// <summary>Returns when a statement that names this table waits for a lock in the host's database.</summary>
    public static async Task UntilAsync(ModuleHost host, string table, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            await using var command = host.Database.CreateCommand(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1)"
            );
            command.Parameters.Add(new() { Value = $"%{table}%" });
            if ((bool)(await command.ExecuteScalarAsync(ct))!)
            {
                return;
            }
            await Task.Delay(50, ct);
        }
        throw new TimeoutException($"Nobody waits for {table}.");
    }
}
