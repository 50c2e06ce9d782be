using System.Net;
using Lending.Applications.Tests.Risk;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.RiskReviews;

/// <summary>What people find out about scores, and what that leads to.</summary>
public sealed class RiskReviewTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    private HttpClient Underwriter => fixture.Host.ClientFor(Persons.Underwriter(organization));

    [Fact]
    public async Task What_a_person_calls_genuine_is_approved_by_policy_alone()
    {
        var id = await SubmitAsync(fixture.Customer(organization, email: RiskCheckTests.Disposable()).Id, RiskCheckTests.Bot());

        var labelled = await LabelAsync(id, "GENUINE", "We have called back.");

        (labelled["label"], labelled["comment"], labelled["level"]).ShouldBe(("GENUINE", "We have called back.", "REVIEW"));
        (await AssessAsync(id))["application.status"].ShouldBe("APPROVED");
        (await Underwriter.GetAsync($"/applications/{id}/risk", HttpStatusCode.OK)).Text.ShouldBe(labelled.Text);
    }

    [Fact]
    public async Task What_a_person_calls_fraud_is_not_approved_without_one_and_not_refused_either()
    {
        var id = await SubmitAsync(fixture.Customer(organization).Id);
        await LabelAsync(id, "GENUINE");

        await LabelAsync(id, "FRAUD");

        (await AssessAsync(id))["application.status"].ShouldBe("IN_REVIEW");
    }

    [Fact]
    public async Task Some_risk_takes_a_code_to_accept_the_offer_unless_a_person_calls_it_genuine()
    {
        var customer = fixture.Customer(organization, email: RiskCheckTests.Disposable());
        var offer = new GuardedOffer(Unique.Id(), customer.Id, new string('0', 64), "EUR", 20_000, MonthlyInstalment: 200);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id, People.A());
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { offerId = offer.Id }, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        (await Underwriter.GetAsync($"/applications/{id}/risk", HttpStatusCode.OK))["level"].ShouldBe("CODE");
        (await AssessAsync(id))["application.status"].ShouldBe("APPROVED", "a code is asked for later, and holds nothing up");

        (await ObstacleAsync(offer))!.Code.ShouldBe("code-missing");
        (await ObstacleAsync(offer with { IsProvedByCode = true })).ShouldBeNull();
        (await ObstacleAsync(offer with { Id = Unique.Id() })).ShouldBeNull("no application is about it");
        (await ObstacleAsync(offer with { CustomerId = Unique.Id() })).ShouldBeNull("it is about somebody else's");
        await LabelAsync(id, "GENUINE");
        (await ObstacleAsync(offer)).ShouldBeNull();
    }

    [Fact]
    public async Task Labels_tell_how_good_the_scores_are()
    {
        (await Underwriter.GetAsync("/risk/quality", HttpStatusCode.OK))["fromReview.precision"].ShouldBeNullOrEmpty();
        var start = fixture.Host.Clock.GetUtcNow();
        // Two of three that a person looks at are fraud, and one of those with a code; of the others one is.
        await LabelledAsync("REVIEW", "FRAUD", "FRAUD", "GENUINE");
        await LabelledAsync("CODE", "FRAUD", "GENUINE");
        await LabelledAsync("CONTINUE", "FRAUD", "GENUINE");
        await SubmitAsync(fixture.Customer(organization).Id);

        var quality = await Underwriter.GetAsync($"/risk/quality?since={start:O}".Replace("+00:00", "Z"), HttpStatusCode.OK);

        quality["labelled"].ShouldBe("7");
        Detection("fromReview").ShouldBe((2, 1, 2, 0.6667m, 0.5m));
        Detection("fromCode").ShouldBe((3, 2, 1, 0.6m, 0.75m));
        var later = await Underwriter.GetAsync($"/risk/quality?since={start.AddDays(1):O}".Replace("+00:00", "Z"), HttpStatusCode.OK);
        later["labelled"].ShouldBe("0");

        (int, int, int, decimal, decimal) Detection(string name)
        {
            var found = quality.Json.GetProperty(name);
            return (
                found.GetProperty("fraudFound").GetInt32(),
                found.GetProperty("falseAlarms").GetInt32(),
                found.GetProperty("fraudMissed").GetInt32(),
                found.GetProperty("precision").GetDecimal(),
                found.GetProperty("recall").GetDecimal()
            );
        }
    }

    [Fact]
    public async Task Scores_are_for_those_who_decide_and_had_no_part_in_it()
    {
        var customer = fixture.Customer(organization);
        var administrator = fixture.Host.ClientFor(Persons.Administrator(organization));
        var draft = await ApplicationsFixture.DraftAsync(administrator, customer.Id, People.A());
        (await Underwriter.SendAsync("GET", $"/applications/{draft}/risk")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await Underwriter.SendAsync("POST", $"/applications/{draft}/risk/labels", new { label = "FRAUD" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await administrator.PostAsync($"/applications/{draft}/submit", null, HttpStatusCode.OK);
        var stranger = fixture.Host.ClientFor(Persons.Underwriter(Unique.Id()));

        (await administrator.SendAsync("POST", $"/applications/{draft}/risk/labels", new { label = "GENUINE" })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        foreach (var client in (HttpClient[])[Installer, fixture.Host.ClientFor(Persons.Customer(organization, customer.Id))])
        {
            (await client.SendAsync("GET", $"/applications/{draft}/risk")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await stranger.SendAsync("GET", $"/applications/{draft}/risk")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.SendAsync("POST", $"/applications/{draft}/risk/labels", new { label = "FRAUD" })).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await Underwriter.ShouldBeRefusedAsync("POST", $"/applications/{draft}/risk/labels");
        (await Underwriter.SendAsync("POST", $"/applications/{draft}/risk/labels", new { })).WrongFields.ShouldBe(["label"]);
    }

    private async Task LabelledAsync(string level, params string[] labels)
    {
        foreach (var label in labels)
        {
            var customer = fixture.Customer(organization, email: level == "CONTINUE" ? null : RiskCheckTests.Disposable());
            var id = await SubmitAsync(customer.Id, level == "REVIEW" ? RiskCheckTests.Bot() : null);
            (await LabelAsync(id, label))["level"].ShouldBe(level);
        }
    }

    private async Task<Guid> SubmitAsync(Guid customerId, object? body = null)
    {
        // Each by somebody else, or who was called a fraud would count against the next.
        var client = Installer;
        var id = await ApplicationsFixture.DraftAsync(client, customerId, People.A());
        await client.PostAsync($"/applications/{id}/submit", body, HttpStatusCode.OK);
        return id;
    }

    private Task<Answer> AssessAsync(Guid id) => Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

    private Task<Answer> LabelAsync(Guid id, string label, string? comment = null) =>
        Underwriter.PostAsync($"/applications/{id}/risk/labels", new { label, comment }, HttpStatusCode.OK);

    private Task<Error?> ObstacleAsync(GuardedOffer offer) =>
        fixture.Host.InModuleAsync(
            organization,
            services => services.GetRequiredService<IAcceptanceGuard>().FindObstacleAsync(offer, TestContext.Current.CancellationToken)
        );
}
