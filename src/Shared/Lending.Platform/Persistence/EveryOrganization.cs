using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// The one way past the walls between organisations, for what has no organisation yet (a login, a link) and for jobs. <c>git grep EveryOrganization</c>
/// finds all who take it.
/// </summary>
public static class EveryOrganization
{
    /// <summary>What an SQL command, written by hand, begins with to see the rows of every organisation.</summary>
    public const string Sql = $"{Mark}\n";

    /// <summary>How such a command begins, whatever ends the line: EF ends its tags as the machine's texts end their lines.</summary>
    internal const string Mark = $"-- {Tag}";

    private const string Tag = "every organisation";

    private const int JobTimeoutSeconds = 30;

    /// <summary>
    /// The rows of every organisation and, unless <paramref name="keepCustomerFilter"/>, of every customer. Not for <c>ExecuteUpdate</c>, which EF sends
    /// without its tag, so that it finds no row: that is written as SQL.
    /// </summary>
    public static IQueryable<T> OfEveryOrganization<T>(this IQueryable<T> query, bool keepCustomerFilter = false)
        where T : class =>
        (keepCustomerFilter ? query.IgnoreQueryFilters([ModuleDbContext.OrganizationFilter]) : query.IgnoreQueryFilters()).TagWith(Tag);

    /// <summary>Lets an open transaction of a job, from here on, see the rows of every organisation, and take its time.</summary>
    public static async Task SeeEveryOrganizationAsync(this NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { RowScope.Every.TellingOfJob } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Runs a command of a job on the rows of every organisation, and answers how many it changed.</summary>
    public static async Task<int> ExecuteOverEveryOrganizationAsync(
        this NpgsqlDataSource dataSource,
        string sql,
        IEnumerable<NpgsqlParameter> parameters,
        CancellationToken ct
    )
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters.ToArray());
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = TimeoutOfJob(batch.Timeout);
        batch.BatchCommands.Add(RowScope.Every.TellingOfJob);
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>For how many seconds a job waits for a statement: longer than a request, if that has a limit.</summary>
    internal static int TimeoutOfJob(int timeoutSeconds) => timeoutSeconds == 0 ? 0 : Math.Max(timeoutSeconds, JobTimeoutSeconds);

    /// <summary>Reads rows of every organisation for a job.</summary>
    internal static async Task<List<T>> ReadOverEveryOrganizationAsync<T>(
        this NpgsqlDataSource dataSource,
        NpgsqlBatchCommand command,
        Func<NpgsqlDataReader, T> read,
        int timeoutSeconds,
        CancellationToken ct
    )
    {
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = timeoutSeconds;
        batch.BatchCommands.Add(RowScope.Every.TellingOfJob);
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>The rows of every organisation that the filters leave, and the results of SQL, which has none.</summary>
    public static IQueryable<T> OverEveryOrganization<T>(this IQueryable<T> query) => query.TagWith(Tag);
}
