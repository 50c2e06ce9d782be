using Lending.Audit.Data;
using Lending.Audit.Seals;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Audit.Tests.Seals;

public sealed class SealingTests
{
    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task An_entry_that_is_committed_late_is_behind_no_seal()
    {
        await using var host = await AuditFixture.StartOwnAsync(("first", AccessTokenOptions.NewSigningKey()));
        await using var slow = await host.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (
            var insert = new NpgsqlCommand(
                $"INSERT INTO audit.entries (id, at, organization_id, action, entity_type) VALUES ('{Unique.Id()}', now(), '{organization}', 'UPDATE', 'Thing')",
                slow
            )
        )
        {
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await host.NoteAsync(organization);

        await host.Services.GetRequiredService<Sealing>().SealAsync(TestContext.Current.CancellationToken);
        (await host.VerifyAsync()).SealedEntries.ShouldBe(0, "the slow one began before");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await host.SealAsync(2);

        (await host.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Instances_that_seal_at_once_make_one_chain()
    {
        await using var host = await AuditFixture.StartOwnAsync(("first", AccessTokenOptions.NewSigningKey()));
        await Parallel.ForAsync(0, 40, async (_, _) => await host.NoteAsync(organization));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SealAsync(40)));

        var verdict = await host.VerifyAsync();
        verdict.SealedEntries.ShouldBe(40);
        verdict.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_restore_into_a_new_server_sealing_goes_on()
    {
        await using var host = await AuditFixture.StartOwnAsync(("first", AccessTokenOptions.NewSigningKey()));
        await host.NoteAsync(organization);
        // As if it had been written by a server that had counted further.
        await host.RunAsync("UPDATE audit.entries SET transaction = transaction + 1000000000");

        await PrepareAsync(host);
        await host.NoteAsync(organization);
        await host.SealAsync(2);

        (await host.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_of_any_month_have_a_place_and_get_their_partition_later()
    {
        await using var host = await AuditFixture.StartOwnAsync(("first", AccessTokenOptions.NewSigningKey()));
        var month = TimeProvider.System.GetUtcNow().AddMonths(7);
        await host.RunAsync(
            $"INSERT INTO audit.entries (id, at, organization_id, action, entity_type) VALUES ('{Unique.Id()}', '{month:O}', '{organization}', 'UPDATE', 'Thing')"
        );
        (await PartitionOfAsync(host)).ShouldBe("audit.entries_default");

        host.Clock.Advance(month - TimeProvider.System.GetUtcNow());
        await PrepareAsync(host);

        (await PartitionOfAsync(host)).ShouldBe($"audit.entries_{month:yyyy_MM}");
    }

    private static Task<string> PartitionOfAsync(ModuleHost host) =>
        host.ReadAsync<string>("SELECT tableoid::regclass::text FROM audit.entries");

    private static async Task PrepareAsync(ModuleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        foreach (var preparation in scope.ServiceProvider.GetServices<IDatabasePreparation>().OfType<LogPreparation>())
        {
            await preparation.PrepareAsync(CancellationToken.None);
        }
    }
}
