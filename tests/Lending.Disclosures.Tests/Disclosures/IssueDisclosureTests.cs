using System.Net;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Tests.Disclosures;

public sealed class IssueDisclosureTests(DisclosuresFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task What_was_given_is_kept_with_both_hashes()
    {
        await office.SetAsync();
        var credit = office.Offer();

        var issued = await office.IssueAsync(credit);

        issued["offerId"].ShouldBe(credit.OfferId.ToString());
        issued["customerId"].ShouldBe(office.Customer.Id.ToString());
        issued["offerVersion"].ShouldBe("1");
        issued["offerHash"].ShouldBe(credit.DocumentHash);
        issued["medium"].ShouldBe("PAPER");
        issued["form.offerHash"].ShouldBe(credit.DocumentHash);
        issued["formHash"]!.Length.ShouldBe(64);
        issued.Location!.ToString().ShouldBe($"/api/v1/disclosures/{issued.Id}");
        var read = await office.Installer.GetAsync($"/disclosures/{issued.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(issued.Text);
        office.WasGiven(credit).ShouldBeTrue();
        office.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_given_stays_when_settings_and_offer_change()
    {
        await office.SetAsync();
        var credit = office.Offer();
        var issued = await office.IssueAsync(credit);

        await office.SetAsync(creditor: Samples.FullCreditor);
        office.Put(credit with { AnnualRatePercent = 9, DocumentHash = Samples.Credit.DocumentHash });

        (await office.Installer.GetAsync($"/disclosures/{issued.Id}", HttpStatusCode.OK)).Text.ShouldBe(issued.Text);
        var again = await office.IssueAsync(credit);
        again["formHash"].ShouldNotBe(issued["formHash"]);
        var list = await office.Installer.GetAsync($"/loan-offers/{credit.OfferId}/disclosures?includeTotal=true", HttpStatusCode.OK);
        list["total"].ShouldBe("2");
        list.Json.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(again.Id);
        list.Json.GetProperty("items")[0].TryGetProperty("form", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_mail_brings_the_very_form_as_a_file()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer(), "EMAIL", "de");

        var mail = office.Mails.ShouldHaveSingleItem();

        mail.Kind.ShouldBe(MessageKind.PreContractualInformation);
        mail.AboutId.ShouldBe(issued.Id);
        mail.CustomerId.ShouldBe(office.Customer.Id);
        var file = mail.File.ShouldNotBeNull();
        file.Name.ShouldBe($"credit-information-{issued.Id}-de.pdf");
        PdfReader.Words(file.Content).ShouldContain(issued["formHash"]!);
        PdfReader.Words(file.Content).ShouldContain("Europäische Standardinformationen für Verbraucherkredite");
    }

    [Fact]
    public async Task A_link_leads_to_the_customers_pages()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer(), "LINK");

        var mail = office.Mails.ShouldHaveSingleItem();

        mail.Kind.ShouldBe(MessageKind.PreContractualInformationLink);
        mail.AboutId.ShouldBe(issued.Id);
        mail.Values["disclosureId"].ShouldBe(issued.Id.ToString());
        mail.Values["linkId"].ShouldBe(office.Customer.Id.ToString());
        mail.Values["token"].Length.ShouldBe(Secret.Length);
        mail.File.ShouldBeNull();
    }

    [Fact]
    public async Task It_is_told_as_an_event_in_the_same_transaction()
    {
        await office.SetAsync();
        var issued = await office.IssueAsync(office.Offer());

        var told = await office.BehindTheApiAsync(
            (DisclosuresDbContext db) => db.Outbox.AsNoTracking().Where(message => message.OrganizationId == office.Id).ToListAsync()
        );

        var message = told.ShouldHaveSingleItem();
        message.Type.ShouldBe(nameof(DisclosureIssued));
        message.Payload.ShouldContain(issued.Id.ToString());
        message.Payload.ShouldNotContain(office.Customer.Email);
    }

    [Fact]
    public async Task Without_settings_no_form_can_be_given()
    {
        var credit = office.Offer();

        (await TryAsync(credit.OfferId)).ShouldBeProblem(HttpStatusCode.Conflict, "disclosure-settings-missing");
        office.WasGiven(credit).ShouldBeFalse();
    }

    [Fact]
    public async Task An_offer_that_cannot_be_accepted_any_more_needs_none()
    {
        await office.SetAsync();
        var credit = office.Offer(offer => offer with { IsOpen = false });

        (await TryAsync(credit.OfferId)).ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-open");
        office.WasGiven(credit).ShouldBeFalse();
    }

    [Fact]
    public async Task There_has_to_be_such_an_offer()
    {
        await office.SetAsync();

        (await TryAsync(Unique.Id())).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("""{"language":"en"}""")]
    [InlineData("""{"medium":"PAPER"}""")]
    [InlineData("""{"medium":"FAX","language":"en"}""")]
    [InlineData("""{"medium":"PAPER","language":"fr"}""")]
    public async Task Medium_and_language_have_to_be_known(string body)
    {
        await office.SetAsync();
        var credit = office.Offer();

        var refused = await office.Installer.SendAsync("POST", $"/loan-offers/{credit.OfferId}/disclosures", body);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
    }

    [Fact]
    public async Task Customers_give_nothing_to_themselves()
    {
        await office.SetAsync();
        var credit = office.Offer();

        var refused = await office.CustomerClient.SendAsync(
            "POST",
            $"/loan-offers/{credit.OfferId}/disclosures",
            new { medium = "PAPER", language = "en" }
        );

        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<Answer> TryAsync(Guid offerId) =>
        office.Installer.SendAsync("POST", $"/loan-offers/{offerId}/disclosures", new { medium = "PAPER", language = "en" });
}
