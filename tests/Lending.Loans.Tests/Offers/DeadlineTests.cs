using System.Diagnostics;
using System.Net;
using Lending.Loans.Offers;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Offers;

public sealed class DeadlineTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task What_is_not_due_yet_stays()
    {
        var approved = await office.OfferAsync("APPROVED");
        var accepted = await office.OfferAsync("ACCEPTED");

        await office.Deadlines.RunAsync(office.Id, CancellationToken.None);

        await ShouldReadAsync(approved);
        await ShouldReadAsync(accepted);
    }

    [Fact]
    public async Task A_sandbox_goes_by_its_own_clock_and_everybody_else_by_the_real_one()
    {
        var other = new Office(fixture);
        var (approved, accepted) = (await office.OfferAsync("APPROVED"), await office.OfferAsync("ACCEPTED"));
        var others = await other.OfferAsync("APPROVED");

        await fixture.Host.AdvanceSandboxAsync(office.Id, TimeSpan.FromDays(32));
        await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
        await other.Deadlines.RunAsync(other.Id, CancellationToken.None);

        (await office.Installer.GetAsync($"/loan-offers/{approved.Id}", HttpStatusCode.OK))["status"].ShouldBe("EXPIRED");
        (await office.TryAsync(accepted, "withdraw")).ShouldBeProblem(HttpStatusCode.Conflict, "withdrawal-period-over");
        (await other.Installer.GetAsync($"/loan-offers/{others.Id}", HttpStatusCode.OK))["status"].ShouldBe("APPROVED");
        var later = await office.OfferAsync("APPROVED");
        later.Json.GetProperty("createdAt").GetDateTimeOffset().ShouldBeGreaterThan(office.Clock.GetUtcNow().AddDays(31));
        // Its events are due at once, although they happen a month from now.
        (await office.EventsAsync(later)).ShouldNotBeEmpty();
        await using var early = fixture.Host.Database.CreateCommand(
            $"SELECT count(*) FROM loans.outbox_messages WHERE aggregate_id = '{later.Id}' AND next_attempt_at > '{office.Clock.GetUtcNow():O}'"
        );
        (await early.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        // Who did what when is recorded by the real time.
        await using var recorded = fixture.Host.Database.CreateCommand($"SELECT max(at) FROM audit.entries WHERE entity_id = '{later.Id}'");
        ((DateTime)(await recorded.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBeLessThanOrEqualTo(
            office.Clock.GetUtcNow().UtcDateTime
        );
    }

    [Fact]
    public async Task An_expired_offer_says_that_nobody_did_it()
    {
        var offer = await office.OfferAsync("EXPIRED");

        var history = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
        var step = history.Json.GetProperty("items")[2];
        step.GetProperty("to").GetString().ShouldBe("EXPIRED");
        step.GetProperty("by").GetProperty("username").GetString().ShouldBe("system");
        offer["updatedAt"].ShouldBe(step.GetProperty("at").GetString());
    }

    [Fact]
    public async Task The_end_of_the_withdrawal_period_is_told_once()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        await office.LetPassAsync(offer, "withdrawal_ends_at");

        for (var run = 0; run < 3; run++)
        {
            await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
        }

        (await office.EventsAsync(offer)).Count(happened => happened.Type == "LoanOfferWithdrawalPeriodEnded").ShouldBe(1);
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["status"].ShouldBe("ACCEPTED");
        (await office.TryAsync(offer, "withdraw")).ShouldBeProblem(HttpStatusCode.Conflict, "withdrawal-period-over");
        await office.GoAsync(offer, "disburse");
    }

    [Fact]
    public async Task After_months_of_downtime_everything_due_is_worked_off_by_several_instances_at_once()
    {
        await using var own = new LoansFixture();
        await own.InitializeAsync();
        Office[] offices = [new(own), new(own, "JPY", "Asia/Tokyo")];
        var approved = new List<(Office Office, Answer Offer)>();
        var accepted = new List<(Office Office, Answer Offer)>();
        foreach (var place in offices)
        {
            // More than one batch.
            for (var number = 0; number < 110; number++)
            {
                approved.Add((place, await place.OfferAsync("APPROVED")));
            }
            accepted.Add((place, await place.OfferAsync("ACCEPTED")));
            accepted.Add((place, await place.OfferAsync("ACCEPTED")));
        }
        own.Host.Clock.Advance(TimeSpan.FromDays(200));

        var instances = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<OfferDeadlines>(own.Host.Services)).ToList();
        await Task.WhenAll(instances.Select(instance => Task.Run(() => instance.RunAsync(CancellationToken.None))));
        // What one instance has locked, another passes over.
        await instances[0].RunAsync(CancellationToken.None);

        // Access tokens do not last as long.
        var clients = offices.ToDictionary(place => place, place => own.Host.ClientFor(place.InstallerSubject));
        foreach (var (place, offer) in approved)
        {
            var history = await clients[place].GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
            history.Json.GetProperty("items").EnumerateArray().Last().GetProperty("to").GetString().ShouldBe("EXPIRED");
        }
        foreach (var place in offices)
        {
            var types = (await place.AllEventsAsync()).GroupBy(type => type).ToDictionary(group => group.Key, group => group.Count());
            types["LoanOfferExpired"].ShouldBe(110);
            types["LoanOfferWithdrawalPeriodEnded"].ShouldBe(2);
        }
        foreach (var (place, offer) in accepted)
        {
            (await place.ClientOf(place.Customer.Id).SendAsync("POST", $"/loan-offers/{offer.Id}/withdraw")).ShouldBeProblem(
                HttpStatusCode.Conflict,
                "withdrawal-period-over"
            );
        }
    }

    [Fact]
    public async Task A_host_that_starts_looks_at_once()
    {
        await using var own = new LoansFixture();
        await own.InitializeAsync();
        var place = new Office(own);
        var overdue = await place.OfferAsync("APPROVED");
        await place.LetPassAsync(overdue, "valid_until");

        // The data source's own text has no password, which there is none of here.
        var database = own.Host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString;
        await using var second = await own.StartAsync(database, runsDeadlines: true);

        var patience = Stopwatch.StartNew();
        string? state;
        do
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            state = (await place.Installer.GetAsync($"/loan-offers/{overdue.Id}", HttpStatusCode.OK))["status"];
        } while (state == "APPROVED" && patience.Elapsed < TimeSpan.FromSeconds(30));
        state.ShouldBe("EXPIRED");
    }

    [Fact]
    public async Task Accepting_and_expiring_at_once_end_in_one_of_the_two()
    {
        for (var round = 0; round < 20; round++)
        {
            var offer = await office.OfferAsync("APPROVED");
            // Falls due while both are under way.
            await office.SqlAsync(
                $"UPDATE loans.offers SET valid_until = clock_timestamp() + interval '{round} ms' WHERE id = '{offer.Id}'"
            );

            var acceptance = office.TryAsync(offer, "accept");
            for (var run = 0; run < 3; run++)
            {
                await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
            }

            var answer = await acceptance;
            await office.Deadlines.RunAsync(office.Id, CancellationToken.None);
            var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
            if (answer.Status == HttpStatusCode.OK)
            {
                read["status"].ShouldBe("ACCEPTED");
            }
            else
            {
                answer.Status.ShouldBe(HttpStatusCode.Conflict);
                answer.Code.ShouldBeOneOf("offer-expired", "concurrent-change");
                read["status"].ShouldBe("EXPIRED");
            }
        }
    }

    private async Task ShouldReadAsync(Answer expected)
    {
        var read = await office.Installer.GetAsync($"/loan-offers/{expected.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(expected.Text);
        read.ETag.ShouldBe(expected.ETag);
    }
}
