using System.Net;
using System.Text.Json.Nodes;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>Other modules have a say in approvals and acceptances.</summary>
public sealed class GuardTests(LoansFixture fixture)
{
    private static readonly Error Objection = Error.Conflict("not-yet-assessed", "Somebody has to look at it first.");

    private readonly Office office = new(fixture);

    [Fact]
    public async Task An_offer_is_not_approved_while_a_module_objects()
    {
        var offer = await office.OfferAsync("PENDING");
        fixture.Guards.ToApproval[offer.Id] = Objection;

        var refused = await office.TryAsync(offer, "approve");

        refused.ShouldBeProblem(HttpStatusCode.Conflict, Objection.Code)["detail"].ShouldBe(Objection.Message);
        await StatusShouldBeAsync(offer, "PENDING");
        fixture.Guards.ToApproval.TryRemove(offer.Id, out _);
        (await office.GoAsync(offer, "approve"))["status"].ShouldBe("APPROVED");
        fixture.Guards.Asked.ShouldContain((typeof(FakeGuards.OfApproval), office.Id, Guarded(offer, 10_000)));
    }

    [Fact]
    public async Task An_offer_is_not_accepted_by_its_customer_while_a_module_objects()
    {
        var offer = await office.OfferAsync("APPROVED");
        fixture.Guards.ToAcceptance[offer.Id] = Objection;

        var refused = await office.TryAsync(offer, "accept");

        refused.ShouldBeProblem(HttpStatusCode.Conflict, Objection.Code)["detail"].ShouldBe(Objection.Message);
        await StatusShouldBeAsync(offer, "APPROVED");
        (await office.Installer.SendAsync("GET", $"/loan-offers/{offer.Id}/acceptance")).Status.ShouldBe(HttpStatusCode.NotFound);
        fixture.Guards.ToAcceptance.TryRemove(offer.Id, out _);
        (await office.GoAsync(offer, "accept"))["status"].ShouldBe("ACCEPTED");
        fixture.Guards.Asked.ShouldContain((typeof(FakeGuards.OfAcceptance), office.Id, Guarded(offer, 10_000)));
    }

    [Fact]
    public async Task New_terms_are_told_to_modules_and_refused_ones_are_not()
    {
        var offer = await office.OfferAsync("PENDING");

        var changed = await office.Installer.ExpectAsync(
            "PATCH",
            $"/loan-offers/{offer.Id}",
            new { loanAmount = 12_000 },
            HttpStatusCode.OK
        );
        await office.Installer.SendAsync("PATCH", $"/loan-offers/{offer.Id}", new { loanAmount = -1 });

        fixture
            .Guards.Asked.Where(asked => asked.Offer.Id == offer.Id)
            .ShouldBe([(typeof(FakeGuards.OfChanges), office.Id, Guarded(changed, 12_000))]);
    }

    [Fact]
    public async Task A_link_is_not_used_up_by_an_acceptance_to_which_a_module_objects()
    {
        var offer = await office.OfferAsync("APPROVED");
        fixture.Guards.ToAcceptance[offer.Id] = Objection;
        var link = await office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);

        var refused = await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, link["token"]));

        refused.ShouldBeProblem(HttpStatusCode.Conflict, Objection.Code);
        await StatusShouldBeAsync(offer, "APPROVED");
        fixture.Guards.ToAcceptance.TryRemove(offer.Id, out _);
        var accepted = await office.Anonymous.PostAsync(
            $"/loan-offers/{offer.Id}/accept",
            Steps.Acceptance(offer, link["token"]),
            HttpStatusCode.OK
        );
        accepted["status"].ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task Nobody_asks_other_modules_about_what_is_refused_anyway()
    {
        var offer = await office.OfferAsync("PENDING");
        fixture.Guards.ToAcceptance[offer.Id] = Objection;

        (await office.TryAsync(offer, "accept")).ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-approved");

        fixture.Guards.Asked.ShouldNotContain(asked => asked.Guard == typeof(FakeGuards.OfAcceptance) && asked.Offer.Id == offer.Id);
    }

    [Fact]
    public async Task They_are_told_what_other_modules_read_of_the_offer()
    {
        var product = await office.ProductAsync(Catalogue.Solar().With("dealerFeePercent", 2));
        var offer = await office.OfferAsync(
            new JsonObject
            {
                ["customerId"] = office.Customer.Id,
                ["productId"] = product.Id,
                ["loanAmount"] = 10_000,
                ["termMonths"] = 24,
            }
        );
        var credit = await office.BehindTheApiAsync((IOfferedCredits credits) => credits.FindAsync(offer.Id, CancellationToken.None));

        await office.GoAsync(offer, "approve");

        var told = Guarded(offer, 9_800, monthlyFee: 1.50m);
        fixture.Guards.Asked.ShouldContain((typeof(FakeGuards.OfApproval), office.Id, told));
        (credit!.CustomerId, credit.DocumentHash, credit.Currency, credit.AmountOfCredit, credit.MonthlyInstalment).ShouldBe(
            (told.CustomerId, told.DocumentHash, told.Currency, told.AmountOfCredit, told.MonthlyInstalment)
        );
    }

    private GuardedOffer Guarded(Answer offer, decimal amountOfCredit, decimal monthlyFee = 0) =>
        new(
            offer.Id,
            office.Customer.Id,
            offer["documentHash"]!,
            "EUR",
            amountOfCredit,
            offer.Json.GetProperty("monthlyPayment").GetDecimal() + monthlyFee
        );

    private async Task StatusShouldBeAsync(Answer offer, string status) =>
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["status"].ShouldBe(status);
}
