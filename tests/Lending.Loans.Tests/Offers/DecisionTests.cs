using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class DecisionTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Theory]
    [InlineData("PENDING", "approve", "APPROVED")]
    [InlineData("PENDING", "reject", "REJECTED")]
    [InlineData("APPROVED", "disburse", "DISBURSED")]
    public async Task A_decision_moves_the_offer_on(string from, string step, string to)
    {
        var offer = await office.OfferAsync(from);

        var decided = await office.Installer.PostAsync($"/loan-offers/{offer.Id}/{step}", Steps.Body, HttpStatusCode.OK);

        decided["status"].ShouldBe(to);
        decided["totalPayment"].ShouldBe(offer["totalPayment"]);
        decided.ETag.ShouldNotBe(offer.ETag);
        var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(decided.Text);
        read.ETag.ShouldBe(decided.ETag);
    }

    [Theory]
    [InlineData("PENDING", "disburse", "offer-not-approved")]
    [InlineData("APPROVED", "approve", "offer-not-pending")]
    [InlineData("APPROVED", "reject", "offer-not-pending")]
    [InlineData("REJECTED", "approve", "offer-not-pending")]
    [InlineData("REJECTED", "reject", "offer-not-pending")]
    [InlineData("REJECTED", "disburse", "offer-not-approved")]
    [InlineData("DISBURSED", "approve", "offer-not-pending")]
    [InlineData("DISBURSED", "reject", "offer-not-pending")]
    [InlineData("DISBURSED", "disburse", "offer-not-approved")]
    public async Task No_other_move_is_possible(string from, string step, string code)
    {
        var offer = await office.OfferAsync(from);
        var history = await HistoryAsync(offer.Id);

        var answer = await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", Steps.Body);

        answer.ShouldBeProblem(HttpStatusCode.Conflict, code);
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
        (await HistoryAsync(offer.Id)).Text.ShouldBe(history.Text);
    }

    [Fact]
    public async Task The_history_tells_every_step_oldest_first()
    {
        var offer = await office.OfferAsync();
        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/approve", """{"comment":"income checked"}""", HttpStatusCode.OK);
        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/disburse", null, HttpStatusCode.OK);

        var history = await HistoryAsync(offer.Id);

        history["nextCursor"].ShouldBe("");
        var items = history.Json.GetProperty("items").EnumerateArray().ToList();
        items
            .Select(item =>
                (item.GetProperty("from").ToString(), item.GetProperty("to").ToString(), item.GetProperty("comment").GetString())
            )
            .ShouldBe([("", "PENDING", null), ("PENDING", "APPROVED", "income checked"), ("APPROVED", "DISBURSED", null)]);
        items.Select(item => item.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
        items[0].GetProperty("at").ToString().ShouldBe(offer["createdAt"]);
        items.ShouldAllBe(item =>
            item.GetProperty("by").GetProperty("id").GetGuid() == office.InstallerSubject.UserId
            && item.GetProperty("by").GetProperty("username").GetString() == office.InstallerSubject.Username
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"comment":null}""")]
    public async Task Approving_and_disbursing_need_no_comment(string? body)
    {
        var offer = await office.OfferAsync();

        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/approve", body, HttpStatusCode.OK);
        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/disburse", body, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{}", "not-empty")]
    [InlineData("""{"comment":null}""", "not-empty")]
    [InlineData("""{"comment":""}""", "not-empty")]
    [InlineData("""{"comment":"  "}""", "not-empty")]
    public async Task Rejecting_needs_a_comment(string body, string code)
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/reject", body);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe(["comment"]);
        answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await ShouldBePendingAsync(offer);
    }

    [Fact]
    public async Task Rejecting_without_a_body_is_refused()
    {
        var offer = await office.OfferAsync();

        (await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/reject")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldBePendingAsync(offer);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("disburse")]
    public async Task Bad_bodies_are_refused(string step)
    {
        var offer = await office.OfferAsync(step == "disburse" ? "APPROVED" : "PENDING");
        var path = $"/loan-offers/{offer.Id}/{step}";

        await office.Installer.ShouldBeRefusedAsync("POST", path);
        foreach (
            var (body, field, code) in new[]
            {
                ("""{"comment":5}""", "comment", "wrong-type"),
                ("""{"comment":["a"]}""", "comment", "wrong-type"),
                ("""{"comment":"a\u0000b"}""", "comment", "wrong-type"),
                ($$"""{"comment":"{{new string('a', 1001)}}"}""", "comment", "maximum-length"),
                ("""{"comment":"a","status":"APPROVED"}""", "status", "unknown-member"),
            }
        )
        {
            var answer = await office.Installer.SendAsync("POST", path, body);
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
            answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        }

        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("disburse")]
    public async Task The_longest_comment_is_kept(string step)
    {
        var offer = await office.OfferAsync(step == "disburse" ? "APPROVED" : "PENDING");
        var comment = new string('ü', 1000);

        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/{step}", new { comment }, HttpStatusCode.OK);

        (await HistoryAsync(offer.Id))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Last()
            .GetProperty("comment")
            .GetString()
            .ShouldBe(comment);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    [InlineData("disburse")]
    public async Task If_match_of_an_older_version_is_refused(string step)
    {
        var offer = await office.OfferAsync(step == "disburse" ? "APPROVED" : "PENDING");

        (await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", Steps.Body, "\"1\"")).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );

        await office.Installer.ExpectAsync("POST", $"/loan-offers/{offer.Id}/{step}", Steps.Body, HttpStatusCode.OK, offer.ETag);
    }

    private Task<Answer> HistoryAsync(Guid id) => office.Installer.GetAsync($"/loan-offers/{id}/history", HttpStatusCode.OK);

    private async Task ShouldBePendingAsync(Answer offer) =>
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["status"].ShouldBe("PENDING");
}
