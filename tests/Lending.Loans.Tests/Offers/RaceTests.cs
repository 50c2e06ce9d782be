using System.Collections.Concurrent;
using System.Net;
using System.Runtime.ExceptionServices;
using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Loans.Tests.Offers;

/// <summary>Two writers at once, against the real database. Repeated, as a race need not happen each time.</summary>
public sealed class RaceTests(LoansFixture fixture)
{
    private const int Rounds = 10;

    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("approve", "approve")]
    [InlineData("approve", "reject")]
    [InlineData("reject", "reject")]
    public async Task Of_two_decisions_exactly_one_wins(string one, string other)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();
            var path = $"/loan-offers/{offer.Id}";

            var answers = await Task.WhenAll(office.TryAsync(offer, one), office.TryAsync(offer, other));

            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            var loser = answers.Single(answer => answer.Status == HttpStatusCode.Conflict);
            loser.Code.ShouldBeOneOf("offer-not-pending", "concurrent-change");
            (await office.Installer.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(winner.Text);
            (await office.Installer.GetAsync($"{path}/history", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(2);
        }
    }

    [Fact]
    public async Task Of_many_decisions_exactly_one_wins_and_none_has_to_be_freed_from_a_deadlock()
    {
        var deadlocks = new ConcurrentQueue<string>();
        AppDomain.CurrentDomain.FirstChanceException += Note;
        try
        {
            for (var round = 0; round < 20; round++)
            {
                var offer = await office.OfferAsync();

                var answers = await Task.WhenAll(
                    Enumerable.Range(0, 8).Select(number => office.TryAsync(offer, number % 2 == 0 ? "approve" : "reject"))
                );

                answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
                answers
                    .Where(answer => answer.Status != HttpStatusCode.OK)
                    .Select(answer => $"{answer.Status} {answer.Code}")
                    .ShouldAllBe(answer => answer == "Conflict offer-not-pending");
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }
        deadlocks.ShouldBeEmpty();

        void Note(object? sender, FirstChanceExceptionEventArgs thrown)
        {
            if (thrown.Exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } deadlock)
            {
                deadlocks.Enqueue($"{deadlock.MessageText} {deadlock.Detail} {deadlock.Where} {deadlock.BatchCommand?.CommandText}");
            }
        }
    }

    [Fact]
    public async Task Of_two_disbursements_exactly_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("ACCEPTED");

            var answers = await Task.WhenAll(office.TryAsync(offer, "disburse"), office.TryAsync(offer, "disburse"));

            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_exactly_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();
            var path = $"/loan-offers/{offer.Id}";

            var answers = await Task.WhenAll(
                office.Installer.SendAsync("PUT", path, office.Terms(1_000), offer.ETag),
                office.Installer.SendAsync("PUT", path, office.Terms(2_000), offer.ETag)
            );

            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            answers.Single(answer => answer != winner).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
            (await office.Installer.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(winner.Text);
        }
    }

    [Fact]
    public async Task Of_two_decisions_on_one_version_exactly_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();

            var answers = await Task.WhenAll(office.TryAsync(offer, "approve", offer.ETag), office.TryAsync(offer, "approve", offer.ETag));

            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            answers
                .Single(answer => answer.Status != HttpStatusCode.OK)
                .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
        }
    }

    [Fact]
    public async Task An_approved_offer_is_never_deleted_nor_changed_meanwhile()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();
            var path = $"/loan-offers/{offer.Id}";

            var answers = await Task.WhenAll(
                office.TryAsync(offer, "approve"),
                round % 2 == 0
                    ? office.Installer.SendAsync("DELETE", path)
                    : office.Installer.SendAsync("PATCH", path, """{"termMonths":11}""")
            );

            var read = await office.Installer.SendAsync("GET", path);
            if (answers[0].Status == HttpStatusCode.OK && read.Json.GetProperty("termMonths").GetInt32() == 10)
            {
                answers[1].Status.ShouldBe(HttpStatusCode.Conflict);
                read.Text.ShouldBe(answers[0].Text);
            }
            else
            {
                answers[0].Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
                answers[1].Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
            }
        }
    }

    [Fact]
    public async Task Of_many_who_decide_and_delete_at_once_nobody_is_told_of_an_internal_error()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();
            var path = $"/loan-offers/{offer.Id}";

            var answers = await Task.WhenAll(
                office.TryAsync(offer, "approve"),
                office.Installer.SendAsync("DELETE", path),
                office.TryAsync(offer, "reject"),
                office.Installer.SendAsync("DELETE", path)
            );

            foreach (var answer in answers)
            {
                answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
            }
            answers.Count(answer => answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_two_acceptances_over_one_link_exactly_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("APPROVED");
            var path = $"/loan-offers/{offer.Id}";
            var link = await office.Installer.PostAsync($"{path}/link", null, HttpStatusCode.Accepted);

            var answers = await Task.WhenAll(
                office.Anonymous.SendAsync("POST", $"{path}/accept", Steps.Acceptance(offer, link["token"])),
                office.Anonymous.SendAsync("POST", $"{path}/accept", Steps.Acceptance(offer, link["token"]), offer.ETag)
            );

            answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
            answers
                .Single(answer => answer.Status != HttpStatusCode.OK)
                .Code.ShouldBeOneOf("link-invalid", "offer-not-approved", "concurrent-change", "precondition-failed");
            (await office.Installer.GetAsync($"{path}/history", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(3);
        }
    }

    [Theory]
    [InlineData("accept", "revoked")]
    [InlineData("decline", "revoked")]
    [InlineData("accept", "used")]
    [InlineData("accept", "expired")]
    public async Task A_link_that_ends_while_an_answer_waits_for_the_offer_answers_nothing(string step, string end)
    {
        var offer = await office.OfferAsync("APPROVED");
        var path = $"/loan-offers/{offer.Id}";
        var token = (await office.Installer.PostAsync($"{path}/link", null, HttpStatusCode.Accepted))["token"];
        var now = office.Clock.GetStorableNow();

        var answer = await office.BehindTheApiAsync(
            async (LoansDbContext db, Transactions transactions) =>
            {
                await using var transaction = await transactions.BeginAsync(TestContext.Current.CancellationToken);
                await db.Database.ExecuteSqlAsync($"SELECT FROM loans.offers WHERE id = {offer.Id} FOR UPDATE");
                var waiting = office.Anonymous.SendAsync(
                    "POST",
                    $"{path}/{step}",
                    step == "accept" ? Steps.Acceptance(offer, token) : new { linkToken = token }
                );
                while (
                    !await db
                        .Database.SqlQuery<bool>(
                            $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))) AS \"Value\""
                        )
                        .SingleAsync()
                )
                {
                    await Task.Delay(10, TestContext.Current.CancellationToken);
                }
                await db
                    .OfferLinks.Where(link => link.OfferId == offer.Id)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(link => link.RevokedAt, link => end == "revoked" ? now : link.RevokedAt)
                                .SetProperty(link => link.UsedAt, link => end == "used" ? now : link.UsedAt)
                                .SetProperty(link => link.ExpiresAt, link => end == "expired" ? now : link.ExpiresAt),
                        TestContext.Current.CancellationToken
                    );
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
                return await waiting;
            }
        );

        answer.ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        (await office.Installer.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Fact]
    public async Task Of_an_acceptance_over_a_link_and_a_new_link_exactly_one_wins()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("APPROVED");
            var path = $"/loan-offers/{offer.Id}";
            var token = (await office.Installer.PostAsync($"{path}/link", null, HttpStatusCode.Accepted))["token"];

            var answers = await Task.WhenAll(
                office.Anonymous.SendAsync("POST", $"{path}/accept", Steps.Acceptance(offer, token)),
                office.Installer.SendAsync("POST", $"{path}/link")
            );

            if (answers[0].Status == HttpStatusCode.OK)
            {
                answers[1].ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-approved");
            }
            else
            {
                answers[0].ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
                answers[1].Status.ShouldBe(HttpStatusCode.Accepted);
            }
        }
    }

    [Theory]
    [InlineData("accept", "cancel")]
    [InlineData("accept", "decline")]
    [InlineData("decline", "cancel")]
    [InlineData("accept", "accept")]
    public async Task Of_two_answers_to_an_approved_offer_exactly_one_wins(string one, string other)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("APPROVED");

            var answers = await Task.WhenAll(office.TryAsync(offer, one), office.TryAsync(offer, other));

            var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK);
            answers
                .Single(answer => answer.Status == HttpStatusCode.Conflict)
                .Code.ShouldBeOneOf("offer-not-approved", "offer-not-open", "concurrent-change");
            (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(winner.Text);
        }
    }

    [Fact]
    public async Task Who_withdraws_while_the_loan_is_paid_out_pays_back_what_was_paid_out()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("ACCEPTED");

            var answers = await Task.WhenAll(office.TryAsync(offer, "withdraw"), office.TryAsync(offer, "disburse"));

            answers[0].Status.ShouldBe(HttpStatusCode.OK, answers[0].Text);
            var isPaidOut = answers[1].Status == HttpStatusCode.OK;
            if (!isPaidOut)
            {
                answers[1].ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-accepted");
            }
            var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
            read.Text.ShouldBe(answers[0].Text);
            read.Json.TryGetProperty("repayment", out _).ShouldBe(isPaidOut);
        }
    }

    [Fact]
    public async Task What_is_being_approved_and_changed_at_once_is_accepted_as_it_was_approved()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync();
            await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);

            var answers = await Task.WhenAll(
                office.TryAsync(offer, "approve"),
                office.Installer.SendAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":20}""")
            );
            answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
            var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
            if (read["status"] == "PENDING")
            {
                read = await office.GoAsync(read, "approve");
            }
            var late = office.Installer.SendAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":30}""");
            var accepted = await office.GoAsync(read, "accept");

            (await late).ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-pending");
            accepted["documentHash"].ShouldBe(read["documentHash"]);
        }
    }

    [Fact]
    public async Task Of_two_links_made_at_once_one_works_at_most()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var offer = await office.OfferAsync("APPROVED");
            var path = $"/loan-offers/{offer.Id}/link";

            var answers = await Task.WhenAll(office.Installer.SendAsync("POST", path), office.Installer.SendAsync("POST", path));

            var made = answers.Where(answer => answer.Status == HttpStatusCode.Accepted).ToList();
            made.ShouldNotBeEmpty();
            answers.Except(made).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Code == "concurrent-change");
            var opened = await Task.WhenAll(
                made.Select(link => office.Anonymous.SendAsync("POST", $"{path}/open", new { token = link["token"] }))
            );
            opened.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        }
    }
}
