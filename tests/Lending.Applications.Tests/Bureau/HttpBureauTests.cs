using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.Bureau;

/// <summary>Asking a credit bureau over HTTP.</summary>
public sealed class HttpBureauTests(ApplicationsFixture fixture)
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
        await using var real = await Server.StartAsync();
        await using var host = await fixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bureau:Url"] = real.Url }
        );
        var bureau = host.Services.GetRequiredService<IScoreProvider>();

        var reply = await bureau.AskAsync(Question("ClassFive"), isSandbox: true, CancellationToken.None);
        (await bureau.AskAsync(Question(FakeBureau.Broken), isSandbox: true, CancellationToken.None)).ShouldBeNull();
        real.Asked.ShouldBe(0);
        (await bureau.AskAsync(Question("ClassFive"), isSandbox: false, CancellationToken.None)).ShouldBeNull("it answers nonsense");

        (reply!.Outcome, reply.Class).ShouldBe(("HIT", 5));
        reply.Raw.ShouldContain("DEFAULT");
        real.Asked.ShouldBe(1, "so it can be reached");
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

    /// <summary>Counts who asks.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly WebApplication app;
        private int asked;

        private Server(WebApplication app) => this.app = app;

        public int Asked => asked;

        public string Url => $"{app.Urls.Single()}/inquiries";

        public static async Task<Server> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var server = new Server(builder.Build());
            server.app.MapPost(
                "/inquiries",
                () =>
                {
                    Interlocked.Increment(ref server.asked);
                    return "nonsense";
                }
            );
            await server.app.StartAsync();
            return server;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
