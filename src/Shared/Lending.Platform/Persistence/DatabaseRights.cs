using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Who may do what in the database, made anew after each migration from the modules' models, so that a new table has its rights and its policies by
/// itself. Who serves requests reads and writes rows, and of tables with organisations only those of the one that its command tells.
/// </summary>
public sealed class DatabaseRights(OwnerDatabase owner, IOptions<DatabaseOptions> options, ILogger<DatabaseRights> logger)
{
    // PostgreSQL asks a table's policy first, and then lets only functions that cannot tell what they saw choose by an index. These cannot, and lists
    // and searches need them. Only a superuser may say so; without it they are right, and slow in a big organisation.
    private static readonly string[] LeakproofFunctions =
    [
        "textlike(text, text)",
        "texticlike(text, text)",
        "numeric_lt(numeric, numeric)",
        "numeric_le(numeric, numeric)",
        "numeric_gt(numeric, numeric)",
        "numeric_ge(numeric, numeric)",
        "numeric_eq(numeric, numeric)",
    ];

    private const string OrganizationColumn = "organization_id";

    /// <summary>Who gets rights on what requests and jobs use, as SQL names them.</summary>
    internal string Grantees => $"{RowScope.SystemRole}, {Quoted(Login)}";

    private string Login =>
        owner.Api.Username
        ?? throw new InvalidOperationException(
            $"ConnectionStrings__{LendingPlatform.ConnectionStringName} has to name the user whom rows are granted to: Username=…"
        );

    /// <summary>Makes the roles that are missing.</summary>
    public async Task MakeRolesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (owns, isSuperuser) = (
            await connection.ReadAsync(
                "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user",
                row => (row.GetString(0), row.GetBoolean(1)),
                ct
            )
        ).Single();
        await MakeRoleAsync(connection, RowScope.SystemRole, "NOLOGIN", ct);
        if (!isSuperuser)
        {
            // The owner migrates rows of every organisation.
            await AdmitAsync(connection, owns, ct);
        }
        if (Login != owns)
        {
            // What it does not inherit it has to take on, by saying so.
            var password = owner.Api.Password is { Length: > 0 } secret ? $" PASSWORD '{Escaped(secret)}'" : "";
            await MakeRoleAsync(connection, Login, $"LOGIN NOINHERIT{password}", ct);
            await AdmitAsync(connection, Login, ct);
        }
        if (isSuperuser)
        {
            foreach (var function in LeakproofFunctions)
            {
                await RunAsync(connection, $"ALTER FUNCTION pg_catalog.{function} LEAKPROOF", ct);
            }
        }
    }

    /// <summary>
    /// Limits for how long requests may keep each other waiting. They are the user's in this database, so they hold on each connection and cost no request
    /// anything, also where PgBouncer lends connections.
    /// </summary>
    public async Task LimitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var limits = options.Value;
        try
        {
            foreach (
                var (setting, seconds) in ((string, int)[])
                    [
                        ("statement_timeout", limits.StatementTimeoutSeconds),
                        ("lock_timeout", limits.LockTimeoutSeconds),
                        ("idle_in_transaction_session_timeout", limits.IdleInTransactionTimeoutSeconds),
                    ]
            )
            {
                await RunAsync(
                    connection,
                    $"ALTER ROLE {Quoted(Login)} IN DATABASE {Quoted(connection.Database)} SET {setting} = '{seconds}s'",
                    ct
                );
            }
        }
        // Somebody else has made the user.
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            logger.LogWarning(
                "The owner may not limit how long {Login} waits and works. Whoever may sets statement_timeout, lock_timeout and idle_in_transaction_session_timeout for it",
                Login
            );
        }
    }

    /// <summary>Grants what a module's tables are for, and makes their policies.</summary>
    public async Task GrantAsync(NpgsqlConnection connection, string schema, IModel model, CancellationToken ct)
    {
        var roles = Grantees;
        await RunAsync(connection, $"GRANT USAGE ON SCHEMA {Quoted(schema)} TO {roles}", ct);
        await RunAsync(
            connection,
            $"GRANT SELECT ON {Quoted(schema)}.{Quoted(ModuleDatabaseExtensions.MigrationsHistoryTable)} TO {roles}",
            ct
        );
        // Functions are everybody's unless they are taken away, and some act as the owner.
        await RunAsync(connection, $"REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {Quoted(schema)} FROM PUBLIC", ct);
        await RunAsync(connection, $"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {Quoted(schema)} TO {roles}", ct);
        foreach (var table in model.GetRelationalModel().Tables.Where(table => table.Schema == schema))
        {
            var name = $"{Quoted(schema)}.{Quoted(table.Name)}";
            var isAppendOnly = table.EntityTypeMappings.Any(mapping => mapping.TypeBase.ClrType.IsAssignableTo(typeof(IAppendOnly)));
            var rights = isAppendOnly ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE";
            // In one transaction, so that whoever serves meanwhile is never without.
            await RunAsync(connection, $"REVOKE ALL ON {name} FROM {roles}; GRANT {rights} ON {name} TO {roles}", ct);
            if (table.FindColumn(OrganizationColumn) is not null && !await IsProtectedAsync(connection, name, ct))
            {
                await RunAsync(
                    connection,
                    $"""
                    ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
                    DROP POLICY IF EXISTS organization ON {name};
                    CREATE POLICY organization ON {name}
                        USING ({OrganizationColumn} = nullif(current_setting('{RowScope.Setting}', true), '')::uuid);
                    DROP POLICY IF EXISTS every_organization ON {name};
                    CREATE POLICY every_organization ON {name} TO {RowScope.SystemRole} USING (true);
                    """,
                    ct
                );
            }
        }
    }

    /// <summary>Whether somebody who serves requests is kept to one organisation: no superuser, no owner, nobody who sees all without saying so.</summary>
    public static async Task<bool> IsKeptApartAsync(NpgsqlDataSource requests, CancellationToken ct)
    {
        await using var connection = await requests.OpenConnectionAsync(ct);
        var found = await connection.ReadAsync(
            $"SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = '{RowScope.SystemRole}'",
            row => row.GetBoolean(0),
            ct
        );
        return found is [false];
    }

    // Where somebody else has made the roles, the owner may not grant them, and need not.
    private static async Task AdmitAsync(NpgsqlConnection connection, string login, CancellationToken ct)
    {
        if (
            await connection.ReadAsync(
                $"SELECT pg_has_role('{Escaped(login)}', '{RowScope.SystemRole}', 'MEMBER')",
                row => row.GetBoolean(0),
                ct
            )
            is [false]
        )
        {
            await RunAsync(connection, $"GRANT {RowScope.SystemRole} TO {Quoted(login)}", ct);
        }
    }

    private static async Task MakeRoleAsync(NpgsqlConnection connection, string role, string options, CancellationToken ct)
    {
        if (await connection.ReadAsync($"SELECT 1 FROM pg_roles WHERE rolname = '{Escaped(role)}'", row => row.GetInt32(0), ct) is [_])
        {
            return;
        }
        try
        {
            await RunAsync(connection, $"CREATE ROLE {Quoted(role)} {options}", ct);
        }
        // Other databases of the server have the same roles, and one has just made it.
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation) { }
    }

    private static async Task<bool> IsProtectedAsync(NpgsqlConnection connection, string table, CancellationToken ct) =>
        await connection.ReadAsync(
            $"""
            SELECT relrowsecurity AND relforcerowsecurity
                AND (SELECT array_agg(polname ORDER BY polname) FROM pg_policy WHERE polrelid = oid) = ARRAY['every_organization', 'organization']::name[]
            FROM pg_class WHERE oid = '{Escaped(table)}'::regclass
            """,
            row => !row.IsDBNull(0) && row.GetBoolean(0),
            ct
        )
            is [true];

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        // Names cannot be parameters; these come from our own code and configuration, never from a request.
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
