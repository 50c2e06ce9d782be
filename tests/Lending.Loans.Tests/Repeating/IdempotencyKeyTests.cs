using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Repeating;

/// <summary>A POST with an <c>Idempotency-Key</c> is done once, however often it is sent and whatever breaks in between.</summary>
public sealed class IdempotencyKeyTests(IdempotencyKeyTests.OwnHost own) : IClassFixture<IdempotencyKeyTests.OwnHost>
{
    private readonly LoansFixture fixture = own.Fixture;
    private readonly Office office = new(own.Fixture);
    private readonly string key = Unique.Text();

    [Fact]
    public async Task The_same_request_is_answered_the_same_and_done_once()
    {
        var first = await CreateAsync();
        var second = await CreateAsync();

        first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
        first.Location.ShouldNotBeNull();
        first.ETag.ShouldNotBeNull();
        first.IsReplayed.ShouldBeFalse();
        second.ShouldBe(first with { IsReplayed = true });
        await ShouldHaveOffersAsync(1);
        // It is the answer of then, also where the offer has changed since.
        await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{first.Id}", new { termMonths = 12 }, HttpStatusCode.OK);
        (await CreateAsync()).ShouldBe(first with { IsReplayed = true });
    }

    [Fact]
    public async Task A_move_is_made_once_and_its_repetition_is_no_error()
    {
        var offer = await office.OfferAsync();
        var path = $"/loan-offers/{offer.Id}/cancel";

        var first = await office.Installer.SendAsync("POST", path, new { comment = "Too late" }, idempotencyKey: key);
        var second = await office.Installer.SendAsync("POST", path, new { comment = "Too late" }, idempotencyKey: key);

        first.Status.ShouldBe(HttpStatusCode.OK, first.Text);
        second.ShouldBe(first with { IsReplayed = true });
        (await office.Installer.SendAsync("POST", path, new { comment = "Too late" })).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Another_request_with_the_key_is_refused_and_not_done()
    {
        var first = await CreateAsync();

        (await CreateAsync(terms: office.Terms(termMonths: 11))).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-reused");
        (
            await office.Installer.SendAsync("POST", $"/loan-offers/{first.Id}/comments", office.Terms(), idempotencyKey: key)
        ).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-reused");
        await ShouldHaveOffersAsync(1);
        (await CreateAsync()).ShouldBe(first with { IsReplayed = true });
    }

    [Fact]
    public async Task Keys_of_another_caller_or_organisation_mean_nothing()
    {
        using var colleague = fixture.Host.ClientFor(Persons.Installer(office.Id));
        var elsewhere = new Office(fixture);

        var mine = await CreateAsync();
        var colleagues = await CreateAsync(colleague);
        var others = await CreateAsync(elsewhere.Installer, elsewhere.Terms());

        ((Answer[])[mine, colleagues, others]).ShouldAllBe(answer => answer.Status == HttpStatusCode.Created && !answer.IsReplayed);
        mine.Id.ShouldNotBe(colleagues.Id);
        await ShouldHaveOffersAsync(2);
        await ShouldHaveOffersAsync(1, elsewhere);
    }

    [Fact]
    public async Task Of_twenty_twins_one_is_done_and_all_are_answered_the_same()
    {
        for (var round = 0; round < 5; round++)
        {
            var twinsKey = Unique.Text();
            var twins = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(idempotencyKey: twinsKey)));

            var first = twins.Single(answer => !answer.IsReplayed);
            first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
            var again = first with { IsReplayed = true };
            twins.Where(answer => answer.IsReplayed).ShouldAllBe(answer => answer == again);
            await ShouldHaveOffersAsync(round + 1);
        }
    }

    [Fact]
    public async Task A_twin_of_one_that_takes_long_is_told_to_come_again()
    {
        await using var held = await HoldEventsAsync();
        var first = CreateAsync();
        await UntilSomebodyWaitsAsync();

        (await CreateAsync()).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-in-use");

        first.IsCompleted.ShouldBeFalse();
        await held.DisposeAsync();
        (await CreateAsync()).ShouldBe(await first with { IsReplayed = true });
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task A_twin_of_one_that_fails_is_done_itself()
    {
        await using var held = await HoldEventsAsync();
        var first = CreateAsync();
        await UntilSomebodyWaitsAsync();
        var second = CreateAsync();
        await UntilTheTwinWaitsAsync();
        await EndWhoWaitsForEventsAsync();
        await held.DisposeAsync();

        ((int)(await first).Status).ShouldBeGreaterThanOrEqualTo(500);
        (await second).Status.ShouldBe(HttpStatusCode.Created);
        (await second).IsReplayed.ShouldBeFalse();
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task What_breaks_after_the_commit_is_not_done_again()
    {
        await Should.ThrowAsync<HttpRequestException>(() => SendAndBreakAsync());
        await ShouldHaveOffersAsync(1);

        var repeated = await CreateAsync();

        repeated.Status.ShouldBe(HttpStatusCode.Created);
        repeated.IsReplayed.ShouldBeTrue();
        (await office.Installer.GetAsync($"/loan-offers/{repeated.Id}", HttpStatusCode.OK)).Id.ShouldBe(repeated.Id);
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task What_breaks_before_the_commit_is_done_when_it_is_repeated()
    {
        await using (await HoldEventsAsync())
        {
            var broken = CreateAsync();
            await UntilSomebodyWaitsAsync();
            await EndWhoWaitsForEventsAsync();
            ((int)(await broken).Status).ShouldBeGreaterThanOrEqualTo(500);
        }
        await ShouldHaveOffersAsync(0);

        var repeated = await CreateAsync();

        repeated.Status.ShouldBe(HttpStatusCode.Created, repeated.Text);
        repeated.IsReplayed.ShouldBeFalse();
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task Who_goes_away_before_the_commit_leaves_nothing_behind()
    {
        await using (await HoldEventsAsync())
        {
            using var leaving = new CancellationTokenSource();
            using var request = NewRequest();
            var left = office.Installer.SendAsync(request, leaving.Token);
            await UntilSomebodyWaitsAsync();
            await leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => left);
            await UntilSomebodyWaitsAsync(not: true);
        }

        (await CreateAsync()).IsReplayed.ShouldBeFalse();
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task Where_the_answer_cannot_be_kept_nothing_is_done()
    {
        await ExecuteAsync(
            """
            CREATE FUNCTION loses() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER loses BEFORE UPDATE ON platform.kept_answers FOR EACH ROW EXECUTE FUNCTION loses()
            """
        );
        try
        {
            (await CreateAsync()).ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
        }
        finally
        {
            await ExecuteAsync("DROP FUNCTION loses CASCADE");
        }
        await ShouldHaveOffersAsync(0);
        (await KeptAsync()).ShouldBe(0);

        (await CreateAsync()).IsReplayed.ShouldBeFalse();
        await ShouldHaveOffersAsync(1);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        (await CreateAsync(terms: office.Terms(loanAmount: -1))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await CreateAsync(terms: office.Terms(customerId: Unique.Id()))).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-customer");
        (await KeptAsync()).ShouldBe(0);

        (await CreateAsync()).Status.ShouldBe(HttpStatusCode.Created);
        (await KeptAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await CreateAsync();
        fixture.Host.Clock.Advance(TimeSpan.FromHours(23.9));
        await fixture.Host.DeleteOldAnswersAsync();
        (await KeptAsync()).ShouldBe(1);
        (await CreateAsync(office.NewInstallerClient())).IsReplayed.ShouldBeTrue();

        fixture.Host.Clock.Advance(TimeSpan.FromHours(0.2));

        // Also where nobody has deleted it yet, and for another request.
        var terms = office.Terms(termMonths: 11);
        (await CreateAsync(office.NewInstallerClient(), terms)).IsReplayed.ShouldBeFalse();
        (await CreateAsync(office.NewInstallerClient(), terms)).IsReplayed.ShouldBeTrue();
        await ShouldHaveOffersAsync(2);
        fixture.Host.Clock.Advance(TimeSpan.FromHours(24.1));
        await fixture.Host.DeleteOldAnswersAsync();
        (await KeptAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\tb")]
    public async Task A_key_of_other_characters_is_refused(string wrong) =>
        (await CreateAsync(idempotencyKey: wrong)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-idempotency-key");

    [Fact]
    public async Task A_key_has_255_characters_at_most()
    {
        (await CreateAsync(idempotencyKey: new string('k', 256))).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-idempotency-key");
        (await CreateAsync(idempotencyKey: new string('k', 255))).Status.ShouldBe(HttpStatusCode.Created);
        (await CreateAsync(idempotencyKey: "~!\"#k")).Status.ShouldBe(HttpStatusCode.Created);
        await ShouldHaveOffersAsync(2);
    }

    [Fact]
    public async Task A_customer_who_has_logged_in_accepts_once()
    {
        var offer = await office.OfferAsync("APPROVED");
        var acceptance = new
        {
            typedName = offer["customer.fullName"],
            version = offer.Json.GetProperty("version").GetInt32(),
            documentHash = offer["documentHash"],
        };

        var first = await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", acceptance, idempotencyKey: key);
        var second = await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", acceptance, idempotencyKey: key);

        first.Status.ShouldBe(HttpStatusCode.OK, first.Text);
        second.ShouldBe(first with { IsReplayed = true });
    }

    [Fact]
    public async Task A_key_costs_two_commands_at_most()
    {
        await CreateAsync(idempotencyKey: Unique.Text());
        await office.OfferAsync();

        var without = await fixture.Host.Services.CommandsOfAsync(() => office.OfferAsync());
        var with = await fixture.Host.Services.CommandsOfAsync(() => CreateAsync());
        var again = await fixture.Host.Services.CommandsOfAsync(() => CreateAsync());

        without.ShouldAllBe(command => !command.Text.Contains("kept_answers", StringComparison.Ordinal));
        (with.Count - without.Count).ShouldBeInRange(1, 2);
        again.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_kept_is_encrypted_and_says_neither_who_nor_which_key()
    {
        var answer = await CreateAsync();

        (await fixture.Host.Services.ReadEncryptedAsync())
            .Where(text => text.Table == "platform.kept_answers")
            .ShouldContain(text => text.Text.Contains($"/api/v1/loan-offers/{answer.Id}", StringComparison.Ordinal));
        await using var command = fixture.Host.Database.CreateCommand(
            $"SELECT k::text FROM platform.kept_answers k WHERE organization_id = '{office.Id}'"
        );
        var row = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        foreach (var value in (string[])[key, answer.Id.ToString(), office.InstallerSubject.UserId.ToString()])
        {
            row.ShouldNotContain(value);
            row.ShouldNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value)), Case.Insensitive);
        }
    }

    private Task<Answer> CreateAsync(HttpClient? client = null, JsonObject? terms = null, string? idempotencyKey = null) =>
        (client ?? office.Installer).SendAsync("POST", "/loan-offers", terms ?? office.Terms(), idempotencyKey: idempotencyKey ?? key);

    private HttpRequestMessage NewRequest() =>
        new(HttpMethod.Post, "/api/v1/loan-offers")
        {
            Headers = { { "Idempotency-Key", key } },
            Content = new StringContent(office.Terms().ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };

    private async Task SendAndBreakAsync()
    {
        using var request = NewRequest();
        request.Headers.Add(BreakingAnswers.Header, "yes");
        using var never = await office.Installer.SendAsync(request);
    }

    // Each offer comes with its first version, its event and its entry in the audit log.
    private async Task ShouldHaveOffersAsync(int expected, Office? of = null)
    {
        var organizationId = (of ?? office).Id;
        foreach (
            var table in (string[])
                [
                    "loans.offers",
                    "loans.outbox_messages WHERE type = 'LoanOfferCreated'",
                    "audit.entries WHERE entity_type = 'LoanOffer' AND action = 'CREATE'",
                ]
        )
        {
            (
                await CountAsync(
                    $"{table} {(table.Contains("WHERE", StringComparison.Ordinal) ? "AND" : "WHERE")} organization_id = $1",
                    organizationId
                )
            ).ShouldBe(expected, table);
        }
    }

    private Task<long> KeptAsync() => CountAsync("platform.kept_answers WHERE organization_id = $1", office.Id);

    private async Task<long> CountAsync(string rows, Guid organizationId)
    {
        await using var command = fixture.Host.Database.CreateCommand($"SELECT count(*) FROM {rows}");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    // Whoever makes an offer waits for it, in the middle of its transaction.
    private async Task<NpgsqlConnection> HoldEventsAsync()
    {
        var connection = await fixture.Host.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE loans.outbox_messages IN EXCLUSIVE MODE", connection);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private const string Waiting =
        "FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        + "AND relation = 'loans.outbox_messages'::regclass";

    private async Task UntilSomebodyWaitsAsync(bool not = false)
    {
        await using var command = fixture.Host.Database.CreateCommand($"SELECT count(*) = 0 {Waiting}");
        for (var look = 0; (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! != not; look++)
        {
            look.ShouldBeLessThan(600);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    // For the key, besides the first one, which waits for the events.
    private async Task UntilTheTwinWaitsAsync()
    {
        await using var command = fixture.Host.Database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        );
        for (var look = 0; (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! < 2; look++)
        {
            look.ShouldBeLessThan(600);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private Task EndWhoWaitsForEventsAsync() => ExecuteAsync($"SELECT pg_terminate_backend(pid) {Waiting}");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = fixture.Host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A host whose clock, locks and connections nobody else feels.</summary>
    public sealed class OwnHost : IAsyncLifetime
    {
        public LoansFixture Fixture { get; } = new() { AddMore = services => services.AddSingleton<IStartupFilter, BreakingAnswers>() };

        public ValueTask InitializeAsync() => Fixture.InitializeAsync();

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();
    }
}
