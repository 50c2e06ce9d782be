using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>Who is told what when an offer moves on.</summary>
public sealed class OfferMessagesTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("APPROVED", MessageKind.OfferApproved)]
    [InlineData("REJECTED", MessageKind.OfferRejected)]
    [InlineData("ACCEPTED", MessageKind.AcceptanceReceipt)]
    [InlineData("EXPIRED", MessageKind.OfferExpired)]
    [InlineData("WITHDRAWN", MessageKind.WithdrawalReceipt)]
    [InlineData("DISBURSED", MessageKind.OfferDisbursed)]
    public async Task The_customer_is_told_once_what_became_of_the_offer(string status, MessageKind kind)
    {
        var offer = await office.OfferAsync(status);

        var message = office.Messages.To(office.Customer.Email).Single(sent => sent.Kind == kind);
        message.CustomerId.ShouldBe(office.Customer.Id);
        message.Values["offerId"].ShouldBe(offer["id"]);
        message.Values["name"].ShouldBe(office.Customer.FullName);
    }

    [Fact]
    public async Task Of_an_offer_that_is_taken_back_the_customer_is_told_if_it_could_have_been_accepted()
    {
        await office.GoAsync(await office.OfferAsync(), "cancel");
        office.Messages.To(office.Customer.Email).ShouldBeEmpty();

        await office.GoAsync(await office.OfferAsync("APPROVED"), "cancel");

        office
            .Messages.To(office.Customer.Email)
            .Select(message => message.Kind)
            .ShouldBe([MessageKind.OfferApproved, MessageKind.OfferCancelled]);
    }

    [Theory]
    [InlineData("ACCEPTED")]
    [InlineData("DECLINED")]
    [InlineData("EXPIRED")]
    [InlineData("WITHDRAWN")]
    public async Task Who_made_the_offer_is_told_what_others_did_with_it(string status)
    {
        var email = fixture.Staff.Emails[office.InstallerSubject.UserId] = Unique.Email();
        var offer = await office.OfferAsync(status);

        var news = office.Messages.To(email)[^1];
        news.Kind.ShouldBe(MessageKind.OfferNews);
        (news.UserId, news.CustomerId).ShouldBe((office.InstallerSubject.UserId, null));
        news.Values["status"].ShouldBe(status);
        news.Values["offerId"].ShouldBe(offer["id"]);
        // The installer has approved it themselves, and knows.
        office.Messages.To(email).ShouldAllBe(message => message.Values["status"] != "APPROVED");
    }

    [Fact]
    public async Task What_is_refused_is_told_to_nobody()
    {
        var offer = await office.OfferAsync("DECLINED");
        var before = office.Messages.To(office.Customer.Email).Count;

        (await office.TryAsync(offer, "accept")).Status.ShouldBe(HttpStatusCode.Conflict);

        office.Messages.To(office.Customer.Email).Count.ShouldBe(before);
    }
}
