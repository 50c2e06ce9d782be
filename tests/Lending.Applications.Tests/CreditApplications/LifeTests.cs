using System.Net;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Applications.Tests.CreditApplications;

/// <summary>Submitting, withdrawing, expiring, and what cannot follow what.</summary>
public sealed class LifeTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task All_that_is_missing_is_told_at_once()
    {
        var customer = fixture.Customer(organization);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id, new { first = new { employment = "PERMANENT" } });

        (await Installer.SendAsync("POST", $"/applications/{id}/submit"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(
                ["loanAmount", "annualRatePercent", "termMonths", "adults", "housing", "first.employmentMonths", "first.netIncome"],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task A_submitted_one_cannot_be_changed_nor_submitted_again()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id, People.A());

        (await Installer.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK))["application.status"].ShouldBe("SUBMITTED");

        (await Installer.SendAsync("POST", $"/applications/{id}/submit")).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-draft");
        (await Installer.SendAsync("PATCH", $"/applications/{id}", new { cars = 0 })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-changeable"
        );
    }

    [Fact]
    public async Task Who_withdraws_what_was_submitted_gets_a_receipt()
    {
        var customer = fixture.Customer(organization);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));
        var id = await ApplicationsFixture.DraftAsync(own, customer.Id, People.A());
        await own.PostAsync($"/applications/{id}/submit", null, HttpStatusCode.OK);

        await own.PostAsync($"/applications/{id}/withdraw", new { }, HttpStatusCode.OK);

        var mails = fixture.Host.Messages.To(customer.Email);
        mails.Count(mail => mail.Kind == MessageKind.ApplicationWithdrawn).ShouldBe(1);
        mails.ShouldAllBe(mail => mail.Values["applicationId"] == $"{id}" && mail.CustomerId == customer.Id);
    }

    [Fact]
    public async Task A_withdrawn_one_is_over()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);

        var withdrawn = await Installer.PostAsync($"/applications/{id}/withdraw", new { comment = "No roof." }, HttpStatusCode.OK);

        withdrawn["application.status"].ShouldBe("WITHDRAWN");
        withdrawn["application.expiresAt"].ShouldBeNullOrEmpty();
        (await Installer.SendAsync("POST", $"/applications/{id}/withdraw", new { })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "application-not-open"
        );
        (
            await fixture.ReadAsync(
                organization,
                db => db.Transitions.Where(row => row.ApplicationId == id).OrderBy(row => row.Id).ToListAsync()
            )
        )
            .Select(step => (step.From, step.To, step.Comment?.Text))
            .ShouldBe([(null, ApplicationStatus.Draft, null), (ApplicationStatus.Draft, ApplicationStatus.Withdrawn, "No roof.")]);
    }

    [Fact]
    public async Task After_60_days_it_expires_unless_something_happens()
    {
        await using var host = await fixture.StartAsync();
        var client = host.ClientFor(Persons.Installer(organization));
        var (dreamer, applicant) = (fixture.Customer(organization), fixture.Customer(organization));
        var forgotten = await ApplicationsFixture.DraftAsync(client, dreamer.Id);
        var (approved, _) = await ApplicationsFixture.AssessedAsync(client, applicant.Id, People.A());
        var (declined, _) = await ApplicationsFixture.AssessedAsync(client, fixture.Customer(organization).Id, People.C);
        var touched = await ApplicationsFixture.DraftAsync(client, fixture.Customer(organization).Id);
        var deadlines = host.Services.GetRequiredService<ApplicationDeadlines>();

        host.Clock.Advance(TimeSpan.FromDays(59));
        await deadlines.RunAsync(CancellationToken.None);
        (await StatusesAsync()).ShouldBe(["DRAFT", "APPROVED", "DECLINED", "DRAFT"]);
        client = host.ClientFor(Persons.Installer(organization));
        await client.ExpectAsync("PATCH", $"/applications/{touched}", new { cars = 1 }, HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromDays(2));
        await Task.WhenAll(deadlines.RunAsync(CancellationToken.None), deadlines.RunAsync(CancellationToken.None));
        (await StatusesAsync()).ShouldBe(["EXPIRED", "EXPIRED", "DECLINED", "DRAFT"]);
        host.Messages.To(dreamer.Email).ShouldBeEmpty("of a draft nobody has heard");
        host.Messages.To(applicant.Email).Count(message => message.Kind == MessageKind.ApplicationExpired).ShouldBe(1);

        async Task<List<string>> StatusesAsync()
        {
            var statuses = await fixture.ReadAsync(
                organization,
                db => db.Applications.ToDictionaryAsync(application => application.Id, application => application.Status),
                host
            );
            return [.. new[] { forgotten, approved, declined, touched }.Select(id => EnumText.Of(statuses[id]))];
        }
    }

    [Fact]
    public async Task In_a_sandbox_it_expires_by_the_sandboxs_clock()
    {
        var (sandbox, other) = (Unique.Id(), Unique.Id());
        var tried = await ApplicationsFixture.DraftAsync(fixture.Host.ClientFor(Persons.Installer(sandbox)), fixture.Customer(sandbox).Id);
        var real = await ApplicationsFixture.DraftAsync(fixture.Host.ClientFor(Persons.Installer(other)), fixture.Customer(other).Id);
        var deadlines = fixture.Host.Services.GetRequiredService<ApplicationDeadlines>();

        await fixture.Host.AdvanceSandboxAsync(sandbox, TimeSpan.FromDays(61));
        await deadlines.RunAsync(sandbox, CancellationToken.None);
        await deadlines.RunAsync(other, CancellationToken.None);

        (await StatusAsync(sandbox, tried)).ShouldBe(ApplicationStatus.Expired);
        (await StatusAsync(other, real)).ShouldBe(ApplicationStatus.Draft);

        Task<ApplicationStatus> StatusAsync(Guid of, Guid id) =>
            fixture.ReadAsync(of, db => db.Applications.Where(row => row.Id == id).Select(row => row.Status).SingleAsync());
    }

    [Fact]
    public void No_move_leads_out_of_what_is_over_and_the_diagram_has_each_state()
    {
        var states = Enum.GetValues<ApplicationStatus>();
        ApplicationDiagram.Moves.SelectMany(move => new[] { move.From, move.To }).Distinct().Order().ShouldBe(states.Order());
        ApplicationDiagram.Moves.Distinct().Count().ShouldBe(ApplicationDiagram.Moves.Count);
        states
            .Where(state => ApplicationDiagram.Moves.All(move => move.From != state))
            .ShouldBe([ApplicationStatus.Contracted, ApplicationStatus.Expired, ApplicationStatus.Withdrawn]);
        // Approved is reached from an assessment or a person alone.
        ApplicationDiagram
            .Moves.Where(move => move.To == ApplicationStatus.Approved)
            .Select(move => move.From)
            .ShouldBe([ApplicationStatus.Assessing, ApplicationStatus.InReview, ApplicationStatus.Conditional]);
    }

    [Fact]
    public async Task The_database_refuses_a_move_that_there_is_not()
    {
        var id = await ApplicationsFixture.DraftAsync(Installer, fixture.Customer(organization).Id);

        await using var command = fixture.Host.Database.CreateCommand(
            $"""
            INSERT INTO applications.application_transitions (id, organization_id, application_id, "from", "to", at, by_id, by_username)
            VALUES (gen_random_uuid(), '{organization}', '{id}', 'DRAFT', 'APPROVED', now(), gen_random_uuid(), 'somebody')
            """
        );
        (await Should.ThrowAsync<Npgsql.PostgresException>(command.ExecuteNonQueryAsync())).ConstraintName.ShouldBe(
            "ck_application_transitions_from_to"
        );
    }
}
