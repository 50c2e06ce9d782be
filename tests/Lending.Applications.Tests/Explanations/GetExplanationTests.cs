using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Applications.Tests.Explanations;

/// <summary>What customers are told of a decision, in their language.</summary>
public sealed class GetExplanationTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Theory]
    [InlineData("en", "It would pass with an instalment of up to 70.00 EUR.", "automatically", "class 2 of 5")]
    [InlineData("de-AT, en;q=0.5", "Es würde genügen: eine Rate bis 70,00 EUR.", "automatisch", "Klasse 2 von 5")]
    [InlineData("fr", "It would pass with an instalment of up to 70.00 EUR.", "automatically", "class 2 of 5")]
    public async Task The_customer_is_told_reasons_what_would_pass_and_rights(string liked, string wouldPass, string how, string bureau)
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        own.DefaultRequestHeaders.Add("Accept-Language", liked);

        var explanation = await own.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);

        explanation["status"].ShouldBe("DECLINED");
        explanation["isAutomated"].ShouldBe(bool.TrueString);
        explanation["policyVersion"].ShouldBe("standard-2026-1");
        explanation["how"]!.ShouldContain(how);
        explanation["bureau"]!.ShouldContain(bureau);
        explanation["rights"].ShouldNotBeNullOrEmpty();
        explanation["debtAdvice"].ShouldNotBeNullOrEmpty();
        var reason = explanation.Json.GetProperty("reasons").EnumerateArray().Single();
        reason.GetProperty("code").GetString().ShouldBe("SURPLUS");
        reason.GetProperty("wouldPass").GetString().ShouldBe(wouldPass);
        var change = reason.GetProperty("counterfactual").GetProperty("changes").EnumerateArray().Single();
        (change.GetProperty("fact").GetString(), change.GetProperty("value").GetDecimal()).ShouldBe(("INSTALMENT", 70m));
        explanation.Json.GetProperty("affordability").GetProperty("surplus").GetDecimal().ShouldBe(38.81m);
        explanation.Json.GetProperty("score").GetProperty("characteristics").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task Staff_see_what_the_bureau_was_asked_for_and_all_that_it_answered()
    {
        var (known, twin) = (fixture.Customer(organization, "ClassFive"), fixture.Customer(organization, "Twin"));

        var ofKnown = await InquiryAsync(known.Id);
        var ofTwin = await InquiryAsync(twin.Id);

        (Text(ofKnown, "purpose"), Text(ofKnown, "legalBasis"), Text(ofKnown, "outcome")).ShouldBe(("CREDIT", "GDPR_6_1_F", "HIT"));
        (ofKnown.GetProperty("class").GetInt32(), ofKnown.GetProperty("negativeEntries").GetInt32()).ShouldBe((5, 3));
        ofKnown.GetProperty("defaultProbability").GetDecimal().ShouldBe(0.35m);
        ofKnown.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()).ShouldBe(["DEFAULT", "BAN"]);
        ofKnown.GetProperty("asOf").ValueKind.ShouldBe(JsonValueKind.String);
        Text(ofKnown, "providerReference")!.ShouldStartWith("fake-");
        // What may be said of somebody else is not told.
        Text(ofTwin, "outcome").ShouldBe("AMBIGUOUS");
        ofTwin.GetProperty("class").ValueKind.ShouldBe(JsonValueKind.Null);
        ofTwin.GetProperty("defaultProbability").ValueKind.ShouldBe(JsonValueKind.Null);

        async Task<JsonElement> InquiryAsync(Guid customerId)
        {
            var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customerId, People.A());
            return (await Installer.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK)).Json.GetProperty("inquiry");
        }

        static string? Text(JsonElement inquiry, string name) => inquiry.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Of_two_neither_is_told_points_and_staff_are()
    {
        var (one, other) = (fixture.Customer(organization, "ClassOne"), fixture.Customer(organization, "ClassFour"));
        var id = await ApplicationsFixture.DraftAsync(Installer, one.Id, People.C);
        var second = new
        {
            secondCustomerId = other.Id,
            second = new
            {
                employment = "PENSION",
                employmentMonths = 0,
                netIncome = People.Proved(100, "PENSION_NOTICE"),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", second, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        var ofStaff = await Installer.GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);
        var own = await fixture
            .Host.ClientFor(Persons.Customer(organization, one.Id))
            .GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK);

        ofStaff.Json.GetProperty("score").GetProperty("points").GetInt32().ShouldBePositive();
        own.Json.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        own.Json.GetProperty("reasons")
            .EnumerateArray()
            .ShouldAllBe(reason => reason.GetProperty("lostPoints").ValueKind == JsonValueKind.Null);
        own.Text.ShouldContain("SURPLUS");
    }

    [Fact]
    public async Task Of_two_each_is_told_only_their_own_answer_of_the_bureau()
    {
        var (one, other) = (fixture.Customer(organization, "ClassOne"), fixture.Customer(organization, "ClassFour"));
        var id = await ApplicationsFixture.DraftAsync(Installer, one.Id, People.A());
        var second = new
        {
            secondCustomerId = other.Id,
            second = new
            {
                employment = "PENSION",
                employmentMonths = 0,
                netIncome = People.Proved(900, "PENSION_NOTICE"),
            },
        };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", second, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        (await ExplainedToAsync(one.Id)).ShouldContain("class 1 of 5");
        (await ExplainedToAsync(other.Id)).ShouldContain("class 4 of 5");

        async Task<string> ExplainedToAsync(Guid customerId) =>
            (
                await fixture
                    .Host.ClientFor(Persons.Customer(organization, customerId))
                    .GetAsync($"/applications/{id}/explanation", HttpStatusCode.OK)
            )["bureau"]!;
    }

    [Fact]
    public async Task Before_a_decision_there_is_nothing_to_explain()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);

        (await Installer.SendAsync("GET", $"/applications/{id}/explanation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-decided"
        );
    }
}
