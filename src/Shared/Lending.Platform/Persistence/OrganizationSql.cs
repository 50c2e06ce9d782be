using System.Buffers;
using System.Globalization;
using Lending.Platform.Security;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Runs the SQL of slices, for reads that have to be quick and for locks. What stands in the braces of a statement is sent as a parameter, never as
/// text; a <see cref="FormattableString"/> there is a part of the statement, with parameters of its own. Takes part in the request's transaction if
/// there is one. Scoped.
/// </summary>
/// <example><code>
/// sql.ReadAsync($"SELECT name FROM loans.products WHERE {sql.OfOrganization} AND id = {id}", row => row.GetString(0), ct)
/// </code></example>
public sealed class OrganizationSql(Transactions transactions, Caller caller)
{
    // PostgreSQL may keep one plan of a prepared statement for all values. A plan that suits a common value reads the whole table for a rare one.
    // Both settings travel with the statement, and are rolled back if it fails.
    private const string PlanForValues = "SET plan_cache_mode = force_custom_plan";
    private const string PlanAsUsual = "RESET plan_cache_mode";

    private static readonly SearchValues<string> Locks = SearchValues.Create(
        ["FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE", "FOR KEY SHARE"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>
    /// The condition that leaves only rows of the caller's organisation. A customer also gets other customers' rows, so use it only where nothing of
    /// the rows is shown.
    /// </summary>
    public FormattableString OfOrganization => $"organization_id = {new Organization(caller.OrganizationId)}";

    /// <summary>The condition that leaves only rows that the caller may see: of the organisation, and to customers only what is theirs.</summary>
    /// <param name="customerId">The column that says which customer a row belongs to.</param>
    public FormattableString OfCaller(FormattableString customerId) =>
        caller.CustomerScope switch
        {
            { } customer => $"{OfOrganization} AND {customerId} = {customer}",
            null => OfOrganization,
        };

    /// <summary>Asks the database. A statement that uses neither of the two conditions above is refused.</summary>
    /// <param name="statement">The SQL. It may lock rows only inside a transaction, which keeps the lock.</param>
    /// <param name="read">Makes the result of a row, by the positions of its columns.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    /// <param name="planForValues">Whether it is planned for its values, because the best plan depends on how many rows fit them.</param>
    public async Task<List<T>> ReadAsync<T>(
        FormattableString statement,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct,
        bool planForValues = false
    )
    {
        var command = CommandOf(statement);
        await using var own = transactions.IsOpen ? null : await transactions.OpenToReadAsync(ct);
        await using var batch = new NpgsqlBatch(own ?? transactions.Connection);
        var scope = new RowScope(caller.OrganizationId);
        var tells = transactions.HasToTell(scope);
        if (tells)
        {
            batch.BatchCommands.Add(scope.Telling);
        }
        foreach (var part in planForValues ? [new(PlanForValues), command, new(PlanAsUsual)] : (NpgsqlBatchCommand[])[command])
        {
            batch.BatchCommands.Add(part);
        }
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (tells)
        {
            await reader.NextResultAsync(ct);
        }
        var found = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(read(reader));
        }
        return found;
    }

    /// <summary>Asks as above, together with who else asks at this moment: for few rows that are found by an index. Inside a transaction, and on the standby, alone.</summary>
    public Task<List<T>> ReadTogetherAsync<T, TModule>(
        ReadBatches<TModule> batches,
        FormattableString statement,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct
    ) =>
        transactions.IsOpen || transactions.ReadsStandby
            ? ReadAsync(statement, read, ct)
            : batches.ReadAsync(new RowScope(caller.OrganizationId), CommandOf(statement), read, ct);

    private NpgsqlBatchCommand CommandOf(FormattableString statement)
    {
        var command = new NpgsqlBatchCommand();
        var saysWhose = false;
        var text = TextOf(statement);
        if (!saysWhose)
        {
            throw new InvalidOperationException($"A statement has to say whose rows it means: {text}");
        }
        if (!transactions.IsOpen && text.AsSpan().ContainsAny(Locks))
        {
            throw new InvalidOperationException($"Without a transaction, a lock ends with the statement: {text}");
        }
        command.CommandText = transactions.OfSlice(text);
        return command;

        string TextOf(FormattableString sql) =>
            string.Format(CultureInfo.InvariantCulture, sql.Format, [.. sql.GetArguments().Select(TextOfArgument)]);

        string TextOfArgument(object? argument)
        {
            if (argument is FormattableString part)
            {
                return TextOf(part);
            }
            if (argument is string sent && sent.Contains('\0', StringComparison.Ordinal))
            {
                // As PostgreSQL would, and before it does: Npgsql does not always know afterwards what it has prepared on the connection.
                throw new PostgresException("A text with a NUL", "ERROR", "ERROR", PostgresErrorCodes.CharacterNotInRepertoire);
            }
            saysWhose |= argument is Organization;
            var value = argument is Organization organization ? organization.Id : argument;
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
            return $"${command.Parameters.Count}";
        }
    }

    private sealed record Organization(Guid Id);
}
