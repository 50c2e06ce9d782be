using System.Net;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Servicing.Tests.Data;

/// <summary>What the database itself refuses, whatever a statement says.</summary>
public sealed class JournalTests(ServicingFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Theory]
    [InlineData("UPDATE servicing.loan_events SET effective_on = effective_on")]
    [InlineData("UPDATE servicing.journal_entries SET effective_on = effective_on")]
    [InlineData("UPDATE servicing.journal_lines SET amount = amount")]
    [InlineData("DELETE FROM servicing.loan_events")]
    [InlineData("DELETE FROM servicing.journal_entries")]
    [InlineData("DELETE FROM servicing.journal_lines")]
    [InlineData("UPDATE servicing.payoff_quotes SET expires_on = expires_on")]
    [InlineData("DELETE FROM servicing.payoff_quotes")]
    [InlineData("UPDATE servicing.closed_periods SET through = through")]
    [InlineData("DELETE FROM servicing.closed_periods")]
    public async Task Who_serves_requests_changes_and_deletes_nothing_of_the_books(string statement)
    {
        await fixture.DisbursedAccountAsync(organization);

        (await RefusedAsync(organization, statement)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_lines_of_an_entry_sum_to_zero_at_the_commit()
    {
        var id = await fixture.DisbursedAccountAsync(organization);

        var refused = await RefusedAsync(
            organization,
            $"""
            WITH entry AS (
                INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, posted_with, created_at)
                SELECT gen_random_uuid(), organization_id, loan_account_id, 'wrong', effective_on, id, recorded_at
                FROM servicing.loan_events WHERE loan_account_id = '{id}'
                RETURNING id, organization_id
            )
            INSERT INTO servicing.journal_lines (journal_entry_id, account, organization_id, amount)
            SELECT id, account, organization_id, amount FROM entry, (VALUES ('Principal', 1.00), ('ClearingOut', -0.99)) AS lines (account, amount)
            """
        );

        refused.ConstraintName.ShouldBe("ck_journal_lines_sum_to_zero");
    }

    [Fact]
    public async Task An_entry_is_of_the_account_of_its_event_and_an_event_of_the_organisation_of_its_account()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        var other = await fixture.DisbursedAccountAsync(organization);
        var stranger = Unique.Id();

        var entry = await RefusedAsync(
            organization,
            $"""
            INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, posted_with, created_at)
            SELECT gen_random_uuid(), organization_id, '{other}', 'wrong', effective_on, id, recorded_at
            FROM servicing.loan_events WHERE loan_account_id = '{id}'
            """
        );
        var happened = await RefusedAsync(
            stranger,
            $"""
            INSERT INTO servicing.loan_events
                (id, organization_id, loan_account_id, number, type, effective_on, document, recorded_at, recorded_by_id, recorded_by_username)
            VALUES (gen_random_uuid(), '{stranger}', '{id}', 2, 'payment', '2026-02-01', '', now(), gen_random_uuid(), 'x')
            """
        );

        entry.ConstraintName.ShouldBe("fk_journal_entries_loan_events_posted_with");
        happened.ConstraintName.ShouldBe("fk_loan_events_loan_accounts_loan_account_id");
    }

    [Fact]
    public async Task Nothing_is_posted_into_a_closed_period_with_a_time_before_its_closing()
    {
        var id = await fixture.DisbursedAccountAsync(organization);
        await fixture
            .Host.ClientFor(Persons.Administrator(organization))
            .PostAsync("/closed-periods", new { through = "2026-03-31" }, HttpStatusCode.Created);

        var refused = await RefusedAsync(organization, Entry("2026-03-31", "closed_at"));
        await AsApiAsync<object?>(organization, Entry("2026-03-31", "closed_at + interval '1 microsecond'"));
        await AsApiAsync<object?>(organization, Entry("2026-04-01", "closed_at - interval '1 day'"));

        refused.ConstraintName.ShouldBe("ck_journal_entries_posted_after_closing");

        string Entry(string on, string postedAt) =>
            $"""
                INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, created_at)
                SELECT gen_random_uuid(), organization_id, '{id}', 'wrong', '{on}', {postedAt} FROM servicing.closed_periods
                """;
    }

    [Fact]
    public async Task The_books_of_another_organisation_are_not_there()
    {
        await fixture.DisbursedAccountAsync(organization);

        foreach (var table in (string[])["loan_accounts", "loan_events", "journal_entries", "journal_lines"])
        {
            (await CountAsync(organization, table)).ShouldBeGreaterThan(0, table);
            (await CountAsync(Unique.Id(), table)).ShouldBe(0, table);
        }
    }

    private Task<PostgresException> RefusedAsync(Guid teller, string statement) =>
        Should.ThrowAsync<PostgresException>(() => AsApiAsync<object?>(teller, statement));

    private Task<long> CountAsync(Guid teller, string table) => AsApiAsync<long>(teller, $"SELECT count(*) FROM servicing.{table}");

    // As the API connects, in a transaction that tells whose rows it is about.
    private async Task<T?> AsApiAsync<T>(Guid teller, string statement)
    {
        await using var connection = await fixture.Host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var tell = new NpgsqlCommand("SELECT set_config('lending.organization', $1, true)", connection)
        {
            Parameters = { new() { Value = teller.ToString() } },
        };
        await tell.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        var answer = await command.ExecuteScalarAsync();
        await transaction.CommitAsync();
        return (T?)answer;
    }
}
