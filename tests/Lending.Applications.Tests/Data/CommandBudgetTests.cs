using System.Net;
using System.Text.Json;
using Lending.Applications.Scoring;
using Lending.Testing;

namespace Lending.Applications.Tests.Data;

/// <summary>How often each slice asks the database.</summary>
public sealed class CommandBudgetTests(ApplicationsFixture fixture)
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        await using var host = await fixture.StartAsync();
        var organization = Unique.Id();
        var installer = host.ClientFor(Persons.Installer(organization));
        var administrator = host.ClientFor(Persons.Administrator(organization));
        var underwriter = host.ClientFor(Persons.Underwriter(organization));
        var customer = fixture.Customer(organization);
        var own = host.ClientFor(Persons.Customer(organization, customer.Id));
        var draft = await ApplicationsFixture.DraftAsync(installer, customer.Id, People.A());
        var (declined, _) = await ApplicationsFixture.AssessedAsync(installer, customer.Id, People.C);
        var policy = (await administrator.PostAsync("/credit-policies", Policy("one"), HttpStatusCode.Created)).Id;

        await host.ShouldKeepAsync(
            new("StartApplication", 2, () => installer.SendAsync("POST", "/applications", new { customerId = customer.Id })),
            new("ListApplications", 1, () => installer.SendAsync("GET", "/applications")),
            new("GetApplication", 1, () => installer.SendAsync("GET", $"/applications/{draft}")),
            // The lock, the application, and what is new; the documents that figures name are another module's.
            new("SaveDraft", 3, () => installer.SendAsync("PATCH", $"/applications/{draft}", new { cars = 2 })),
            // All that the risk is scored by is counted in one.
            new("SubmitApplication", 4, () => installer.SendAsync("POST", $"/applications/{draft}/submit")),
            // The same before the bureau is asked, and after, with the policy; open questions, answers, and what is told.
            new("AssessApplication", 11, () => installer.SendAsync("POST", $"/applications/{draft}/assess")),
            new("GetRisk", 1, () => underwriter.SendAsync("GET", $"/applications/{draft}/risk")),
            new("LabelRisk", 4, () => underwriter.SendAsync("POST", $"/applications/{draft}/risk/labels", new { label = "GENUINE" })),
            new("GetRiskQuality", 1, () => underwriter.SendAsync("GET", "/risk/quality")),
            new("ReassessApplication", 3, () => installer.SendAsync("POST", $"/applications/{draft}/reassess")),
            new("WithdrawApplication", 3, () => installer.SendAsync("POST", $"/applications/{draft}/withdraw", new { })),
            // Application, decision, review, the bureau's answer.
            new("GetExplanation", 4, () => own.SendAsync("GET", $"/applications/{declined}/explanation")),
            // The decision, and whether a person has looked at it.
            new("RequestReview", 5, () => own.SendAsync("POST", $"/applications/{declined}/review-requests", new { })),
            new("ClaimReview", 3, () => underwriter.SendAsync("POST", $"/applications/{declined}/claim")),
            // The decision, a proposal, and answers of the bureau for the mail.
            new(
                "DecideReview",
                6,
                () =>
                    underwriter.SendAsync(
                        "POST",
                        $"/applications/{declined}/decide",
                        """{"result": "DECLINED", "comment": "No.", "reasons": ["SURPLUS"]}"""
                    )
            ),
            new("GetOfferRule", 1, () => administrator.SendAsync("GET", "/application-rules")),
            new("PutOfferRule", 3, () => administrator.SendAsync("PUT", "/application-rules", new { needsApprovedApplication = true })),
            new("CreatePolicy", 2, () => administrator.SendAsync("POST", "/credit-policies", Policy("two"))),
            new("ListPolicies", 1, () => administrator.SendAsync("GET", "/credit-policies")),
            new("GetPolicy", 1, () => administrator.SendAsync("GET", $"/credit-policies/{policy}")),
            new("PutPolicy", 2, () => administrator.SendAsync("PUT", $"/credit-policies/{policy}", Policy("three"))),
            // Whose rows, the policy, past decisions, and that it was run.
            new("ReplayPolicy", 4, () => administrator.SendAsync("POST", $"/credit-policies/{policy}/replays", new { decisions = 10 })),
            new("CommitPolicy", 2, () => administrator.SendAsync("POST", $"/credit-policies/{policy}/commit")),
            // The policy, the one before it, and that it was moved.
            new("ShadowPolicy", 3, () => administrator.SendAsync("POST", $"/credit-policies/{policy}/shadow")),
            new("ActivatePolicy", 3, () => underwriter.SendAsync("POST", $"/credit-policies/{policy}/activate")),
            new("GetShadowDecisions", 2, () => administrator.SendAsync("GET", $"/credit-policies/{policy}/shadow-decisions")),
            new("RetirePolicy", 2, () => administrator.SendAsync("POST", $"/credit-policies/{policy}/retire"))
        );
    }

    private static object Policy(string version) =>
        new { policy = JsonElement.Parse((CreditPolicy.Standard with { Version = version }).ToJson()) };
}
