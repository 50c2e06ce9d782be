using System.Net;
using Lending.Loans.Tests.Offers;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Loans.Tests.Repeating;

/// <summary>Customers who answer an offer by a link, and send it again because the answer was lost.</summary>
public sealed class LinkKeyTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);
    private readonly string key = Unique.Text();

    [Theory]
    [InlineData("accept", "ACCEPTED")]
    [InlineData("decline", "DECLINED")]
    public async Task Who_repeats_it_with_the_key_is_answered_the_same_and_without_it_told_that_the_link_is_used_up(
        string step,
        string status
    )
    {
        var (offer, token) = await LinkedAsync();
        object body = step == "accept" ? Steps.Acceptance(offer, token) : new { comment = "Another year", linkToken = token };

        var first = await SendAsync(offer, step, body, key);
        var second = await SendAsync(offer, step, body, key);

        first.Status.ShouldBe(HttpStatusCode.OK, first.Text);
        first["status"].ShouldBe(status);
        second.ShouldBe(first with { IsReplayed = true });
        (await SendAsync(offer, step, body)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        (await SendAsync(offer, step, body, Unique.Text())).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        (await SendAsync(offer, step, new { linkToken = token }, key)).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-reused");
    }

    [Fact]
    public async Task Of_twenty_twins_one_accepts_and_all_are_answered_the_same()
    {
        var (offer, token) = await LinkedAsync();

        var twins = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TwinAsync()));

        var first = twins.Single(answer => !answer.IsReplayed);
        first["status"].ShouldBe("ACCEPTED", first.Text);
        var again = first with { IsReplayed = true };
        twins.Where(answer => answer.IsReplayed).ShouldAllBe(answer => answer == again);
        (await office.EventsAsync(offer)).Count(happened => happened.Type == "LoanOfferAccepted").ShouldBe(1);
        office.Messages.To(office.Customer.Email).Count(mail => mail.Kind == MessageKind.AcceptanceReceipt).ShouldBe(1);

        async Task<Answer> TwinAsync()
        {
            while (true)
            {
                var answer = await SendAsync(offer, "accept", Steps.Acceptance(offer, token), key);
                // On a slow machine the first one takes longer than twins wait for it.
                if (answer.Status != HttpStatusCode.Conflict)
                {
                    return answer;
                }
                answer.ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-in-use");
            }
        }
    }

    [Fact]
    public async Task Keys_of_another_link_mean_nothing()
    {
        var (mine, myToken) = await LinkedAsync();
        var (other, otherToken) = await LinkedAsync();

        var answers = new[]
        {
            await SendAsync(mine, "decline", new { linkToken = myToken }, key),
            await SendAsync(other, "decline", new { linkToken = otherToken }, key),
        };

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK && !answer.IsReplayed);
        // A link to one offer is nobody's at another one.
        (await SendAsync(other, "decline", new { linkToken = myToken }, key)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
    }

    [Fact]
    public async Task Whose_link_is_revoked_is_not_answered_again()
    {
        var (offer, token) = await LinkedAsync();
        (await SendAsync(offer, "decline", new { linkToken = token }, key)).Status.ShouldBe(HttpStatusCode.OK);

        await office.Installer.ExpectAsync("DELETE", $"/loan-offers/{offer.Id}/link", null, HttpStatusCode.NoContent);

        (await SendAsync(offer, "decline", new { linkToken = token }, key)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
    }

    [Theory]
    [InlineData("""{"linkToken":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", HttpStatusCode.NotFound, "link-invalid")]
    [InlineData("""{"linkToken":1}""", HttpStatusCode.BadRequest, "validation-failed")]
    [InlineData("""{"linkToken":"\ud800"}""", HttpStatusCode.BadRequest, "validation-failed")]
    [InlineData("""{"linkToken":""", HttpStatusCode.BadRequest, "malformed-json")]
    [InlineData("{}", HttpStatusCode.Unauthorized, "unauthenticated")]
    public async Task Whose_key_nobody_knows_is_not_taken(string body, HttpStatusCode status, string code)
    {
        var (offer, _) = await LinkedAsync();

        foreach (var sent in (string?[])[null, key, "not a key"])
        {
            (await SendAsync(offer, "decline", body, sent)).ShouldBeProblem(status, code);
        }
    }

    [Fact]
    public async Task A_refusal_is_not_kept_and_wrong_codes_count()
    {
        var (offer, token) = await LinkedAsync();
        var code = await office.Anonymous.PostAsync($"/loan-offers/{offer.Id}/code", new { linkToken = token }, HttpStatusCode.Accepted);
        var wrong = Steps.Acceptance(offer, token, code["code"] == "123456" ? "654321" : "123456", code["codeSession"]);

        for (var tries = 0; tries < 5; tries++)
        {
            (await SendAsync(offer, "accept", wrong, key)).ShouldBeProblem(HttpStatusCode.BadRequest, "code-wrong");
        }

        (await SendAsync(offer, "accept", Steps.Acceptance(offer, token, code["code"], code["codeSession"]), key)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "code-expired"
        );
        (await SendAsync(offer, "accept", Steps.Acceptance(offer, token), "not a key")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "invalid-idempotency-key"
        );
        (await SendAsync(offer, "accept", Steps.Acceptance(offer, token), key))["status"].ShouldBe("ACCEPTED");
    }

    private async Task<(Answer Offer, string Token)> LinkedAsync()
    {
        var offer = await office.OfferAsync("APPROVED");
        var link = await office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);
        return (offer, link["token"]!);
    }

    private Task<Answer> SendAsync(Answer offer, string step, object body, string? idempotencyKey = null) =>
        office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", body, idempotencyKey: idempotencyKey);
}
