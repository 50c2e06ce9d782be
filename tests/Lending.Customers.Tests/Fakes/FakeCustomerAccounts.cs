using System.Collections.Concurrent;
using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Lending.Customers.Tests.Fakes;

/// <summary>
/// Accounts in a table of their own, so that a test can see whether account and profile are written in one transaction. It refuses what a
/// test asks it to refuse by name.
/// </summary>
/// <param name="owner">The module's database.</param>
/// <param name="db">A request's context, in whose transaction it takes part; a test has none.</param>
internal sealed class FakeCustomerAccounts(OwnerDatabase owner, CustomersDbContext? db) : ICustomerAccounts
{
    public const string RefusedPrefix = "refused-account";
    public const string WeakPassword = "weak";
    public static readonly Error Refused = Error.Conflict("username-taken", "Refused for a test.", "username");
    public static readonly Error PasswordTooShort = Error.Validation("password-too-short", "Refused for a test.", "password");

    private static readonly ConcurrentDictionary<Guid, bool> Activated = new();

    public async Task CreateTableAsync() =>
        await ExecuteAsync(
            "CREATE TABLE accounts (user_id uuid PRIMARY KEY, customer_id uuid, organization_id uuid, email text, username text, password text); GRANT ALL ON accounts TO PUBLIC",
            CancellationToken.None
        );

    public async Task<IReadOnlyList<Error>> CreateAsync(NewCustomerAccount account, CancellationToken ct)
    {
        await ExecuteAsync(
            "INSERT INTO accounts VALUES ($1, $2, $3, $4, $5, $6)",
            ct,
            account.UserId,
            account.CustomerId,
            account.OrganizationId,
            account.Email,
            account.Username,
            account.Password
        );
        if (account.Password == WeakPassword)
        {
            return [PasswordTooShort];
        }
        return IsRefused(account.Email) || IsRefused(account.Username) ? [Refused] : [];
    }

    public async Task<IReadOnlyList<Error>> ChangeEmailAsync(Guid customerId, string email, CancellationToken ct)
    {
        await ExecuteAsync("UPDATE accounts SET email = $2 WHERE customer_id = $1", ct, customerId, email);
        return IsRefused(email) ? [Refused] : [];
    }

    public Task<IReadOnlyList<Error>> FindObstaclesAsync(NewCustomerAccount account, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Error>>(
            account.Password == WeakPassword ? [PasswordTooShort]
            : IsRefused(account.Username) ? [Refused]
            : []
        );

    public async Task<Invitation?> InviteAsync(Guid customerId, CancellationToken ct) =>
        Activated.ContainsKey(customerId)
            ? null
            : new Invitation($"token-of-{customerId}", new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), (await FindAsync(customerId))!.Email);

    public Task DeleteAsync(Guid customerId, CancellationToken ct) =>
        ExecuteAsync("DELETE FROM accounts WHERE customer_id = $1", ct, customerId);

    /// <summary>As if the customer had accepted an invitation.</summary>
    public static void Activate(Guid customerId) => Activated[customerId] = true;

    public async Task<Account?> FindAsync(Guid customerId)
    {
        await using var select = owner.DataSource.CreateCommand(
            "SELECT user_id, organization_id, email, username, password FROM accounts WHERE customer_id = $1"
        );
        select.Parameters.Add(new NpgsqlParameter { Value = customerId });
        await using var reader = await select.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? new Account(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetString(2),
                await reader.IsDBNullAsync(3) ? null : reader.GetString(3),
                await reader.IsDBNullAsync(4) ? null : reader.GetString(4)
            )
            : null;
    }

    /// <summary>How many accounts have this e-mail.</summary>
    public async Task<long> CountAsync(string email)
    {
        await using var select = owner.DataSource.CreateCommand("SELECT count(*) FROM accounts WHERE email = $1");
        select.Parameters.Add(new NpgsqlParameter { Value = email });
        return (long)(await select.ExecuteScalarAsync())!;
    }

    private static bool IsRefused(string? text) => text?.StartsWith(RefusedPrefix, StringComparison.Ordinal) == true;

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object?[] values)
    {
        var transaction = (NpgsqlTransaction?)db?.Database.CurrentTransaction?.GetDbTransaction();
        await using var command = transaction is null
            ? owner.DataSource.CreateCommand(sql)
            : new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
        await command.ExecuteNonQueryAsync(ct);
    }

    internal sealed record Account(Guid UserId, Guid OrganizationId, string Email, string? Username, string? Password);
}
