using System.Net;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Notifications.Tests.Inbox;

/// <summary>Messages are read in the application, too, by whom they are for.</summary>
public sealed class InboxTests(NotificationsFixture fixture)
{
    private const string Path = "/inbox";

    private readonly Guid organization = Unique.Id();
    private readonly Guid customerId = Unique.Id();

    private HttpClient Customer => fixture.Host.ClientFor(Persons.Customer(organization, customerId));

    [Fact]
    public async Task It_has_what_was_sent_to_the_caller_newest_first_page_by_page_and_no_secret()
    {
        const string code = "839201";
        var offerId = Unique.Id();
        fixture.Speak(customerId, "de");
        await AskAsync(Message.OfOffer(MessageKind.OfferApproved, Unique.Email(), customerId, "Greta", offerId));
        await AskAsync(Message.OfferCode(Unique.Email(), customerId, "Greta", code, DateTimeOffset.MaxValue));
        await AskAsync(Message.DocumentApproved(Unique.Email(), Unique.Id(), "Somebody else", "payslip.pdf"));
        await fixture.Host.SendDueAsync();

        var first = await Customer.GetAsync($"{Path}?limit=1&includeTotal=true", HttpStatusCode.OK);
        var second = await Customer.GetAsync($"{Path}?limit=1&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        first.Json.GetProperty("total").GetInt32().ShouldBe(2);
        ItemsOf(first).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("OFFER_CODE");
        first.Text.ShouldNotContain(code);
        var offer = ItemsOf(second).ShouldHaveSingleItem();
        offer.GetProperty("topic").GetString().ShouldBe("ESSENTIAL");
        offer.GetProperty("aboutId").GetGuid().ShouldBe(offerId);
        offer.GetProperty("title").GetString().ShouldBe("Ihr Kreditangebot von Sonne & Dach GmbH liegt bereit");
        second["nextCursor"].ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task What_is_read_is_marked_once_and_only_by_whom_it_is_for()
    {
        await AskAsync(Message.OfOffer(MessageKind.OfferExpired, Unique.Email(), customerId, "Greta", Unique.Id()));
        var id = ItemsOf(await Customer.GetAsync($"{Path}?isRead=false", HttpStatusCode.OK)).Single().GetProperty("id").GetGuid();

        foreach (
            var other in (HttpClient[])
                [
                    fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id())),
                    fixture.Host.ClientFor(Persons.Administrator(organization)),
                    fixture.Host.ClientFor(Persons.Customer(Unique.Id(), customerId)),
                ]
        )
        {
            ItemsOf(await other.GetAsync(Path, HttpStatusCode.OK)).ShouldBeEmpty();
            (await other.SendAsync("POST", $"{Path}/{id}/read")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        var read = await Customer.PostAsync($"{Path}/{id}/read", null, HttpStatusCode.OK);
        var again = await Customer.PostAsync($"{Path}/{id}/read", null, HttpStatusCode.OK);

        read["readAt"].ShouldNotBeNullOrEmpty();
        again["readAt"].ShouldBe(read["readAt"]);
        ItemsOf(await Customer.GetAsync($"{Path}?isRead=false", HttpStatusCode.OK)).ShouldBeEmpty();
        ItemsOf(await Customer.GetAsync($"{Path}?isRead=true", HttpStatusCode.OK)).Count.ShouldBe(1);
        // That it is read does not keep it from being mailed.
        await fixture.Host.SendDueAsync();
        (await fixture.Host.ListAsync(organization)).Single().GetProperty("status").GetString().ShouldBe("SENT");
    }

    [Fact]
    public async Task Staff_have_one_too_with_what_they_do_not_want_by_mail()
    {
        var installer = Persons.Installer(organization);
        var client = fixture.Host.ClientFor(installer);
        var off = new
        {
            topic = "OFFERS",
            channel = "MAIL",
            isOn = false,
        };
        await client.ExpectAsync("PUT", "/notification-preferences", new { preferences = new[] { off } }, HttpStatusCode.OK);
        var email = Unique.Email();
        await AskAsync(Message.OfferNews(email, installer.UserId, "Greta", Unique.Id(), "ACCEPTED"));
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(email).ShouldBeEmpty();
        var news = ItemsOf(await client.GetAsync(Path, HttpStatusCode.OK)).ShouldHaveSingleItem();
        news.GetProperty("kind").GetString().ShouldBe("OFFER_NEWS");
        ItemsOf(await fixture.Host.ClientFor(Persons.Installer(organization)).GetAsync(Path, HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_administrator_reads_in_theirs_that_a_webhook_is_paused()
    {
        var administrator = Persons.Administrator(organization);
        await AskAsync(Message.WebhookPaused(Unique.Email(), administrator.UserId, "erika", Unique.Id(), "erp.example.org", isGone: false));

        var told = ItemsOf(await fixture.Host.ClientFor(administrator).GetAsync(Path, HttpStatusCode.OK)).ShouldHaveSingleItem();
        told.GetProperty("kind").GetString().ShouldBe("WEBHOOK_PAUSED");
        told.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        ItemsOf(await fixture.Host.ClientFor(Persons.Administrator(organization)).GetAsync(Path, HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_refused_and_so_are_forged_cursors()
    {
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        await Customer.ShouldRefuseForgedCursorsAsync(Path);
    }

    private Task AskAsync(Message message) => fixture.Host.AskForAsync(organization, message);

    private static List<JsonElement> ItemsOf(Answer page) => [.. page.Json.GetProperty("items").EnumerateArray()];
}
