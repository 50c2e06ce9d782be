using System.Net;
using System.Text.Json.Nodes;
using Lending.Applications.Scoring;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Policies;

/// <summary>Organisations' own policies: drafted, run over the past, run beside the live one, and live.</summary>
public sealed class PolicyTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    // The same people each time: it matters who has the second word.
    private HttpClient Administrator => field ??= fixture.Host.ClientFor(Persons.Administrator(organization));

    private HttpClient Underwriter => field ??= fixture.Host.ClientFor(Persons.Underwriter(organization));

    private HttpClient Installer => field ??= fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task A_draft_changes_until_it_is_committed()
    {
        var id = await DraftAsync("own-1");

        await Administrator.ExpectAsync("PUT", $"/credit-policies/{id}", Policy("own-2", minimumSurplus: 300), HttpStatusCode.OK);
        (await Administrator.GetAsync($"/credit-policies/{id}", HttpStatusCode.OK))["policy.minimumSurplus"].ShouldBe("300");
        await Administrator.PostAsync($"/credit-policies/{id}/commit", null, HttpStatusCode.OK);

        await RefusedAsync(Administrator, "PUT", $"/credit-policies/{id}", "policy-not-draft", Policy("own-3"));
        await RefusedAsync(Administrator, "POST", $"/credit-policies/{id}/commit", "policy-not-draft");
        (await Administrator.GetAsync($"/credit-policies/{id}", HttpStatusCode.OK))["policy.version"].ShouldBe("own-2");
        await RefusedAsync(Administrator, "POST", "/credit-policies", "policy-version-taken", Policy("own-2"));
    }

    [Fact]
    public async Task Only_the_version_that_was_read_is_changed()
    {
        var created = await Administrator.PostAsync("/credit-policies", Policy("own-1"), HttpStatusCode.Created);
        await Administrator.ExpectAsync("PUT", $"/credit-policies/{created.Id}", Policy("own-2"), HttpStatusCode.OK);
        using var late = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/credit-policies/{created.Id}/commit");
        late.Headers.TryAddWithoutValidation("If-Match", created.ETag);

        using var answer = await Administrator.SendAsync(late, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("policy.version", "version", "")]
    [InlineData("policy.currency", "currency", "XXY")]
    [InlineData("policy.minimumSurplus", "minimumSurplus", -1)]
    [InlineData("policy.maximumDebtService", "maximumDebtService", 1.01)]
    [InlineData("policy.reviewFromPoints", "reviewFromPoints", 561)]
    public async Task A_policy_that_cannot_be_decided_by_is_refused_with_the_path(string path, string member, object value)
    {
        var body = Policy("own-1");
        body["policy"]![member] = JsonValue.Create(value);

        var answer = await Administrator.SendAsync("POST", "/credit-policies", body);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer.WrongFields.ShouldBe([path]);
    }

    [Fact]
    public async Task A_policy_in_another_currency_is_refused()
    {
        var body = Policy("own-1");
        body["policy"]!["currency"] = "CHF";

        (await Administrator.SendAsync("POST", "/credit-policies", body)).ShouldBeProblem(HttpStatusCode.BadRequest, "currency-mismatch");
    }

    [Fact]
    public async Task It_goes_live_when_it_was_run_over_the_past_by_the_word_of_a_second_person()
    {
        var id = await CommittedAsync("own-1", approveFrom: 640, reviewFrom: 600);

        await RefusedAsync(Underwriter, "POST", $"/credit-policies/{id}/activate", "policy-not-replayed");
        await Administrator.PostAsync($"/credit-policies/{id}/replays", new { decisions = 10 }, HttpStatusCode.OK);
        (await Administrator.SendAsync("POST", $"/credit-policies/{id}/activate", null)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        (await AssessAsync(People.A())).Status.ShouldBe("APPROVED");

        await Underwriter.PostAsync($"/credit-policies/{id}/activate", null, HttpStatusCode.OK);

        // A has 618 points.
        var (application, status) = await AssessAsync(People.A());
        status.ShouldBe("IN_REVIEW");
        var decided = await fixture.ReadAsync(
            organization,
            db => db.Decisions.SingleAsync(decision => decision.ApplicationId == application)
        );
        decided.PolicyVersion.ShouldBe("own-1");
        decided.Read().IsReproduced().ShouldBeTrue();
    }

    [Fact]
    public async Task The_live_one_makes_room_for_the_next_and_without_one_the_standard_holds()
    {
        var first = await LiveAsync("own-1", approveFrom: 640, reviewFrom: 600);
        var second = await LiveAsync("own-2", approveFrom: 640, reviewFrom: 630);

        (await StatusAsync(first)).ShouldBe("RETIRED");
        (await StatusAsync(second)).ShouldBe("LIVE");
        (await AssessAsync(People.A())).Status.ShouldBe("DECLINED");

        await Administrator.PostAsync($"/credit-policies/{second}/retire", null, HttpStatusCode.OK);
        (await AssessAsync(People.A())).Status.ShouldBe("APPROVED");

        // Whoever took it out of use does not stand for it: it still takes another person than who wrote it.
        (await Administrator.SendAsync("POST", $"/credit-policies/{first}/activate", null)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "second-person-required"
        );
        await Underwriter.PostAsync($"/credit-policies/{first}/activate", null, HttpStatusCode.OK);
        (await StatusAsync(first)).ShouldBe("LIVE");
    }

    [Fact]
    public async Task Of_policies_that_go_live_at_once_one_is_live()
    {
        var ids = new List<Guid>();
        for (var number = 0; number < 4; number++)
        {
            var id = await CommittedAsync($"own-{number}");
            await Administrator.PostAsync($"/credit-policies/{id}/replays", new { decisions = 1 }, HttpStatusCode.OK);
            ids.Add(id);
        }
        var client = Underwriter;

        var answers = await Task.WhenAll(ids.Select(id => client.SendAsync("POST", $"/credit-policies/{id}/activate", null)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK || answer.Status == HttpStatusCode.Conflict);
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        var statuses = await Task.WhenAll(ids.Select(StatusAsync));
        statuses.Count(status => status == "LIVE").ShouldBe(1);
    }

    [Fact]
    public async Task The_shadow_decides_nothing_and_is_counted()
    {
        var id = await CommittedAsync("stricter", approveFrom: 640, reviewFrom: 630);
        await AssessAsync(People.A());
        await Administrator.PostAsync($"/credit-policies/{id}/shadow", null, HttpStatusCode.OK);

        var (application, status) = await AssessAsync(People.A());
        await AssessAsync(People.C);

        status.ShouldBe("APPROVED");
        var counted = await Administrator.GetAsync($"/credit-policies/{id}/shadow-decisions", HttpStatusCode.OK);
        Outcomes(counted).ShouldBe([("APPROVE", "REFUSE", 1), ("REFUSE", "REFUSE", 1)]);
        Points(counted).ShouldBe([(560, 579, 1), (600, 619, 1)]);
        await RefusedAsync(Administrator, "POST", $"/credit-policies/{id}/shadow", "policy-not-committed");
        (
            await fixture.ReadAsync(organization, db => db.Decisions.SingleAsync(decision => decision.ApplicationId == application))
        ).PolicyVersion.ShouldBe(CreditPolicy.Standard.Version);
    }

    [Fact]
    public async Task Another_shadow_takes_its_place()
    {
        var (first, second) = (await CommittedAsync("one"), await CommittedAsync("two"));

        await Administrator.PostAsync($"/credit-policies/{first}/shadow", null, HttpStatusCode.OK);
        await Administrator.PostAsync($"/credit-policies/{second}/shadow", null, HttpStatusCode.OK);

        (await StatusAsync(first)).ShouldBe("RETIRED");
        (await StatusAsync(second)).ShouldBe("SHADOW");
    }

    [Fact]
    public async Task Run_over_the_past_it_tells_what_it_would_have_decided()
    {
        await AssessAsync(People.A());
        await AssessAsync(People.A());
        await AssessAsync(People.C);
        var (same, stricter) = (await DraftAsync("same"), await DraftAsync("stricter", approveFrom: 640, reviewFrom: 600));

        var unchanged = await Administrator.PostAsync($"/credit-policies/{same}/replays", new { decisions = 1_000 }, HttpStatusCode.OK);
        var changed = await Administrator.PostAsync($"/credit-policies/{stricter}/replays", new { decisions = 1_000 }, HttpStatusCode.OK);
        var newest = await Administrator.PostAsync($"/credit-policies/{stricter}/replays", new { decisions = 1 }, HttpStatusCode.OK);

        Outcomes(unchanged).ShouldBe([("APPROVE", "APPROVE", 2), ("REFUSE", "REFUSE", 1)]);
        Outcomes(changed).ShouldBe([("APPROVE", "REVIEW", 2), ("REFUSE", "REFUSE", 1)]);
        Points(changed).ShouldBe([(560, 579, 1), (600, 619, 2)]);
        Outcomes(newest).ShouldBe([("REFUSE", "REFUSE", 1)]);
        (await Administrator.SendAsync("POST", $"/credit-policies/{same}/replays", new { decisions = 5_001 })).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Fact]
    public async Task Policies_are_nobody_else_s()
    {
        var id = await DraftAsync("own-1");
        var others = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        foreach (var (method, path) in (IEnumerable<(string, string)>)[("GET", ""), ("GET", "/shadow-decisions"), ("POST", "/commit")])
        {
            (await others.SendAsync(method, $"/credit-policies/{id}{path}", null)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await others.GetAsync("/credit-policies", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Administrator.GetAsync("/credit-policies", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Installer.SendAsync("GET", "/credit-policies", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private static JsonObject Policy(string version, int approveFrom = 560, int reviewFrom = 530, decimal minimumSurplus = 200)
    {
        var policy = CreditPolicy.Standard with
        {
            Version = version,
            ApproveFromPoints = approveFrom,
            ReviewFromPoints = reviewFrom,
            MinimumSurplus = minimumSurplus,
        };
        return new JsonObject { ["policy"] = JsonNode.Parse(policy.ToJson()) };
    }

    private static IEnumerable<(string?, string?, int)> Outcomes(Answer answer) =>
        answer
            .Json.GetProperty("outcomes")
            .EnumerateArray()
            .Select(row =>
                (row.GetProperty("decided").GetString(), row.GetProperty("wouldBe").GetString(), row.GetProperty("count").GetInt32())
            );

    private static IEnumerable<(int, int, int)> Points(Answer answer) =>
        answer
            .Json.GetProperty("points")
            .EnumerateArray()
            .Select(row => (row.GetProperty("from").GetInt32(), row.GetProperty("to").GetInt32(), row.GetProperty("count").GetInt32()));

    private static async Task RefusedAsync(HttpClient client, string method, string path, string code, object? body = null) =>
        (await client.SendAsync(method, path, body)).ShouldBeProblem(HttpStatusCode.Conflict, code);

    private async Task<Guid> DraftAsync(string version, int approveFrom = 560, int reviewFrom = 530) =>
        (await Administrator.PostAsync("/credit-policies", Policy(version, approveFrom, reviewFrom), HttpStatusCode.Created)).Id;

    private async Task<Guid> CommittedAsync(string version, int approveFrom = 560, int reviewFrom = 530)
    {
        var id = await DraftAsync(version, approveFrom, reviewFrom);
        await Administrator.PostAsync($"/credit-policies/{id}/commit", null, HttpStatusCode.OK);
        return id;
    }

    private async Task<Guid> LiveAsync(string version, int approveFrom, int reviewFrom)
    {
        var id = await CommittedAsync(version, approveFrom, reviewFrom);
        await Administrator.PostAsync($"/credit-policies/{id}/replays", new { decisions = 1 }, HttpStatusCode.OK);
        await Underwriter.PostAsync($"/credit-policies/{id}/activate", null, HttpStatusCode.OK);
        return id;
    }

    private async Task<string?> StatusAsync(Guid id) =>
        (await Administrator.GetAsync($"/credit-policies/{id}", HttpStatusCode.OK))["status"];

    private async Task<(Guid Id, string? Status)> AssessAsync(object details)
    {
        var (id, answer) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, details);
        return (id, answer["application.status"]);
    }
}
