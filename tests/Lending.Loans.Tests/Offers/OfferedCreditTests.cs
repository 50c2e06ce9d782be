using System.Globalization;
using System.Net;
using Lending.Loans.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>What other modules read of an offer.</summary>
public sealed class OfferedCreditTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task It_says_what_the_offer_says()
    {
        var offer = await office.OfferAsync("APPROVED");

        var credit = (await FindAsync(offer.Id)).ShouldNotBeNull();

        credit.DocumentHash.ShouldBe(offer["documentHash"]);
        credit.CustomerId.ShouldBe(office.Customer.Id);
        credit.IsOpen.ShouldBeTrue();
        credit.ValidUntil.ShouldBe(offer.Json.GetProperty("validUntil").GetDateTimeOffset());
        credit.WithdrawalEndsAt.ShouldBeNull();
        credit.TotalPayable.ShouldBe(offer.Json.GetProperty("totalPayable").GetDecimal());
        credit.TotalPayable.ShouldBe(credit.AmountOfCredit + credit.TotalCostOfCredit);
        var rows = (await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK)).Json.GetProperty("rows");
        credit
            .Instalments.Select(row => row.DueOn.ToString("O", CultureInfo.InvariantCulture))
            .ShouldBe(rows.EnumerateArray().Select(row => row.GetProperty("dueDate").GetString()));
        credit
            .Instalments.Select(row => row.Balance)
            .ShouldBe(rows.EnumerateArray().Select(row => row.GetProperty("balance").GetDecimal()));
    }

    [Fact]
    public async Task An_accepted_offer_is_not_open_and_says_how_long_the_customer_may_withdraw()
    {
        var offer = await office.OfferAsync("ACCEPTED");

        var credit = (await FindAsync(offer.Id)).ShouldNotBeNull();

        credit.IsOpen.ShouldBeFalse();
        credit.WithdrawalEndsAt.ShouldBe(offer.Json.GetProperty("withdrawalEndsAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_is_given_to_the_customer_stays_as_a_version_when_the_terms_change()
    {
        var offer = await office.OfferAsync();
        (await FindAsync(offer.Id)).ShouldNotBeNull();

        var unseen = await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":11}""", HttpStatusCode.OK);
        var given = (
            await office.BehindTheApiAsync((IOfferedCredits credits) => credits.GiveAsync(offer.Id, CancellationToken.None))
        ).ShouldNotBeNull();
        var seen = await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":12}""", HttpStatusCode.OK);

        unseen["version"].ShouldBe("1");
        given.DocumentHash.ShouldBe(unseen["documentHash"]);
        seen["version"].ShouldBe("2");
        var kept = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/versions/1", HttpStatusCode.OK);
        kept["documentHash"].ShouldBe(given.DocumentHash);
    }

    [Fact]
    public async Task Another_organisation_finds_nothing()
    {
        var offer = await office.OfferAsync();
        var other = new Office(fixture);

        (await other.BehindTheApiAsync((IOfferedCredits credits) => credits.FindAsync(offer.Id, CancellationToken.None))).ShouldBeNull();
        (await other.BehindTheApiAsync((IOfferedCredits credits) => credits.GiveAsync(offer.Id, CancellationToken.None))).ShouldBeNull();
    }

    private Task<OfferedCredit?> FindAsync(Guid offerId) =>
        office.BehindTheApiAsync((IOfferedCredits credits) => credits.FindAsync(offerId, CancellationToken.None));
}
