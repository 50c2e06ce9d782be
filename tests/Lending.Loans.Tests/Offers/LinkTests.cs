using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Lending.Loans.Data;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Tests.Offers;

public sealed class LinkTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task Whoever_holds_the_link_reads_and_accepts_without_an_account()
    {
        var offer = await office.OfferAsync("APPROVED");
        var link = await LinkAsync(offer);

        var opened = await OpenAsync(offer, link["token"]);
        opened.Status.ShouldBe(HttpStatusCode.OK);
        opened.Text.ShouldBe(offer.Text);
        opened.ETag.ShouldBe(offer.ETag);
        var accepted = await office.Anonymous.PostAsync(
            $"/loan-offers/{offer.Id}/accept",
            Steps.Acceptance(opened, link["token"]),
            HttpStatusCode.OK
        );

        accepted["status"].ShouldBe("ACCEPTED");
        var acceptance = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK);
        acceptance["overLink"].ShouldBe("True");
        var history = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
        var by = history.Json.GetProperty("items")[2].GetProperty("by");
        by.GetProperty("id").GetGuid().ShouldBe(Guid.Empty);
        by.GetProperty("username").GetString().ShouldBe("link");
    }

    [Fact]
    public async Task In_a_sandbox_a_link_works_by_the_sandboxs_clock()
    {
        await fixture.Host.AdvanceSandboxAsync(office.Id, TimeSpan.FromDays(400));
        var offer = await office.OfferAsync("APPROVED");
        var late = await office.OfferAsync("APPROVED");
        var (link, lateLink) = (await LinkAsync(offer), await LinkAsync(late));

        (await OpenAsync(offer, link["token"])).Status.ShouldBe(HttpStatusCode.OK);
        var accepted = await office.Anonymous.PostAsync(
            $"/loan-offers/{offer.Id}/accept",
            Steps.Acceptance(offer, link["token"]),
            HttpStatusCode.OK
        );
        accepted.Json.GetProperty("updatedAt").GetDateTimeOffset().ShouldBeGreaterThan(office.Clock.GetUtcNow().AddDays(399));
        await fixture.Host.AdvanceSandboxAsync(office.Id, TimeSpan.FromDays(32));
        (await OpenAsync(late, lateLink["token"])).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
    }

    [Fact]
    public async Task A_link_declines_with_a_comment()
    {
        var offer = await office.OfferAsync("APPROVED");
        var link = await LinkAsync(offer);

        var declined = await office.Anonymous.PostAsync(
            $"/loan-offers/{offer.Id}/decline",
            new { comment = "Too dear", linkToken = link["token"] },
            HttpStatusCode.OK
        );

        declined["status"].ShouldBe("DECLINED");
        var history = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/history", HttpStatusCode.OK);
        history.Json.GetProperty("items")[2].GetProperty("comment").GetString().ShouldBe("Too dear");
    }

    [Fact]
    public async Task Opening_a_link_counts_as_seeing_the_offer()
    {
        var offer = await office.OfferAsync("APPROVED");
        await OpenAsync(offer, (await LinkAsync(offer))["token"]);

        var versions = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/versions", HttpStatusCode.OK);

        versions.Json.GetProperty("items")[0].GetProperty("firstSeenAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Theory]
    [InlineData("used")]
    [InlineData("answered with the account")]
    [InlineData("cancelled")]
    [InlineData("the customer has another e-mail")]
    [InlineData("revoked")]
    [InlineData("replaced")]
    [InlineData("expired")]
    [InlineData("unknown")]
    [InlineData("another offer's")]
    [InlineData("another organisation's")]
    public async Task A_link_that_does_not_work_answers_the_same_whatever_the_cause(string cause)
    {
        var offer = await office.OfferAsync("APPROVED");
        var token = (await LinkAsync(offer))["token"];
        switch (cause)
        {
            case "used":
                await office.Anonymous.PostAsync($"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, token), HttpStatusCode.OK);
                break;
            case "answered with the account":
                await office.GoAsync(offer, "accept");
                break;
            case "cancelled":
                await office.GoAsync(offer, "cancel");
                break;
            case "the customer has another e-mail":
                fixture.Customers.Put(office.Customer with { Email = Unique.Email() });
                break;
            case "revoked":
                await office.Installer.ExpectAsync("DELETE", $"/loan-offers/{offer.Id}/link", null, HttpStatusCode.NoContent);
                break;
            case "replaced":
                await LinkAsync(offer);
                break;
            case "expired":
                await office.SqlAsync($"UPDATE loans.offer_links SET expires_at = now() WHERE offer_id = '{offer.Id}'");
                break;
            case "unknown":
                token = new string('A', 43);
                break;
            case "another offer's":
                token = (await LinkAsync(await office.OfferAsync("APPROVED")))["token"];
                break;
            default:
                var others = new Office(fixture);
                var other = await others.OfferAsync("APPROVED");
                token = (await others.Installer.PostAsync($"/loan-offers/{other.Id}/link", null, HttpStatusCode.Accepted))["token"];
                break;
        }
        var before = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);

        var answers = new[]
        {
            await OpenAsync(offer, token),
            await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, token)),
            await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/decline", new { linkToken = token }),
            // The own account does not help a wrong link.
            await office.CustomerClient.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, token)),
        };

        foreach (var answer in answers)
        {
            answer.ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        }
        answers.Select(answer => answer["detail"]).Distinct().Count().ShouldBe(1);
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task A_refused_acceptance_does_not_use_the_link_up()
    {
        var offer = await office.OfferAsync("APPROVED");
        var token = (await LinkAsync(offer))["token"];
        object outdated = new
        {
            typedName = "Ada Berg",
            version = 1,
            documentHash = "wrong",
            linkToken = token,
        };

        (await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/accept", outdated)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "offer-version-outdated"
        );

        await office.Anonymous.PostAsync($"/loan-offers/{offer.Id}/accept", Steps.Acceptance(offer, token), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_opens_nothing_but_its_offer()
    {
        var offer = await office.OfferAsync("APPROVED");
        var token = (await LinkAsync(offer))["token"]!;
        var bearer = new HttpClient { BaseAddress = office.Anonymous.BaseAddress }.WithToken(token);

        foreach (var path in (string[])["/loan-offers", $"/loan-offers/{offer.Id}", $"/loan-offers/{offer.Id}/history"])
        {
            (await bearer.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
        (await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/withdraw", new { comment = "No" })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Fact]
    public async Task A_link_works_again_for_nobody_once_another_one_was_made_for_the_new_email()
    {
        var offer = await office.OfferAsync("APPROVED");
        var token = (await LinkAsync(offer))["token"];
        fixture.Customers.Put(office.Customer with { Email = Unique.Email() });

        var newToken = (await LinkAsync(offer))["token"];

        (await OpenAsync(offer, newToken)).Status.ShouldBe(HttpStatusCode.OK);
        fixture.Customers.Put(office.Customer);
        (await OpenAsync(offer, token)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
        (await OpenAsync(offer, newToken)).ShouldBeProblem(HttpStatusCode.NotFound, "link-invalid");
    }

    [Theory]
    [InlineData("none was made")]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("cancelled")]
    public async Task Only_a_link_that_works_is_revoked(string cause)
    {
        var offer = await office.OfferAsync("APPROVED");
        var path = $"/loan-offers/{offer.Id}/link";
        if (cause != "none was made")
        {
            await LinkAsync(offer);
        }
        switch (cause)
        {
            case "revoked":
                await office.Installer.ExpectAsync("DELETE", path, null, HttpStatusCode.NoContent);
                break;
            case "expired":
                await office.SqlAsync($"UPDATE loans.offer_links SET expires_at = now() WHERE offer_id = '{offer.Id}'");
                break;
            case "cancelled":
                await office.GoAsync(offer, "cancel");
                break;
        }

        (await office.Installer.SendAsync("DELETE", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_stored()
    {
        var offer = await office.OfferAsync("APPROVED");
        var token = (await LinkAsync(offer))["token"]!;

        Base64Url.DecodeFromChars(token).Length.ShouldBe(32);
        var stored = await office.BehindTheApiAsync(
            (LoansDbContext db) => db.OfferLinks.AsNoTracking().SingleAsync(link => link.OfferId == offer.Id)
        );
        stored.TokenHash.ShouldBe(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
        var rows = await office.BehindTheApiAsync(
            (LoansDbContext db) =>
                db
                    .Database.SqlQuery<string>($"SELECT row_to_json(l)::text FROM loans.offer_links l WHERE offer_id = {offer.Id}")
                    .ToListAsync()
        );
        rows.Single().ShouldNotContain(token);
    }

    [Fact]
    public async Task A_link_works_for_two_weeks_but_not_longer_than_the_offer_is_valid()
    {
        var offer = await office.OfferAsync("APPROVED");
        var now = office.Clock.GetUtcNow();
        ExpiryOf(await LinkAsync(offer)).ShouldBeInRange(now.AddDays(14).AddSeconds(-1), now.AddDays(14).AddMinutes(1));

        await office.SqlAsync($"UPDATE loans.offers SET valid_until = now() + interval '3 days' WHERE id = '{offer.Id}'");
        ExpiryOf(await LinkAsync(offer)).ShouldBeInRange(now.AddDays(3).AddMinutes(-1), now.AddDays(3).AddMinutes(1));
    }

    [Theory]
    [InlineData("PENDING", "offer-not-approved")]
    [InlineData("REJECTED", "offer-not-approved")]
    [InlineData("ACCEPTED", "offer-not-approved")]
    [InlineData("EXPIRED", "offer-expired")]
    [InlineData("CANCELLED", "offer-not-approved")]
    public async Task Only_what_can_be_accepted_gets_a_link(string state, string code)
    {
        var offer = await office.OfferAsync(state);

        (await office.Installer.SendAsync("POST", $"/loan-offers/{offer.Id}/link")).ShouldBeProblem(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task Bad_bodies_are_refused()
    {
        var offer = await office.OfferAsync("APPROVED");
        await office.Anonymous.ShouldBeRefusedAsync("POST", $"/loan-offers/{offer.Id}/link/open");
        foreach (var body in (string[])["{}", """{"token":null}""", """{"token":""}""", $$"""{"token":"{{new string('a', 44)}}"}"""])
        {
            (await office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/link/open", body))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
                .WrongFields.ShouldBe(["token"]);
        }
    }

    [Fact]
    public async Task The_link_is_mailed_to_the_customer()
    {
        var offer = await office.OfferAsync("APPROVED");

        var link = await LinkAsync(offer);

        var mail = office.Messages.To(offer["customer.email"]!).Single(message => message.Kind == MessageKind.OfferLink);
        mail.Values["token"].ShouldBe(link["token"]);
        mail.Values["offerId"].ShouldBe(offer["id"]);
        mail.ExpiresAt.ShouldBe(ExpiryOf(link));
    }

    [Fact]
    public async Task Only_developers_are_answered_the_token()
    {
        await using var careful = new LoansFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Invitations:AnswerWithToken"] = "false" },
        };
        await careful.InitializeAsync();
        var carefulOffice = new Office(careful);
        var offer = await carefulOffice.OfferAsync("APPROVED");

        var link = await carefulOffice.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);

        link["token"].ShouldBeEmpty();
        var mailed = carefulOffice.Messages.TokenTo(offer["customer.email"]!, MessageKind.OfferLink);
        mailed.ShouldNotBeEmpty();
        link.Text.ShouldNotContain(mailed);
    }

    private static DateTimeOffset ExpiryOf(Answer link) => link.Json.GetProperty("expiresAt").GetDateTimeOffset();

    private Task<Answer> LinkAsync(Answer offer) =>
        office.Installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);

    private Task<Answer> OpenAsync(Answer offer, string? token) =>
        office.Anonymous.SendAsync("POST", $"/loan-offers/{offer.Id}/link/open", new { token });
}
