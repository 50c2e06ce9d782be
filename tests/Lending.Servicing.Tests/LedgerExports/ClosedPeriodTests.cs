using System.Net;
using Lending.Testing;
using Npgsql;

namespace Lending.Servicing.Tests.LedgerExports;

/// <summary>A closed period never changes, whatever is recorded for its days later.</summary>
public sealed class ClosedPeriodTests(ServicingFixture fixture)
{
    private const string Period = "from=2026-01-01&to=2026-03-31";

    private readonly Guid organization = Unique.Id();

    private HttpClient Administrator => fixture.Host.ClientFor(Persons.Administrator(organization));

    [Fact]
    public async Task What_a_closed_period_says_never_changes_and_what_comes_later_is_told_apart()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await PayAsync(Administrator, id, "2026-03-01", 86.07m);
        var closed = await CloseAsync("2026-03-31");
        var closedAt = Uri.EscapeDataString(closed["closedAt"]!);
        var export = await ExportAsync($"{Period}&knownAt={closedAt}");
        var balance = await BalanceAsync(closedAt);

        await PayAsync(Administrator, id, "2026-02-01", 86.07m);

        (await ExportAsync($"{Period}&knownAt={closedAt}")).ShouldBe(export);
        (await BalanceAsync(closedAt)).ShouldBe(balance);
        var later = await ExportAsync($"{Period}&knownSince={closedAt}");
        later.Count.ShouldBeGreaterThan(1, "a header, and what the payment of February changed");
        (await ExportAsync(Period)).Order().ShouldBe(export.Union(later).Order());
    }

    [Fact]
    public async Task Periods_are_closed_one_after_the_other_and_only_when_they_are_over()
    {
        await CloseAsync("2026-03-31");
        await CloseAsync("2026-06-14");

        (await TryAsync("2026-06-14")).ShouldBeProblem(HttpStatusCode.Conflict, "period-closed");
        (await TryAsync("2026-01-31")).ShouldBeProblem(HttpStatusCode.Conflict, "period-closed");
        (await TryAsync("2026-06-15")).WrongFields.ShouldBe(["through"]);
        (await Administrator.SendAsync("POST", "/closed-periods", new { })).WrongFields.ShouldBe(["through"]);
        (await ThroughsAsync(Administrator)).ShouldBe(["2026-06-14", "2026-03-31"]);
        (await ThroughsAsync(fixture.Host.ClientFor(Persons.Administrator(Unique.Id())))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_closes_waits_for_what_is_being_posted_and_who_posts_meanwhile_posts_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await fixture.StartAsync();
        var staff = host.ClientFor(Persons.Administrator(organization));
        var id = await fixture.DisbursedAccountAsync(organization, host: host);
        await using var connection = await host.Database.OpenConnectionAsync(ct);

        // Somebody has posted, and has not committed yet.
        await using var posting = await connection.BeginTransactionAsync(ct);
        await RunAsync(
            $"""
            INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, created_at)
            VALUES (gen_random_uuid(), '{organization}', '{id}', 'slow', '2026-02-01', '{host.Clock.GetUtcNow():O}')
            """
        );
        var closing = staff.SendAsync("POST", "/closed-periods", new { through = "2026-03-31" });
        await LockWaits.UntilAsync(host, "pg_advisory_xact_lock", ct);
        var committedAt = host.Clock.GetUtcNow();
        await posting.CommitAsync(ct);
        (await closing).Json.GetProperty("closedAt").GetDateTimeOffset().ShouldBeGreaterThan(committedAt);

        // Somebody closes, and has not committed yet.
        await using var another = await connection.BeginTransactionAsync(ct);
        await RunAsync($"SELECT pg_advisory_xact_lock(hashtextextended('closed periods {organization}', 0))");
        var payment = new MoneyBody(Unique.Id(), "2026-02-01", 86.07m);
        var paying = staff.SendAsync("POST", $"/loan-accounts/{id}/payments", payment);
        await LockWaits.UntilAsync(host, "journal_entries", ct);
        await RunAsync(
            $"""
            INSERT INTO servicing.closed_periods (id, organization_id, through, closed_at, closed_by_id, closed_by_username)
            VALUES (gen_random_uuid(), '{organization}', '2026-04-30', '{host.Clock.GetUtcNow():O}', gen_random_uuid(), 'x')
            """
        );
        await another.CommitAsync(ct);
        (await paying).ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
        await staff.PostAsync($"/loan-accounts/{id}/payments", payment, HttpStatusCode.OK);

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private Task<Answer> CloseAsync(string through) => Administrator.PostAsync("/closed-periods", new { through }, HttpStatusCode.Created);

    private Task<Answer> TryAsync(string through) => Administrator.SendAsync("POST", "/closed-periods", new { through });

    private static async Task<List<string?>> ThroughsAsync(HttpClient who) =>
        [
            .. (await who.GetAsync("/closed-periods", HttpStatusCode.OK))
                .Json.GetProperty("periods")
                .EnumerateArray()
                .Select(period => period.GetProperty("through").GetString()),
        ];

    private async Task<List<string>> ExportAsync(string query) =>
        [.. (await Administrator.GetAsync($"/ledger-exports/csv?{query}", HttpStatusCode.OK)).Text.Split("\r\n")];

    private async Task<string> BalanceAsync(string knownAt) =>
        (await Administrator.GetAsync($"/trial-balance?asOf=2026-03-31&knownAt={knownAt}", HttpStatusCode.OK)).Text;

    private static Task<Answer> PayAsync(HttpClient who, Guid id, string on, decimal amount) =>
        who.PostAsync($"/loan-accounts/{id}/payments", new MoneyBody(Unique.Id(), on, amount), HttpStatusCode.OK);
}
