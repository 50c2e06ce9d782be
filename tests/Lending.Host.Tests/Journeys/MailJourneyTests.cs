using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Testing;
using MimeKit;

namespace Lending.Host.Tests.Journeys;

/// <summary>From the invitation to the login, and out of mails again, by nothing but what the product wrote to the customer.</summary>
public sealed partial class MailJourneyTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mails-").FullName;
    private HostFixture host = null!;

    public ValueTask InitializeAsync()
    {
        host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Mail:Folder"] = folder,
                ["Mail:PollSeconds"] = "1",
                ["Invitations:AnswerWithToken"] = "false",
            },
        };
        return host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_token_in_the_link_of_the_mail_lets_an_invited_customer_in()
    {
        var email = Unique.Email();
        var customer = await host.Administrator.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
        var invitation = await host.Administrator.PostAsync($"/customers/{customer.Id}/invitation", null, HttpStatusCode.Accepted);
        invitation["token"].ShouldBeNullOrEmpty();

        var message = await World.TriedMessageAsync(host.Administrator, $"?customerId={customer.Id}");
        var mail = await MimeMessage.LoadAsync(Path.Combine(folder, $"{message.GetProperty("id").GetString()}.eml"));
        mail.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe(email);
        var link = Link().Match(mail.TextBody!);
        link.Groups["address"].Value.ShouldBe("http://localhost:5080/invitation");
        await host.Anonymous.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token = link.Groups["token"].Value,
                password = World.Password,
                passwordConfirm = World.Password,
            },
            HttpStatusCode.OK
        );

        using var client = await host.LogInAsync(email, World.Password);
        (await client.GetAsync("/users/me", HttpStatusCode.OK))["customerId"].ShouldBe(customer["id"]);
        await SwitchOffAsync(customer.Id, client);
        await ComeBackAsync(customer.Id, message.GetProperty("id").GetGuid(), mail);
    }

    /// <summary>
    /// The platform's mail server says with its key that a mail came back: nothing goes to its address any more, and administrators hear of both messages.
    /// </summary>
    private async Task ComeBackAsync(Guid customerId, Guid messageId, MimeMessage mail)
    {
        using var mailServer = await new World(host).CreateKeyAsync(host.Administrator, ["notifications:report-bounces"]);
        var content = $"""
            Content-Type: multipart/report; report-type=delivery-status; boundary=parts

            --parts
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.lending.example

            Final-Recipient: rfc822; {mail.To.Mailboxes.Single().Address}
            Action: failed
            Status: 5.1.1

            --parts
            Content-Type: text/rfc822-headers

            Message-Id: <{mail.MessageId}>

            --parts--
            """;
        (await mailServer.PostAsync("/mail-bounces", new { content }, HttpStatusCode.OK))["outcome"].ShouldBe("SUPPRESSED");

        await host.Administrator.PostAsync("/document-requests", new { customerId, kind = "PAYSLIP" }, HttpStatusCode.Created);
        var next = await World.TriedMessageAsync(host.Administrator, $"?customerId={customerId}&limit=1");
        next.GetProperty("kind").GetString().ShouldBe("DOCUMENTS_REQUESTED");
        next.GetProperty("failure").GetString().ShouldBe("address-bounced");
        var inbox = await host.Administrator.GetAsync("/inbox?limit=2", HttpStatusCode.OK);
        inbox
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(told => (told.GetProperty("kind").GetString(), told.GetProperty("aboutId").GetGuid()))
            .ShouldBe([("MESSAGE_UNDELIVERED", next.GetProperty("id").GetGuid()), ("MESSAGE_UNDELIVERED", messageId)]);
    }

    /// <summary>A customer who chose German is told that an offer was rejected, and switches such mails off as a mail program does.</summary>
    private async Task SwitchOffAsync(Guid customerId, HttpClient customer)
    {
        await host.Administrator.ExpectAsync("PATCH", $"/customers/{customerId}", new { language = "de" }, HttpStatusCode.OK);
        var rejected = await TriedRejectionAsync(customerId);
        rejected.GetProperty("status").GetString().ShouldBe("SENT");
        var mail = await MimeMessage.LoadAsync(Path.Combine(folder, $"{rejected.GetProperty("id").GetString()}.eml"));
        mail.Subject!.ShouldEndWith("kommt nicht zustande");
        var address = mail.Headers["List-Unsubscribe"]!.Trim('<', '>');
        address.ShouldStartWith("http://localhost:5080/unsubscribe?token=");

        using var oneClick = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var browser = new HttpClient { BaseAddress = host.Anonymous.BaseAddress };
        using var answer = await browser.PostAsync(new Uri(new Uri(address).PathAndQuery, UriKind.Relative), oneClick);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await customer.GetAsync("/notification-preferences", HttpStatusCode.OK)).Text.ShouldContain(
            """{"topic":"OFFERS","channel":"MAIL","isOn":false,"canBeSwitchedOff":true}"""
        );
        (await TriedRejectionAsync(customerId)).GetProperty("failure").GetString().ShouldBe("switched-off");
        var inbox = await customer.GetAsync("/inbox?limit=2", HttpStatusCode.OK);
        inbox
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(message => message.GetProperty("kind").GetString())
            .ShouldBe(["OFFER_REJECTED", "OFFER_REJECTED"]);
    }

    /// <summary>Rejects an offer to the customer; the message, as soon as it was tried.</summary>
    private async Task<JsonElement> TriedRejectionAsync(Guid customerId)
    {
        var offer = await host.Administrator.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        var rejection = new
        {
            reason = "UNSUITABLE_PROPERTY",
            version = 1,
            documentHash = offer["documentHash"],
            comment = "The roof is too weak",
        };
        await host.Administrator.PostAsync($"/loan-offers/{offer.Id}/reject", rejection, HttpStatusCode.OK);
        return await World.TriedMessageAsync(host.Administrator, $"?customerId={customerId}&limit=1");
    }

    [GeneratedRegex(
        "(?<address>https?://[^ #]+)#token=(?<token>[A-Za-z0-9_-]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Link();
}
