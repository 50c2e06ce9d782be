using Lending.Applications.Contracts;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Tests.Contracts;

/// <summary>What pages of another module show a customer.</summary>
public sealed class CustomerApplicationsTests(ApplicationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task A_refusal_is_explained_and_a_person_looks_at_it_on_demand_once()
    {
        var customer = fixture.Customer(organization);
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);

        var listed = await AskAsync(customer.Id, applications => applications.ListAsync(TestContext.Current.CancellationToken));
        var decision = await ReadAsync(customer.Id, id);

        listed.ShouldHaveSingleItem().ShouldBe(decision!.Application);
        (decision.Application.Status, decision.Application.LoanAmount).ShouldBe((ApplicationStatus.Declined, 20_000));
        decision.Reasons.ShouldHaveSingleItem().WouldPass.ShouldBe("Es würde genügen: eine Rate bis 70,00 EUR.");
        decision.How.ShouldContain("automatisch");
        decision.Procedure.ShouldNotBeNull();
        decision.CanRequestReview.ShouldBeTrue();

        (await DemandAsync(customer.Id, id)).ShouldBeNull();

        var demanded = (await ReadAsync(customer.Id, id))!;
        demanded.Application.Status.ShouldBe(ApplicationStatus.ReviewRequested);
        demanded.CanRequestReview.ShouldBeFalse();
        (await DemandAsync(customer.Id, id))!.Code.ShouldBe("application-not-declined");
        var last = await fixture.ReadAsync(
            organization,
            db => db.Transitions.Where(row => row.ApplicationId == id).OrderBy(row => row.Id).LastAsync()
        );
        (last.Comment?.Text, last.By.Username).ShouldBe(("The loan at my bank is repaid in March.", "link"));
        fixture
            .Host.Messages.To(customer.Email)
            .Select(mail => mail.Kind)
            .ShouldBe([MessageKind.ApplicationReceived, MessageKind.ApplicationDeclined, MessageKind.ApplicationReviewRequested]);
    }

    [Fact]
    public async Task Nobody_else_sees_it_or_demands_anything_and_what_is_not_decided_has_no_decision()
    {
        var (customer, other) = (fixture.Customer(organization), fixture.Customer(organization));
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, customer.Id, People.C);
        var draft = await ApplicationsFixture.DraftAsync(Installer, customer.Id);

        (await AskAsync(other.Id, applications => applications.ListAsync(TestContext.Current.CancellationToken))).ShouldBeEmpty();
        (await ReadAsync(other.Id, id)).ShouldBeNull();
        (await DemandAsync(other.Id, id))!.Code.ShouldBe("not-found");
        (await ReadAsync(customer.Id, draft)).ShouldBeNull();
        (await ReadAsync(customer.Id, id))!.Application.Status.ShouldBe(ApplicationStatus.Declined);
    }

    private Task<ExplainedDecision?> ReadAsync(Guid customerId, Guid id) =>
        AskAsync(customerId, applications => applications.ReadDecisionAsync(id, "de", TestContext.Current.CancellationToken));

    private Task<Kernel.Error?> DemandAsync(Guid customerId, Guid id) =>
        AskAsync(
            customerId,
            applications =>
                applications.RequestReviewAsync(id, "The loan at my bank is repaid in March.", TestContext.Current.CancellationToken)
        );

    private Task<T> AskAsync<T>(Guid customerId, Func<ICustomerApplications, Task<T>> ask) =>
        fixture.AsCustomerAsync(organization, customerId, ask);
}
