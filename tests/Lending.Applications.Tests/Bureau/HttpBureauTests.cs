using Lending.Applications.Bureau;
using Lending.Applications.Scoring;
using Lending.Testing;
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

        (await host.Services.GetRequiredService<IScoreProvider>().AskAsync(Question("ClassOne"), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_answer_of_the_bureau()
    {
        using var gone = new CancellationTokenSource();
        var asking = fixture.Host.Services.GetRequiredService<IScoreProvider>().AskAsync(Question(FakeBureau.Slow), gone.Token);

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
            var reply = await bureau.AskAsync(Question(name), CancellationToken.None);
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
}
