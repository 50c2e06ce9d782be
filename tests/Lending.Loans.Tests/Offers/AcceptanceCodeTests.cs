using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>Codes with which customers accept through the API, where the organisation asks for one.</summary>
public sealed class AcceptanceCodeTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_organisation_asks_for_a_code_nothing_is_accepted_without_one(bool overLink)
    {
        office.Set(organization => organization with { AcceptanceNeedsCode = true });
        var (offer, client, token) = await ApprovedAsync(overLink);

        (await AcceptAsync(client, offer, token)).ShouldBeProblem(HttpStatusCode.BadRequest, "code-missing");
        var (session, code) = await NewCodeAsync(client, offer, token);
        (await AcceptAsync(client, offer, token, "another-session", code)).ShouldBeProblem(HttpStatusCode.BadRequest, "code-wrong");
        (await AcceptAsync(client, offer, token, null, code)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");

        (await AcceptAsync(client, offer, token, session, code))["status"].ShouldBe("ACCEPTED");
        var acceptance = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK);
        acceptance["codeChannel"].ShouldBe("EMAIL");
    }

    [Fact]
    public async Task Elsewhere_none_is_needed_and_one_that_is_given_has_to_be_right()
    {
        var (offer, client, token) = await ApprovedAsync(overLink: false);
        var (session, code) = await NewCodeAsync(client, offer, token);

        (await AcceptAsync(client, offer, token, session, Wrong(code))).ShouldBeProblem(HttpStatusCode.BadRequest, "code-wrong");

        (await AcceptAsync(client, offer, token))["status"].ShouldBe("ACCEPTED");
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK))["codeChannel"].ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_has_five_tries_of_a_code_and_ten_codes_a_day()
    {
        var (offer, client, token) = await ApprovedAsync(overLink: false);
        (await AcceptAsync(client, offer, token, "none-was-mailed", "123456")).ShouldBeProblem(HttpStatusCode.BadRequest, "code-expired");
        var (session, code) = await NewCodeAsync(client, offer, token);
        for (var tries = 0; tries < 5; tries++)
        {
            (await AcceptAsync(client, offer, token, session, Wrong(code))).ShouldBeProblem(HttpStatusCode.BadRequest, "code-wrong");
        }
        (await AcceptAsync(client, offer, token, session, code)).ShouldBeProblem(HttpStatusCode.BadRequest, "code-expired");
        for (var codes = 1; codes < 10; codes++)
        {
            await NewCodeAsync(client, offer, token);
        }

        (await SendCodeAsync(client, offer, token)).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-codes");
    }

    [Fact]
    public async Task Codes_are_for_the_customer_of_an_offer_that_can_be_accepted()
    {
        var pending = await office.OfferAsync();
        (await SendCodeAsync(office.CustomerClient, pending, null)).ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-approved");
        var (offer, _, _) = await ApprovedAsync(overLink: false);

        (await SendCodeAsync(office.ClientOf(office.AddCustomer().Id), offer, null)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await SendCodeAsync(office.Installer, offer, null)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await SendCodeAsync(office.Anonymous, offer, null)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await SendCodeAsync(office.Anonymous, offer, new string('A', 43))).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        await office.Anonymous.ShouldBeRefusedAsync("POST", $"/loan-offers/{offer.Id}/code");
    }

    private async Task<(Answer Offer, HttpClient Client, string? Token)> ApprovedAsync(bool overLink)
    {
        var offer = await office.OfferAsync("APPROVED");
        return overLink
            ? (
                offer,
                office.Anonymous,
                (await office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted))["token"]
            )
            : (offer, office.CustomerClient, null);
    }

    private static Task<Answer> SendCodeAsync(HttpClient client, Answer offer, string? linkToken) =>
        client.SendAsync("POST", $"/loan-offers/{offer.Id}/code", new { linkToken });

    private async Task<(string Session, string Code)> NewCodeAsync(HttpClient client, Answer offer, string? linkToken)
    {
        var answer = await SendCodeAsync(client, offer, linkToken);
        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Text);
        var mailed = office.Messages.To(office.Customer.Email).Last(sent => sent.Kind == MessageKind.OfferCode).Values["code"];
        answer["code"].ShouldBe(mailed, "in Development");
        return (answer["codeSession"]!, mailed);
    }

    private static Task<Answer> AcceptAsync(
        HttpClient client,
        Answer offer,
        string? linkToken,
        string? codeSession = null,
        string? code = null
    ) => client.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, linkToken, code, codeSession));

    private static string Wrong(string code) => code == "123456" ? "654321" : "123456";
}
