using System.Net;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.CreditApplications;

/// <summary>Figures that a document proves, of Documents.</summary>
public sealed class EvidenceDocumentTests(ApplicationsFixture fixture)
{
    private const string Path = "first.netIncome.documentId";
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task A_document_of_the_applicant_proves_an_income_and_is_told()
    {
        var customer = fixture.Customer(organization);
        var document = fixture.Document(organization, customer.Id);

        var (_, answer) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.A(netIncome: By(document)));

        answer["application.status"].ShouldBe("APPROVED");
        answer[$"details.{Path}"].ShouldBe(document.ToString());
        answer.Json.GetProperty("missingEvidence").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("entered").TryGetProperty(Path, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another customer's")]
    [InlineData("another organisation's")]
    [InlineData("one that does not count")]
    public async Task What_is_no_document_of_who_applies_does_not_exist(string whose)
    {
        var customer = fixture.Customer(organization);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id);
        var document = whose switch
        {
            "another customer's" => fixture.Document(organization, fixture.Customer(organization).Id),
            "another organisation's" => fixture.Document(Unique.Id(), customer.Id),
            "one that does not count" => fixture.Document(organization, customer.Id),
            _ => Unique.Id(),
        };
        if (whose == "one that does not count")
        {
            fixture.Reject(document);
        }

        var refused = await Installer.SendAsync("PATCH", $"/applications/{id}", People.A(netIncome: By(document)));

        refused.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([Path]);
        refused.Text.ShouldContain("\"unknown-document\"");
        (await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK)).Json.GetProperty("entered").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_apply_each_may_have_the_document()
    {
        var first = fixture.Customer(organization);
        var second = fixture.Customer(organization);
        var document = fixture.Document(organization, second.Id);
        var id = await ApplicationsFixture.DraftAsync(Installer, first.Id);
        var housing = new
        {
            housing = new
            {
                amount = 850,
                source = "CONTRACT",
                documentId = document,
            },
        };
        (await Installer.SendAsync("PATCH", $"/applications/{id}", housing)).WrongFields.ShouldBe(["housing.documentId"]);

        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { secondCustomerId = second.Id }, HttpStatusCode.OK);
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", housing, HttpStatusCode.OK);

        // The first one, who is alone at the screen, does not see the other's.
        var own = fixture.Host.ClientFor(Persons.Customer(organization, first.Id));
        (
            await own.SendAsync("PATCH", $"/applications/{id}", new { livingExpenses = new { amount = 1, documentId = document } })
        ).WrongFields.ShouldBe(["livingExpenses.documentId"]);

        // What the other one has proved is proved, whoever reads.
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", new { second = new { netIncome = By(document) } }, HttpStatusCode.OK);
        (await own.GetAsync($"/applications/{id}", HttpStatusCode.OK)).Json.GetProperty("missingEvidence").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task One_that_turns_out_not_to_count_is_missing_until_another_one_comes()
    {
        var customer = fixture.Customer(organization);
        var document = fixture.Document(organization, customer.Id);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id, People.A(netIncome: By(document)));
        fixture.Reject(document);

        await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        var waiting = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        waiting["application.status"].ShouldBe("COLLECTING");
        waiting.Json.GetProperty("missingEvidence").EnumerateArray().Select(path => path.GetString()).ShouldBe(["first.netIncome"]);
        waiting[$"details.{Path}"].ShouldBeEmpty();
        var next = new { first = new { netIncome = new { documentId = fixture.Document(organization, customer.Id) } } };
        await Installer.ExpectAsync("PATCH", $"/applications/{id}", next, HttpStatusCode.OK);
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"].ShouldBe("APPROVED");
    }

    [Fact]
    public async Task One_that_nobody_has_approved_proves_nothing_and_is_waited_for()
    {
        var customer = fixture.Customer(organization);
        var document = fixture.Document(organization, customer.Id, isApproved: false);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var id = await ApplicationsFixture.DraftAsync(own, customer.Id, People.A(netIncome: By(document)));
        await own.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        var waiting = await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK);

        waiting["application.status"].ShouldBe("COLLECTING");
        waiting.Json.GetProperty("missingEvidence").EnumerateArray().Select(path => path.GetString()).ShouldBe(["first.netIncome"]);
        waiting[$"details.{Path}"].ShouldBe(document.ToString());
        await fixture.ApproveAsync(fixture.Document(organization, customer.Id));
        (await StatusAsync(id)).ShouldBe("COLLECTING", "another one was approved");
        // As a host leaves it that stops while it decides.
        await using (
            var command = fixture.Host.Database.CreateCommand(
                $"UPDATE applications.applications SET status = 'ASSESSING', expires_at = NULL WHERE id = '{id}'"
            )
        )
        {
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }
        await fixture.ApproveAsync(document);
        (await StatusAsync(id)).ShouldBe("APPROVED");
        await fixture.ApproveAsync(document);
        (await fixture.ReadAsync(organization, db => db.Decisions.CountAsync(row => row.ApplicationId == id))).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_customer_writes_proves_nothing_and_what_staff_write_does_until_the_customer_changes_the_figure()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var id = await ApplicationsFixture.DraftAsync(own, customer.Id, People.A());
        await own.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);
        (await AssessAsync(id)).ShouldBe("COLLECTING");

        await ProveAsync("The payslip of October.");
        await own.ExpectAsync("PATCH", $"/applications/{id}", IncomeOf(new { amount = 4_000 }), HttpStatusCode.OK);
        (await AssessAsync(id)).ShouldBe("COLLECTING", "the payslip was seen with another income");
        await ProveAsync("The payslips of October and November.");

        (await AssessAsync(id)).ShouldBe("APPROVED");

        Task<Answer> ProveAsync(string evidence) =>
            Installer.ExpectAsync("PATCH", $"/applications/{id}", IncomeOf(new { evidence }), HttpStatusCode.OK);

        static object IncomeOf(object netIncome) => new { first = new { netIncome } };
    }

    private async Task<string?> AssessAsync(Guid id) =>
        (await Installer.PostAsync($"/applications/{id}/assess", null, HttpStatusCode.OK))["application.status"];

    private async Task<string?> StatusAsync(Guid id) =>
        (await Installer.GetAsync($"/applications/{id}", HttpStatusCode.OK))["application.status"];

    private static object By(Guid documentId) =>
        new
        {
            amount = 3_200,
            source = "PAYSLIP",
            documentId,
        };
}
