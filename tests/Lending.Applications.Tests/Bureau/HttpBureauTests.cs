using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Bureau;

/// <summary>Asking a credit bureau over HTTP.</summary>
public sealed class HttpBureauTests(ApplicationsFixture fixture, HttpBureauTests.AskedBureau own)
    : IClassFixture<HttpBureauTests.AskedBureau>
{
    [Fact]
    public async Task Nothing_listens_there_so_there_is_no_answer()
    {
        await using var host = await fixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bureau:Url"] = "http://127.0.0.1:9/inquiries" }
        );

        (
            await host
                .Services.GetRequiredService<IScoreProvider>()
                .AskAsync(Question("ClassOne"), isSandbox: false, CancellationToken.None)
        ).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_tried_out_in_a_sandbox_is_asked_of_nobody_outside()
    {
        own.Answer = _ => Task.FromResult(Results.Text("nonsense"));
        var bureau = own.Host.Services.GetRequiredService<IScoreProvider>();
        var before = own.Questions.Count;

        var reply = await bureau.AskAsync(Question("ClassFive"), isSandbox: true, CancellationToken.None);
        (await bureau.AskAsync(Question(FakeBureau.Broken), isSandbox: true, CancellationToken.None)).ShouldBeNull();
        own.Questions.Count.ShouldBe(before);
        (await bureau.AskAsync(Question("ClassFive"), isSandbox: false, CancellationToken.None)).ShouldBeNull("it answers nonsense");

        (reply!.Outcome, reply.Class).ShouldBe(("HIT", 5));
        reply.Raw.ShouldContain("DEFAULT");
        own.Questions.Count.ShouldBe(before + 1, "so it can be reached");
    }

    [Fact]
    public async Task After_a_question_whose_answer_nobody_waited_for_the_same_one_is_asked_so_that_the_bureau_counts_one()
    {
        var organization = Unique.Id();
        var customer = fixture.Customer(organization);
        var installer = own.Host.ClientFor(Persons.Installer(organization));
        var id = await ApplicationsFixture.DraftAsync(installer, customer.Id, People.A());
        await installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        own.Answer = async asking =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, asking.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return Results.Empty;
        };
        using var gone = new CancellationTokenSource();
        using var assess = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/applications/{id}/assess");
        var first = installer.SendAsync(assess, gone.Token);
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        own.Answer = _ => Task.FromResult(Results.Json(FakeBureau.Persons["ClassTwo"]));
        var decided = await installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        decided["application.status"].ShouldBe("APPROVED");
        var questions = own.Questions.Where(asked => asked.GetProperty("reference").GetGuid() == id).ToList();
        questions.Count.ShouldBe(2);
        questions[1].GetRawText().ShouldBe(questions[0].GetRawText());
        // All that it learns.
        questions[0]
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.ToString(), StringComparer.Ordinal)
            .ShouldBe(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["idempotencyKey"] = $"{(await InquiriesAsync()).ShouldHaveSingleItem().Id}",
                    ["purpose"] = "CREDIT",
                    ["legalBasis"] = "GDPR_6_1_F",
                    ["fullName"] = customer.FullName,
                    ["postalAddress"] = customer.PostalAddress,
                    ["amount"] = "25000",
                    ["currency"] = "EUR",
                    ["termMonths"] = "120",
                    ["reference"] = $"{id}",
                },
                ignoreOrder: true
            );

        Task<List<ScoreInquiry>> InquiriesAsync() =>
            fixture.ReadAsync(organization, db => db.ScoreInquiries.Where(row => row.ApplicationId == id).ToListAsync(), own.Host);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_answer_of_the_bureau()
    {
        using var gone = new CancellationTokenSource();
        var asking = fixture
            .Host.Services.GetRequiredService<IScoreProvider>()
            .AskAsync(Question(FakeBureau.Slow), isSandbox: false, gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    [Theory]
    [InlineData("HIT", 1, BureauOutcome.Hit)]
    [InlineData("HIT", 5, BureauOutcome.Hit)]
    [InlineData("HIT", 0, BureauOutcome.Unavailable)]
    [InlineData("HIT", 6, BureauOutcome.Unavailable)]
    [InlineData("HIT", null, BureauOutcome.Unavailable)]
    [InlineData("hit", 1, BureauOutcome.Unavailable)]
    [InlineData("NONE", null, BureauOutcome.None)]
    [InlineData("AMBIGUOUS", 2, BureauOutcome.Ambiguous)]
    [InlineData(null, null, BureauOutcome.Unavailable)]
    public void What_cannot_be_understood_is_no_answer(string? outcome, int? known, BureauOutcome understood)
    {
        var inquiry = new ScoreInquiry(Unique.Id(), Unique.Id(), DateTimeOffset.UnixEpoch);

        inquiry.Take(new BureauReply { Outcome = outcome, Class = known }, DateTimeOffset.UnixEpoch);

        inquiry.Answer.ShouldBe(new BureauAnswer(understood, understood == BureauOutcome.Hit ? known : null));
    }

    [Fact]
    public async Task Every_person_of_the_made_up_bureau_is_answered_for()
    {
        var bureau = fixture.Host.Services.GetRequiredService<IScoreProvider>();
        FakeBureau.Persons.Count.ShouldBe(7);
        foreach (var (name, known) in FakeBureau.Persons)
        {
            var reply = await bureau.AskAsync(Question(name), isSandbox: false, CancellationToken.None);
            reply.ShouldNotBeNull(name);
            (reply.Outcome, reply.Class).ShouldBe((known.Outcome, known.Class), name);
        }
    }

    private static BureauQuestion Question(string lastName) =>
        new()
        {
            IdempotencyKey = Unique.Id(),
            Purpose = ScoreInquiry.Credit,
            LegalBasis = ScoreInquiry.LegitimateInterest,
            FullName = $"Greta {lastName}",
            PostalAddress = "Sonnenweg 1\n10115 Berlin\nDE",
            Amount = 10_000,
            Currency = "EUR",
            TermMonths = 60,
            Reference = Unique.Id(),
        };

    /// <summary>A credit bureau that keeps what it is asked, and a host that asks it.</summary>
    public sealed class AskedBureau(ApplicationsFixture fixture) : IAsyncLifetime
    {
        private readonly ConcurrentQueue<JsonElement> questions = new();
        private WebApplication bureau = null!;

        public ModuleHost Host { get; private set; } = null!;

        /// <summary>What it was asked, oldest first.</summary>
        public IReadOnlyCollection<JsonElement> Questions => questions;

        /// <summary>What it does.</summary>
        public Func<HttpContext, Task<IResult>> Answer { get; set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            bureau = builder.Build();
            bureau.MapPost(
                "/inquiries",
                (JsonElement question, HttpContext context) =>
                {
                    questions.Enqueue(question);
                    return Answer(context);
                }
            );
            await bureau.StartAsync();
            Host = await fixture.StartAsync(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Bureau:Url"] = $"{bureau.Urls.Single()}/inquiries",
                    ["Bureau:TimeoutSeconds"] = "20",
                }
            );
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await bureau.DisposeAsync();
        }
    }
}
