using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class DecisionTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    public static TheoryData<string, string> EveryStepFromEveryState()
    {
        var data = new TheoryData<string, string>();
        foreach (var state in Steps.States)
        {
            foreach (var step in Steps.All)
            {
                data.Add(state, step);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStepFromEveryState))]
    public async Task A_step_moves_the_offer_on_or_changes_nothing(string from, string step)
    {
        var offer = await office.OfferAsync(from);
        var history = await HistoryAsync(offer.Id);

        var answer = await office.TryAsync(offer, step);

        var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        if (Steps.Next(from, step) is { } to)
        {
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            answer["status"].ShouldBe(to);
            answer["documentHash"].ShouldBe(offer["documentHash"]);
            answer.ETag.ShouldNotBe(offer.ETag);
            read.Text.ShouldBe(answer.Text);
            read.ETag.ShouldBe(answer.ETag);
            var latest = (await HistoryAsync(offer.Id)).Json.GetProperty("items").EnumerateArray().Last();
            latest.GetProperty("from").GetString().ShouldBe(from);
            latest.GetProperty("to").GetString().ShouldBe(to);
        }
        else
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, Steps.Refusal(from, step));
            read.Text.ShouldBe(offer.Text);
            read.ETag.ShouldBe(offer.ETag);
            (await HistoryAsync(offer.Id)).Text.ShouldBe(history.Text);
        }
    }

    [Fact]
    public async Task Who_announces_JSON_and_sends_nothing_is_understood()
    {
        var offer = await office.OfferAsync();

        (await office.Installer.PostAsync($"/loan-offers/{offer.Id}/cancel", "", HttpStatusCode.OK))["status"].ShouldBe("CANCELLED");
        (await office.Installer.SendAsync("GET", "/loan-offers?status=CANCELLED", ""))
            .Json.GetProperty("items")
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_history_tells_every_step_oldest_first()
    {
        var offer = await office.OfferAsync();
        offer = await office.Installer.PostAsync(
            $"/loan-offers/{offer.Id}/approve",
            Steps.Decision(offer, "income checked"),
            HttpStatusCode.OK
        );
        await office.GoAsync(offer, "accept");
        await office.Administrator.PostAsync($"/loan-offers/{offer.Id}/disburse", Steps.Decision(offer), HttpStatusCode.OK);

        var history = await HistoryAsync(offer.Id);

        history["nextCursor"].ShouldBe("");
        var items = history.Json.GetProperty("items").EnumerateArray().ToList();
        items
            .Select(item =>
                (item.GetProperty("from").ToString(), item.GetProperty("to").ToString(), item.GetProperty("comment").GetString())
            )
            .ShouldBe([
                ("", "PENDING", null),
                ("PENDING", "APPROVED", "income checked"),
                ("APPROVED", "ACCEPTED", null),
                ("ACCEPTED", "DISBURSED", null),
            ]);
        items.Select(item => item.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
        items[0].GetProperty("at").ToString().ShouldBe(offer["createdAt"]);
        items
            .Select(item => item.GetProperty("by").GetProperty("username").GetString() == office.InstallerSubject.Username)
            .ShouldBe([true, true, false, false]);
        items[1].GetProperty("by").GetProperty("id").GetGuid().ShouldBe(office.InstallerSubject.UserId);
        items.ShouldAllBe(item => item.GetProperty("reason").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Why_an_offer_was_rejected_is_told_to_staff_only()
    {
        var offer = await office.OfferAsync();
        await RejectAsync(offer, "SUSPECTED_FRAUD", "The payslips are forged.");

        var staffs = (await HistoryAsync(offer.Id)).Json.GetProperty("items")[1];
        staffs.GetProperty("reason").GetString().ShouldBe("SUSPECTED_FRAUD");
        staffs.GetProperty("comment").GetString().ShouldBe("The payslips are forged.");

        var customers = (await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK)).Json;
        customers.GetProperty("items")[1].GetProperty("to").GetString().ShouldBe("REJECTED");
        customers.GetProperty("items")[1].GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
        customers.GetProperty("items")[1].GetProperty("comment").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"comment":null}""")]
    public async Task Only_rejecting_needs_a_comment(string? body)
    {
        foreach (
            var (state, step) in (IEnumerable<(string, string)>)[("PENDING", "cancel"), ("APPROVED", "decline"), ("ACCEPTED", "withdraw")]
        )
        {
            var offer = await office.OfferAsync(state);

            await office.ClientFor(step).PostAsync($"/loan-offers/{offer.Id}/{step}", body, HttpStatusCode.OK);
        }
        foreach (var (state, step) in (IEnumerable<(string, string)>)[("PENDING", "approve"), ("ACCEPTED", "disburse")])
        {
            var offer = await office.OfferAsync(state);

            await office.ClientFor(step).PostAsync($"/loan-offers/{offer.Id}/{step}", Steps.Decision(offer), HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("PENDING", "approve")]
    [InlineData("PENDING", "reject")]
    [InlineData("ACCEPTED", "disburse")]
    public async Task A_decision_on_another_version_or_hash_than_the_present_one_is_refused(string state, string step)
    {
        var offer = await office.OfferAsync(state);
        foreach (
            var (member, value) in (IEnumerable<(string, JsonNode)>)[("version", 2), ("version", 0), ("documentHash", new string('0', 64))]
        )
        {
            var body = JsonSerializer.SerializeToNode(Steps.BodyOf(step, offer))!;
            body[member] = value;

            (await office.ClientFor(step).SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", body)).ShouldBeProblem(
                HttpStatusCode.Conflict,
                "offer-version-outdated"
            );
        }
        foreach (var (member, code) in (IEnumerable<(string, string)>)[("version", "not-null"), ("documentHash", "not-empty")])
        {
            var body = JsonSerializer.SerializeToNode(Steps.BodyOf(step, offer))!.AsObject();
            body.Remove(member);

            var answer = await office.ClientFor(step).SendAsync("POST", $"/loan-offers/{offer.Id}/{step}", body);
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);
            answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        }
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Fact]
    public async Task Terms_that_were_changed_after_they_were_read_are_not_approved()
    {
        var read = await office.OfferAsync();
        await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{read.Id}", """{"termMonths":20}""", HttpStatusCode.OK);

        (await office.TryAsync(read, "approve")).ShouldBeProblem(HttpStatusCode.Conflict, "offer-version-outdated");
    }

    [Fact]
    public async Task Installers_do_not_pay_out()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        var path = $"/loan-offers/{offer.Id}/disburse";

        (await office.Installer.SendAsync("POST", path, Steps.Decision(offer))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");

        var underwriter = fixture.Host.ClientFor(Persons.Underwriter(office.Id));
        await underwriter.PostAsync(path, Steps.Decision(offer), HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"reason":"OTHER"}""", "comment", "not-empty")]
    [InlineData("""{"reason":"OTHER","comment":null}""", "comment", "not-empty")]
    [InlineData("""{"reason":"OTHER","comment":""}""", "comment", "not-empty")]
    [InlineData("""{"reason":"OTHER","comment":"  "}""", "comment", "not-empty")]
    [InlineData("""{"comment":"No"}""", "reason", "not-null")]
    [InlineData("""{"reason":null,"comment":"No"}""", "reason", "not-null")]
    [InlineData("""{"reason":"BAD_HAIR","comment":"No"}""", "reason", "wrong-type")]
    [InlineData("""{"reason":0,"comment":"No"}""", "reason", "wrong-type")]
    public async Task Rejecting_needs_a_reason_and_a_comment(string body, string field, string code)
    {
        var offer = await office.OfferAsync();

        var json = JsonNode.Parse(body)!;
        json["version"] = 1;
        json["documentHash"] = offer["documentHash"];

        var answer = await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/reject", json.ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([field]);
        answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await ShouldBePendingAsync(offer);
    }

    [Theory]
    [InlineData("INSUFFICIENT_INCOME")]
    [InlineData("CREDIT_HISTORY")]
    [InlineData("INCOMPLETE_DOCUMENTS")]
    [InlineData("UNSUITABLE_PROPERTY")]
    [InlineData("SUSPECTED_FRAUD")]
    [InlineData("OTHER")]
    public async Task Every_reason_is_kept(string reason)
    {
        var offer = await office.OfferAsync();

        await RejectAsync(offer, reason, "No");

        (await HistoryAsync(offer.Id)).Json.GetProperty("items")[1].GetProperty("reason").GetString().ShouldBe(reason);
    }

    [Fact]
    public async Task Rejecting_without_a_body_is_refused()
    {
        var offer = await office.OfferAsync();

        (await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/reject")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldBePendingAsync(offer);
    }

    [Theory]
    [InlineData("PENDING", "approve")]
    [InlineData("PENDING", "reject")]
    [InlineData("PENDING", "cancel")]
    [InlineData("APPROVED", "accept")]
    [InlineData("APPROVED", "decline")]
    [InlineData("ACCEPTED", "withdraw")]
    [InlineData("ACCEPTED", "disburse")]
    public async Task Bad_bodies_are_refused(string state, string step)
    {
        var offer = await office.OfferAsync(state);
        var path = $"/loan-offers/{offer.Id}/{step}";
        var (text, longest) = step == "accept" ? ("typedName", 200) : ("comment", 1000);
        var good = JsonSerializer.SerializeToNode(Steps.BodyOf(step, offer))!.AsObject();

        await office.ClientFor(step).ShouldBeRefusedAsync("POST", path);
        foreach (
            var (member, value, code) in new[]
            {
                (text, "5", "wrong-type"),
                (text, """["a"]""", "wrong-type"),
                (text, "\"a\\u0000b\"", "wrong-type"),
                (text, $"\"{new string('a', longest + 1)}\"", "maximum-length"),
                ("status", "\"APPROVED\"", "unknown-member"),
            }
        )
        {
            var body = good.DeepClone();
            body[member] = JsonNode.Parse(value);
            var answer = await office.ClientFor(step).SendAsync("POST", path, body.ToJsonString());
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);
            answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        }

        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Theory]
    [InlineData("PENDING", "approve")]
    [InlineData("PENDING", "reject")]
    [InlineData("PENDING", "cancel")]
    [InlineData("APPROVED", "decline")]
    [InlineData("ACCEPTED", "withdraw")]
    [InlineData("ACCEPTED", "disburse")]
    public async Task The_longest_comment_is_kept(string state, string step)
    {
        var offer = await office.OfferAsync(state);
        var comment = new string('ü', 1000);
        var body = JsonSerializer.SerializeToNode(Steps.BodyOf(step, offer))!;
        body["comment"] = comment;

        await office.ClientFor(step).PostAsync($"/loan-offers/{offer.Id}/{step}", body, HttpStatusCode.OK);

        (await HistoryAsync(offer.Id))
            .Json.GetProperty("items")
            .EnumerateArray()
            .Last()
            .GetProperty("comment")
            .GetString()
            .ShouldBe(comment);
    }

    [Theory]
    [InlineData("PENDING", "approve")]
    [InlineData("PENDING", "reject")]
    [InlineData("PENDING", "cancel")]
    [InlineData("APPROVED", "accept")]
    [InlineData("APPROVED", "decline")]
    [InlineData("ACCEPTED", "withdraw")]
    [InlineData("ACCEPTED", "disburse")]
    public async Task If_match_of_an_older_version_is_refused(string state, string step)
    {
        var offer = await office.OfferAsync(state);

        (await office.TryAsync(offer, step, "\"1\"")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");

        (await office.TryAsync(offer, step, offer.ETag)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private Task<Answer> RejectAsync(Answer offer, string reason, string comment)
    {
        var body = JsonSerializer.SerializeToNode(Steps.Decision(offer, comment))!;
        body["reason"] = reason;
        return office.Installer.PostAsync($"/loan-offers/{offer.Id}/reject", body, HttpStatusCode.OK);
    }

    private Task<Answer> HistoryAsync(Guid id) => office.Installer.GetAsync($"/loan-offers/{id}/history", HttpStatusCode.OK);

    private async Task ShouldBePendingAsync(Answer offer) =>
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["status"].ShouldBe("PENDING");
}
