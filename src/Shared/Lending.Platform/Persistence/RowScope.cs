using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Whose rows a command is about. PostgreSQL's policies show it no others, whatever its text says; a command that tells nothing sees none. It is told
/// to PostgreSQL in the round trip of the command, for its transaction alone.
/// </summary>
/// <param name="OrganizationId">The organisation; null for every one.</param>
internal readonly record struct RowScope(Guid? OrganizationId)
{
    /// <summary>The setting that the policies read.</summary>
    public const string Setting = "lending.organization";

    /// <summary>The role that sees the rows of every organisation. Nobody logs in as it; a command takes it on where it says so.</summary>
    public const string SystemRole = "lending_system";

    private const string NoRole = "none";

    /// <summary>The rows of every organisation.</summary>
    public static readonly RowScope Every = new(null);

    private string Role => OrganizationId is null ? SystemRole : NoRole;

    private string Organization => OrganizationId?.ToString() ?? "";

    /// <summary>Tells it to PostgreSQL, until the transaction ends.</summary>
    public NpgsqlBatchCommand Telling => Tell($"SELECT set_config('role', $1, true), set_config('{Setting}', $2, true)");

    /// <summary>The same of a job, for whom nobody waits: the limits of requests are not its own.</summary>
    public NpgsqlBatchCommand TellingOfJob =>
        Tell(
            $"SELECT set_config('role', $1, true), set_config('{Setting}', $2, true), set_config('statement_timeout', '0', true), "
                + "set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)"
        );

    private NpgsqlBatchCommand Tell(string text) =>
        new(text)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = Role },
                new NpgsqlParameter<string> { TypedValue = Organization },
            },
        };

    /// <summary>Puts the telling in front of a command, whose rows then are its second result.</summary>
    public void TellIn(NpgsqlCommand command)
    {
        command.CommandText =
            $"SELECT set_config('role', @lending_role, true), set_config('{Setting}', @lending_organization, true);\n{command.CommandText}";
        command.Parameters.Add(new NpgsqlParameter<string>("lending_role", Role));
        command.Parameters.Add(new NpgsqlParameter<string>("lending_organization", Organization));
    }

    /// <summary>Whether a command tells whose rows it is about.</summary>
    public static bool IsToldIn(NpgsqlCommand command) => command.Parameters.Contains("lending_role");
}
