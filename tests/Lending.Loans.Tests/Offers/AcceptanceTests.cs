using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class AcceptanceTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task An_acceptance_keeps_who_what_when_and_from_where()
    {
        var offer = await office.OfferAsync("APPROVED");
        var before = office.Clock.GetUtcNow().AddMilliseconds(-1);
        var customer = office.ClientOf(office.Customer.Id);
        customer.DefaultRequestHeaders.UserAgent.ParseAdd("Firefox/140.0");

        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer), HttpStatusCode.OK);

        var acceptance = await AcceptanceAsync(office.Installer, offer);
        acceptance["version"].ShouldBe("1");
        acceptance["documentHash"].ShouldBe(offer["documentHash"]);
        acceptance["typedName"].ShouldBe("Ada Berg");
        acceptance["overLink"].ShouldBe("False");
        acceptance["ipAddress"].ShouldBe("127.0.0.1");
        acceptance["userAgent"].ShouldBe("Firefox/140.0");
        acceptance.Json.GetProperty("acceptedAt").GetDateTimeOffset().ShouldBeInRange(before, office.Clock.GetUtcNow());
        acceptance["content.offerId"].ShouldBe(offer.Id.ToString());
        acceptance["content.lender"].ShouldBe("Solar GmbH");
        acceptance["content.customerName"].ShouldBe(office.Customer.FullName);
        acceptance["content.customerEmail"].ShouldBe(office.Customer.Email);
        acceptance["content.customerAddress"].ShouldBe(office.Customer.PostalAddress);
        foreach (var member in (string[])["currency", "loanAmount", "annualRatePercent", "termMonths", "monthlyPayment", "totalInterest"])
        {
            acceptance[$"content.{member}"].ShouldBe(offer[member]);
        }
        var schedule = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK);
        acceptance.Json.GetProperty("schedule").GetRawText().ShouldBe(schedule.Json.GetProperty("rows").GetRawText());
        acceptance["content.firstDueDate"].ShouldBe(schedule.Json.GetProperty("rows")[0].GetProperty("dueDate").GetString());
    }

    [Fact]
    public async Task Address_and_program_are_told_to_staff_only()
    {
        var offer = await office.OfferAsync("ACCEPTED");

        var own = await AcceptanceAsync(office.CustomerClient, offer);

        own["typedName"].ShouldBe("Ada Berg");
        own.Json.TryGetProperty("ipAddress", out _).ShouldBeFalse();
        own.Json.TryGetProperty("userAgent", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_user_agent_is_cut()
    {
        var offer = await office.OfferAsync("APPROVED");
        var customer = office.ClientOf(office.Customer.Id);
        customer.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", new string('a', 600));

        await customer.PostAsync($"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer), HttpStatusCode.OK);

        (await AcceptanceAsync(office.Installer, offer))["userAgent"].ShouldBe(new string('a', 500));
    }

    [Theory]
    [InlineData("version", "2")]
    [InlineData("version", "0")]
    [InlineData("documentHash", "\"0000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("documentHash", "\"wrong\"")]
    public async Task Another_version_or_hash_than_the_present_one_is_refused(string member, string value)
    {
        var offer = await office.OfferAsync("APPROVED");
        var body = JsonSerializer.SerializeToNode(Steps.Acceptance(offer))!;
        body[member] = JsonNode.Parse(value);

        var answer = await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", body);

        answer.ShouldBeProblem(HttpStatusCode.Conflict, "offer-version-outdated");
        await ShouldBeUntouchedAsync(offer);
    }

    [Fact]
    public async Task What_the_customer_saw_before_a_change_cannot_be_accepted_any_more()
    {
        var offer = await office.OfferAsync();
        var seen = await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        var changed = await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{"termMonths":20}""", HttpStatusCode.OK);
        var approved = await office.GoAsync(changed, "approve");

        (await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(seen))).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "offer-version-outdated"
        );

        (await office.GoAsync(approved, "accept"))["version"].ShouldBe("2");
        (await AcceptanceAsync(office.Installer, offer))["content.termMonths"].ShouldBe("20");
    }

    [Fact]
    public async Task What_was_accepted_is_frozen()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        var before = await AcceptanceAsync(office.Installer, offer);

        fixture.Customers.Put(office.Customer with { FullName = "Somebody Else", PostalAddress = "Elsewhere" });
        fixture.Organizations.Put(
            (await fixture.Organizations.ReadAsync(office.Id, CancellationToken.None)) with
            {
                Name = "Renamed",
                Currency = "JPY",
                TimeZone = "Asia/Tokyo",
            }
        );
        await office.GoAsync(offer, "disburse");

        (await AcceptanceAsync(office.Installer, offer)).Text.ShouldBe(before.Text);
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["documentHash"].ShouldBe(before["documentHash"]);
    }

    [Fact]
    public async Task What_was_not_accepted_has_no_acceptance()
    {
        var offer = await office.OfferAsync("APPROVED");

        (await office.Installer.SendAsync("GET", $"/loan-offers/{offer.Id}/acceptance")).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Theory]
    [InlineData("typedName", null, "not-empty")]
    [InlineData("typedName", "\" \"", "not-empty")]
    [InlineData("version", null, "not-null")]
    [InlineData("version", "\"1\"", "wrong-type")]
    [InlineData("version", "1.5", "wrong-type")]
    [InlineData("documentHash", null, "not-empty")]
    [InlineData("documentHash", "5", "wrong-type")]
    [InlineData("linkToken", "\"01234567890123456789012345678901234567890123456789\"", "maximum-length")]
    public async Task A_bad_member_is_named(string member, string? value, string code)
    {
        var offer = await office.OfferAsync("APPROVED");
        var body = JsonSerializer.SerializeToNode(Steps.Acceptance(offer))!;
        body[member] = value is null ? null : JsonNode.Parse(value);

        var answer = await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", body);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);
        answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await ShouldBeUntouchedAsync(offer);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("decline")]
    public async Task An_offer_that_is_overdue_cannot_be_answered_though_nobody_has_noticed_yet(string step)
    {
        var offer = await office.OfferAsync("APPROVED");
        await office.LetPassAsync(offer, "valid_until");

        (await office.TryAsync(offer, step)).ShouldBeProblem(HttpStatusCode.Conflict, "offer-expired");
        (await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/link")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "offer-expired"
        );

        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK))["status"].ShouldBe("APPROVED");
    }

    [Fact]
    public async Task After_the_withdrawal_period_there_is_no_way_back()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        await office.LetPassAsync(offer, "withdrawal_ends_at");

        (await office.TryAsync(offer, "withdraw")).ShouldBeProblem(HttpStatusCode.Conflict, "withdrawal-period-over");

        await office.GoAsync(offer, "disburse");
    }

    [Theory]
    // 14 days after the day of acceptance and 30 after that of approval, each to the end of the day there; winter time begins in between.
    [InlineData("Europe/Berlin", "2031-10-20T12:00:00Z", "2031-11-19T23:00:00+00:00", "2031-11-03T23:00:00+00:00")]
    // Already the next day.
    [InlineData("Asia/Tokyo", "2031-10-20T15:30:00Z", "2031-11-20T15:00:00+00:00", "2031-11-04T15:00:00+00:00")]
    [InlineData("America/Los_Angeles", "2031-10-20T03:00:00Z", "2031-11-19T08:00:00+00:00", "2031-11-03T08:00:00+00:00")]
    public async Task Deadlines_are_ends_of_days_where_the_organisation_is(string zone, string now, string validUntil, string withdrawalEnd)
    {
        await using var own = new LoansFixture();
        await own.InitializeAsync();
        own.Host.Clock.Advance(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) - own.Host.Clock.GetUtcNow());
        var local = new Office(own, "EUR", zone);

        var accepted = await local.OfferAsync("ACCEPTED");

        accepted["validUntil"].ShouldBe(validUntil);
        accepted["withdrawalEndsAt"].ShouldBe(withdrawalEnd);
        own.Host.Clock.Advance(
            accepted.Json.GetProperty("withdrawalEndsAt").GetDateTimeOffset() - own.Host.Clock.GetUtcNow() - TimeSpan.FromSeconds(30)
        );
        // Access tokens do not last as long.
        await local.ClientOf(local.Customer.Id).PostAsync($"/loan-offers/{accepted.Id}/withdraw", null, HttpStatusCode.OK);
    }

    private static Task<Answer> AcceptanceAsync(HttpClient client, Answer offer) =>
        client.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK);

    private async Task ShouldBeUntouchedAsync(Answer offer) =>
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
}
