using System.Net;
using Lending.Identity.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class ApprovalTests(LoansFixture fixture)
{
    private static readonly ApprovalTier[] Tiers =
    [
        new(5_000, Approver.Installer),
        new(20_000, Approver.SecondPerson),
        new(null, Approver.Underwriter),
    ];

    private static readonly string[] People = ["creator", "colleague", "administrator", "underwriter"];

    private readonly Office office = new(fixture, approvalTiers: Tiers);

    [Theory]
    [InlineData(500, "creator", null)]
    [InlineData(5_000, "creator", null)]
    [InlineData(5_000, "underwriter", null)]
    [InlineData(5_000.01, "creator", "second-person-required")]
    [InlineData(5_000.01, "colleague", null)]
    [InlineData(20_000, "creator", "second-person-required")]
    [InlineData(20_000, "colleague", null)]
    [InlineData(20_000, "underwriter", null)]
    [InlineData(20_000.01, "creator", "underwriter-required")]
    [InlineData(20_000.01, "colleague", "underwriter-required")]
    [InlineData(20_000.01, "administrator", "underwriter-required")]
    [InlineData(20_000.01, "underwriter", null)]
    public async Task The_amount_decides_who_may_approve(double amount, string who, string? code)
    {
        var offer = await office.OfferAsync(office.Terms((decimal)amount));

        var answer = await ClientOf(who).SendAsync("POST", $"/loan-offers/{offer.Id}/approve", Steps.Decision(offer));

        if (code is null)
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        }
        else
        {
            answer.ShouldBeProblem(HttpStatusCode.Forbidden, code);
            (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
        }
    }

    [Fact]
    public async Task Who_last_changed_the_terms_is_no_second_person()
    {
        var offer = await office.OfferAsync(office.Terms(10_000));
        var colleague = ClientOf("colleague");
        offer = await colleague.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":20}""", HttpStatusCode.OK);

        foreach (var client in new[] { colleague, office.Installer })
        {
            (await client.SendAsync("POST", $"/loan-offers/{offer.Id}/approve", Steps.Decision(offer))).ShouldBeProblem(
                HttpStatusCode.Forbidden,
                "second-person-required"
            );
        }

        await ClientOf("colleague").PostAsync($"/loan-offers/{offer.Id}/approve", Steps.Decision(offer), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_leaves_a_second_person_one()
    {
        var offer = await office.OfferAsync(office.Terms(10_000));
        var colleague = ClientOf("colleague");
        await colleague.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", "{}", HttpStatusCode.OK);

        await colleague.PostAsync($"/loan-offers/{offer.Id}/approve", Steps.Decision(offer), HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_amount_at_the_approval_counts_not_the_one_at_the_creation()
    {
        var offer = await office.OfferAsync(office.Terms(30_000));
        offer = await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"loanAmount":5000}""", HttpStatusCode.OK);

        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/approve", Steps.Decision(offer), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Everybody_who_decides_may_reject()
    {
        var offer = await office.OfferAsync(office.Terms(30_000));

        await office.GoAsync(offer, "reject");
    }

    [Theory]
    [InlineData(5_000, "administrator", "administrator", "administrator", "administrator", null)]
    [InlineData(5_000.01, "administrator", "administrator", "underwriter", "administrator", "third-person-required")]
    [InlineData(5_000.01, "administrator", "creator", "underwriter", "administrator", "third-person-required")]
    [InlineData(5_000.01, "creator", "administrator", "underwriter", "administrator", "third-person-required")]
    [InlineData(5_000.01, "creator", "creator", "administrator", "administrator", "third-person-required")]
    [InlineData(5_000.01, "creator", "creator", "underwriter", "underwriter", "third-person-required")]
    [InlineData(5_000.01, "creator", "creator", "colleague", "administrator", null)]
    [InlineData(5_000.01, "creator", "creator", "administrator", "underwriter", null)]
    [InlineData(20_000.01, "administrator", "administrator", "underwriter", "administrator", "third-person-required")]
    [InlineData(20_000.01, "creator", "creator", "underwriter", "underwriter", "third-person-required")]
    [InlineData(20_000.01, "creator", "creator", "underwriter", "administrator", null)]
    public async Task Who_made_changed_or_approved_an_offer_does_not_pay_it_out_unless_installers_decide_alone(
        double amount,
        string maker,
        string changer,
        string approver,
        string payer,
        string? code
    )
    {
        var people = People.ToDictionary(who => who, ClientOf);
        var offer = await people[maker].PostAsync("/loan-offers", office.Terms((decimal)amount), HttpStatusCode.Created);
        var path = $"/loan-offers/{offer.Id}";
        offer = await people[changer].ExpectAsync("PATCH", path, """{"termMonths":20}""", HttpStatusCode.OK);
        await people[approver].PostAsync($"{path}/approve", Steps.Decision(offer), HttpStatusCode.OK);
        var accepted = await office.GoAsync(offer, "accept");

        var answer = await people[payer].SendAsync("POST", $"{path}/disburse", Steps.Decision(offer));

        if (code is null)
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        }
        else
        {
            answer.ShouldBeProblem(HttpStatusCode.Forbidden, code);
            (await office.Installer.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(accepted.Text);
        }
    }

    [Fact]
    public async Task What_was_decided_is_a_conflict_whoever_asks()
    {
        var offer = await office.OfferAsync(office.Terms(30_000));
        await office.GoAsync(offer, "cancel");

        (await office.TryAsync(offer, "approve")).ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-pending");
    }

    private HttpClient ClientOf(string who) =>
        who switch
        {
            "creator" => office.Installer,
            "colleague" => fixture.Host.ClientFor(Persons.Installer(office.Id)),
            "administrator" => fixture.Host.ClientFor(Persons.Administrator(office.Id)),
            _ => fixture.Host.ClientFor(Persons.Underwriter(office.Id)),
        };
}
