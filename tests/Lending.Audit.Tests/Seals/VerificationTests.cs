using Lending.Audit.Seals;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Audit.Tests.Seals;

/// <summary>Who can write to the database can change the log, but not without being noticed.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private static readonly string Key = AccessTokenOptions.NewSigningKey();

    private readonly Guid organization = Unique.Id();
    private readonly List<Guid> entries = [];
    private ModuleHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuditFixture.StartOwnAsync(("first", Key));
        for (var number = 0; number < 5; number++)
        {
            entries.Add(await host.NoteAsync(organization, entityId: Unique.Id()));
        }
        await host.SealAsync(entries.Count);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Nothing_is_found_in_a_log_that_nobody_touched()
    {
        entries.Add(await host.NoteAsync(organization));
        await host.SealAsync(entries.Count);
        await host.NoteAsync(organization);

        var verdict = await host.VerifyAsync();

        verdict.Findings.ShouldBeEmpty();
        verdict.SealedEntries.ShouldBe(6);
        verdict.Seals.ShouldBeGreaterThanOrEqualTo(2);
        verdict.LastSeal.ShouldStartWith($"{verdict.Seals} ");
    }

    [Theory]
    [InlineData("action = 'READ'")]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("user_id = gen_random_uuid()")]
    [InlineData("entity_id = NULL")]
    [InlineData("address = '203.0.113.1'")]
    [InlineData("changes = '{\"status\": [1, 2]}'")]
    [InlineData("organization_id = gen_random_uuid()")]
    public async Task A_changed_entry_is_named(string change)
    {
        await host.RunAsync($"UPDATE audit.entries SET {change} WHERE id = '{entries[2]}'");

        (await host.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldMatch($"^Entry {entries[2]} of seal \\d+ was changed\\.$");
    }

    [Fact]
    public async Task A_removed_entry_is_named()
    {
        await host.RunAsync($"DELETE FROM audit.entries WHERE id IN ('{entries[0]}', '{entries[4]}')");

        var findings = (await host.VerifyAsync()).Findings;

        findings.Count.ShouldBe(2);
        findings.ShouldContain(finding => finding.Contains($"{entries[0]}") && finding.EndsWith("was removed."));
        findings.ShouldContain(finding => finding.Contains($"{entries[4]}") && finding.EndsWith("was removed."));
    }

    [Fact]
    public async Task An_entry_that_was_put_among_sealed_ones_is_named()
    {
        var forged = Unique.Id();
        await host.RunAsync(
            $"""
            INSERT INTO audit.entries (transaction, id, at, organization_id, action, entity_type)
            SELECT transaction, '{forged}', at, organization_id, 'UPDATE', 'Thing' FROM audit.entries WHERE id = '{entries[1]}'
            """
        );

        (await host.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldStartWith($"Entry {forged} was inserted among those of seal ");
    }

    [Fact]
    public async Task An_entry_that_pretends_to_be_old_is_named_before_and_after_it_is_sealed()
    {
        var forged = Unique.Id();
        await host.RunAsync(
            $"""
            INSERT INTO audit.entries (id, at, organization_id, action, entity_type)
            VALUES ('{forged}', now() - interval '2 hours', '{organization}', 'UPDATE', 'Thing')
            """
        );
        (await host.VerifyAsync()).Findings.ShouldBe([$"Entry {forged} was inserted behind the last seal."]);

        await host.SealAsync(entries.Count + 1);

        (await host.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldStartWith($"Entry {forged} was inserted into seal ");
    }

    [Fact]
    public async Task Entries_that_changed_places_are_named()
    {
        await host.RunAsync(
            $"""
            UPDATE audit.entries AS e SET transaction = other.transaction FROM audit.entries AS other
            WHERE (e.id, other.id) IN (('{entries[1]}', '{entries[3]}'), ('{entries[3]}', '{entries[1]}'))
            """
        );

        var findings = (await host.VerifyAsync()).Findings;

        findings.Count.ShouldBe(2);
        findings.ShouldAllBe(finding => finding.Contains("was moved"));
        findings.ShouldContain(finding => finding.StartsWith($"Entry {entries[1]} "));
        findings.ShouldContain(finding => finding.StartsWith($"Entry {entries[3]} "));
    }

    [Fact]
    public async Task An_entry_that_was_put_behind_the_last_seal_is_named()
    {
        await host.RunAsync($"UPDATE audit.entries SET transaction = transaction + 1000000 WHERE id = '{entries[0]}'");

        (await host.VerifyAsync())
            .Findings.ShouldHaveSingleItem()
            .ShouldMatch($"^Entry {entries[0]} of seal \\d+ was moved: it is behind the last seal\\.$");
    }

    [Fact]
    public async Task A_changed_seal_does_not_hide_a_changed_entry()
    {
        await host.RunAsync($"DELETE FROM audit.entries WHERE id = '{entries[0]}'");
        // The seal that remains is right in itself, but for its signature.
        await host.RunAsync(
            $"""
            UPDATE audit.seals SET entry_ids = array_remove(entry_ids, '{entries[0]}'), entry_hashes = substr(entry_hashes, 33)
            WHERE '{entries[0]}' = ANY (entry_ids)
            """
        );

        (await host.VerifyAsync()).Findings.ShouldContain(finding => finding.StartsWith("Seal ") && finding.EndsWith(" was changed."));
    }

    [Fact]
    public async Task A_seal_that_somebody_else_made_has_a_wrong_signature()
    {
        var forger = await AuditFixture.StartOwnAsync(("first", AccessTokenOptions.NewSigningKey()));
        await using var disposed = forger;
        var id = await forger.NoteAsync(organization);
        await forger.SealAsync(1);
        await CopySealsAsync(forger, host);

        var findings = (await host.VerifyAsync()).Findings;

        findings.ShouldContain(finding => finding.StartsWith("The signature of seal ") && finding.EndsWith(" is wrong."));
        findings.ShouldContain(finding => finding.Contains($"{id}"));
    }

    [Fact]
    public async Task A_removed_seal_is_named()
    {
        await host.NoteAsync(organization);
        await host.SealAsync(entries.Count + 1);
        await host.RunAsync("DELETE FROM audit.seals WHERE number = 1");

        (await host.VerifyAsync()).Findings.ShouldContain("Of the seals, 1 to 1 were removed.");
    }

    [Fact]
    public async Task A_retired_key_is_vouched_for_by_the_next_one_and_without_it_is_not()
    {
        var connection = host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString;
        var next = AccessTokenOptions.NewSigningKey();

        (await VerifyWithAsync(connection, "second", next))
            .ShouldHaveSingleItem()
            .ShouldStartWith("The seals from 1 to 1 are signed with keys that are not configured (first)");

        // Both keys, the new one active: it seals, though there is nothing new to seal.
        await SealWithAsync(connection, ("second", next), ("first", Key));
        (await VerifyWithAsync(connection, "second", next)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_chain_that_somebody_made_anew_is_not_vouched_for_by_the_next_seal()
    {
        // Right in itself, and signed with a key of the forger's: the job finds nothing to seal but that the key is another one.
        await host.RunAsync($"UPDATE audit.entries SET action = 'READ' WHERE id = '{entries[2]}'");
        await host.RunAsync("DELETE FROM audit.seals");
        var connection = host.Database.ConnectionString;
        await SealWithAsync(connection, ("forged", AccessTokenOptions.NewSigningKey()));
        await SealWithAsync(connection, ("first", Key));
        await SealWithAsync(connection, ("first", Key));

        (await host.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldContain("keys that are not configured (forged)");
    }

    [Fact]
    public async Task Seals_that_were_cut_off_or_made_anew_are_missed_by_whoever_has_noted_one()
    {
        var noted = (await host.VerifyAsync()).LastSeal!;
        (await host.VerifyAsync(noted)).Findings.ShouldBeEmpty();

        await host.RunAsync("DELETE FROM audit.seals");
        await host.SealAsync(entries.Count);

        (await host.VerifyAsync()).Findings.ShouldBeEmpty();
        (await host.VerifyAsync(noted)).Findings.ShouldBe([$"The seal {noted} is not in the log: seals were taken away, or made anew."]);
    }

    [Fact]
    public async Task Two_entries_with_one_id_do_not_end_the_verification()
    {
        await host.RunAsync(
            $"""
            INSERT INTO audit.entries (transaction, id, at, organization_id, action, entity_type)
            SELECT transaction, id, at + interval '1 second', organization_id, action, entity_type FROM audit.entries WHERE id = '{entries[
                1
            ]}'
            """
        );

        (await host.VerifyAsync()).Findings.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Reads_that_waited_for_the_database_are_no_finding()
    {
        await host.RunAsync(
            $"""
            INSERT INTO audit.entries (id, at, organization_id, action, entity_type)
            VALUES ('{Unique.Id()}', now() - interval '2 hours', '{organization}', 'READ', 'Thing')
            """
        );
        (await host.VerifyAsync()).Findings.ShouldBeEmpty();

        await host.SealAsync(entries.Count + 1);

        (await host.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_column_is_sealed() =>
        (
            await host.ReadAsync<string[]>(
                "SELECT array_agg(column_name::text) FROM information_schema.columns WHERE table_schema = 'audit' AND table_name = 'entries'"
            )
        ).ShouldBe(StoredEntry.Columns.Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);

    [Theory]
    [InlineData("UPDATE audit.entries SET action = 'READ'")]
    [InlineData("DELETE FROM audit.entries")]
    [InlineData("TRUNCATE audit.entries")]
    [InlineData("UPDATE audit.seals SET key_id = 'x'")]
    [InlineData("DELETE FROM audit.seals")]
    [InlineData("ALTER TABLE audit.entries DROP COLUMN address")]
    [InlineData("CREATE TABLE audit.other (id int)")]
    public async Task Who_serves_requests_can_only_add(string sql)
    {
        var requests = host.Services.GetRequiredService<NpgsqlDataSource>();
        foreach (var role in new[] { "", "SET LOCAL ROLE lending_system; " })
        {
            await using var connection = await requests.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(role + sql, connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege
            );
        }
    }

    private static async Task<IReadOnlyList<string>> VerifyWithAsync(string connection, string id, string key)
    {
        await using var dataSource = NpgsqlDataSource.Create(connection);
        return (await new Verification(dataSource, KeysOf((id, key))).VerifyAsync(known: null, CancellationToken.None)).Findings;
    }

    private async Task SealWithAsync(string connection, params (string Id, string Key)[] keys)
    {
        await using var dataSource = NpgsqlDataSource.Create(connection);
        var logger = Microsoft.Extensions.Logging.Abstractions.NullLogger<Sealing>.Instance;
        await new Sealing(dataSource, KeysOf(keys), host.Clock, logger).SealAsync(CancellationToken.None);
    }

    private static SealKeys KeysOf(params (string Id, string Key)[] keys)
    {
        var options = new AccessTokenOptions { ActiveSigningKey = keys[0].Id };
        foreach (var (id, key) in keys)
        {
            options.SigningKeys[id] = key;
        }
        return new SealKeys(Microsoft.Extensions.Options.Options.Create(options));
    }

    private static async Task CopySealsAsync(ModuleHost from, ModuleHost to)
    {
        var row = await from.ReadAsync<string>("SELECT row_to_json(s)::text FROM audit.seals s");
        await to.RunAsync(
            $"DELETE FROM audit.seals; INSERT INTO audit.seals SELECT * FROM json_populate_record(NULL::audit.seals, '{row}')"
        );
    }
}
