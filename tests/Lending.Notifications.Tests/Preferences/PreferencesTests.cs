using System.Net;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Preferences;
using Lending.Notifications.Tests.Delivery;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Notifications.Tests.Preferences;

/// <summary>What people do not want is not mailed, and what they need is.</summary>
public sealed class PreferencesTests(NotificationsFixture fixture)
{
    private const string Path = "/notification-preferences";

    private readonly Guid organization = Unique.Id();
    private readonly Guid customerId = Unique.Id();
    private readonly string recipient = Unique.Email();

    private HttpClient Customer => fixture.Host.ClientFor(Persons.Customer(organization, customerId));

    [Fact]
    public async Task Everything_is_on_until_somebody_switches_it_off_and_again_when_they_do_not_name_it()
    {
        (await OffAsync(Customer)).ShouldBeEmpty();

        (await PutAsync(Customer, Off("OFFERS"), Off("DOCUMENTS"))).Status.ShouldBe(HttpStatusCode.OK);
        (await OffAsync(Customer)).ShouldBe(["OFFERS", "DOCUMENTS"]);
        var second = await PutAsync(Customer, Off("DOCUMENTS"), On("APPLICATIONS"), On("ESSENTIAL"));

        (await OffAsync(Customer)).ShouldBe(["DOCUMENTS"]);
        second
            .Json.GetProperty("preferences")
            .EnumerateArray()
            .Select(one => (one.GetProperty("topic").GetString(), one.GetProperty("canBeSwitchedOff").GetBoolean()))
            .ShouldBe([("ESSENTIAL", false), ("OFFERS", true), ("APPLICATIONS", true), ("DOCUMENTS", true)]);
        (await Customer.GetAsync(Path, HttpStatusCode.OK)).Text.ShouldBe(second.Text);
    }

    [Fact]
    public async Task They_are_the_callers_own()
    {
        var installer = Persons.Installer(organization);
        await PutAsync(Customer, Off("OFFERS"));
        await PutAsync(fixture.Host.ClientFor(installer), Off("DOCUMENTS"));

        (await OffAsync(Customer)).ShouldBe(["OFFERS"]);
        (await OffAsync(fixture.Host.ClientFor(installer))).ShouldBe(["DOCUMENTS"]);
        (await OffAsync(fixture.Host.ClientFor(Persons.Installer(organization)))).ShouldBeEmpty();
        (await OffAsync(fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id())))).ShouldBeEmpty();
        (await OffAsync(fixture.Host.ClientFor(Persons.Customer(Unique.Id(), customerId)))).ShouldBeEmpty("of another organisation");
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task What_is_switched_off_is_not_mailed_even_if_it_waited_already_and_all_else_is()
    {
        var (offer, document) = (Message.OfOffer(MessageKind.OfferDisbursed, recipient, customerId, "Greta", Unique.Id()), Document());
        var essential = Message.OfferCode(recipient, customerId, "Greta", "012345", DateTimeOffset.MaxValue);
        var staff = Persons.Installer(organization);
        var news = Message.OfferNews(Unique.Email(), staff.UserId, "Greta", Unique.Id(), "ACCEPTED");
        foreach (var message in (Message[])[offer, document, essential, news])
        {
            await fixture.Host.AskForAsync(organization, message);
        }
        await PutAsync(Customer, Off("OFFERS"));

        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(recipient).Count().ShouldBe(2);
        fixture.Server.MailsTo(news.Recipient).Count().ShouldBe(1);
        var skipped = (await fixture.Host.ListAsync(organization, "?status=FAILED")).ShouldHaveSingleItem();
        skipped.GetProperty("kind").GetString().ShouldBe("OFFER_DISBURSED");
        skipped.GetProperty("failure").GetString().ShouldBe("switched-off");
        // Staff choose by their user, and another's choice is not theirs.
        await PutAsync(fixture.Host.ClientFor(staff), Off("OFFERS"));
        await fixture.Host.AskForAsync(organization, news);
        await fixture.Host.AskForAsync(organization, news with { UserId = Unique.Id() });
        await fixture.Host.SendDueAsync();
        fixture.Server.MailsTo(news.Recipient).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"preferences":[{"topic":"ESSENTIAL","channel":"MAIL","isOn":false}]}""", "preferences[0].isOn")]
    [InlineData("""{"preferences":[{"topic":"OFFERS","channel":"MAIL"}]}""", "preferences[0].isOn")]
    [InlineData("""{"preferences":[{"topic":"OFFERS","isOn":false}]}""", "preferences[0].channel")]
    [InlineData("""{"preferences":[{"channel":"MAIL","isOn":false}]}""", "preferences[0].topic")]
    [InlineData("""{"preferences":[null]}""", "preferences[0]")]
    [InlineData(
        """{"preferences":[{"topic":"OFFERS","channel":"MAIL","isOn":false},{"topic":"OFFERS","channel":"MAIL","isOn":true}]}""",
        "preferences"
    )]
    [InlineData("{}", "preferences")]
    public async Task What_cannot_be_chosen_is_refused(string body, string field)
    {
        await PutAsync(Customer, Off("DOCUMENTS"));

        (await Customer.SendAsync("PUT", Path, body))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);

        (await OffAsync(Customer)).ShouldBe(["DOCUMENTS"]);
    }

    [Fact]
    public Task Bad_bodies_are_refused() => Customer.ShouldBeRefusedAsync("PUT", Path);

    [Fact]
    public async Task A_mail_that_can_be_switched_off_says_how_and_one_POST_of_the_mail_program_does_it_once()
    {
        await fixture.Host.AskForAsync(organization, Document());
        await fixture.Host.AskForAsync(organization, Message.OfferCode(recipient, customerId, "Greta", "012345", DateTimeOffset.MaxValue));
        await fixture.Host.SendDueAsync();
        var mails = fixture.Server.MailsTo(recipient).ToList();
        var (optional, essential) = (
            mails.Single(mail => mail.Subject!.Contains("document", StringComparison.Ordinal)),
            mails.Single(mail => mail.Subject!.Contains("code", StringComparison.Ordinal))
        );

        essential.Headers["List-Unsubscribe"].ShouldBeNull();
        essential.Headers["List-Unsubscribe-Post"].ShouldBeNull();
        optional.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        const string begin = "<https://loans.example/app/unsubscribe?token=";
        var header = optional.Headers["List-Unsubscribe"];
        header.ShouldStartWith(begin);
        var token = header[begin.Length..].TrimEnd('>');

        (await TopicOfAsync(token)).ShouldBe("DOCUMENTS");
        (await OffAsync(Customer)).ShouldBeEmpty("reading changes nothing");
        (await SwitchOffAsync(token)).ShouldBeTrue();
        (await SwitchOffAsync(token)).ShouldBeTrue();

        (await OffAsync(Customer)).ShouldBe(["DOCUMENTS"]);
        await fixture.Host.AskForAsync(organization, Document());
        await fixture.Host.SendDueAsync();
        fixture.Server.MailsTo(recipient).Count().ShouldBe(2);
        // Whoever wants them again says so.
        await PutAsync(Customer);
        await fixture.Host.AskForAsync(organization, Document());
        await fixture.Host.SendDueAsync();
        fixture.Server.MailsTo(recipient).Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_was_changed_anywhere_does_nothing()
    {
        var tokens = fixture.Host.Services.GetRequiredService<UnsubscribeTokens>();
        var good = tokens.Write(organization, new Person(customerId, null), NotificationTopic.Offers);
        tokens.Read(good).ShouldBe((organization, new Person(customerId, null), NotificationTopic.Offers));
        var staff = new Person(null, Unique.Id());
        tokens.Read(tokens.Write(organization, staff, NotificationTopic.Documents))!.Value.Person.ShouldBe(staff);

        for (var at = 0; at < good.Length; at++)
        {
            // Two bits of the last letter do not count; these letters differ in others.
            var other = good[at] == 'A' ? 'Q' : 'A';
            var changed = $"{good[..at]}{other}{good[(at + 1)..]}";
            tokens.Read(changed).ShouldBeNull(changed);
        }
        foreach (var nonsense in (string[])["", "x", good[1..], good + "A", good + "AAAA", "ä", new string('A', 5000)])
        {
            (await SwitchOffAsync(nonsense)).ShouldBeFalse();
        }
        (await OffAsync(Customer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task They_are_in_the_customers_copy_and_go_with_the_customer()
    {
        await PutAsync(Customer, Off("OFFERS"));
        (await CopyAsync()).ShouldNotBeNull();

        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await services.GetRequiredService<INotifications>().DeleteOfCustomerAsync(customerId, CancellationToken.None);
                return 0;
            }
        );

        (await OffAsync(Customer)).ShouldBeEmpty();
        (await CopyAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_mail_that_waits_for_the_customer_comes_whatever_is_switched_off()
    {
        await PutAsync(Customer, Off("OFFERS"), Off("APPLICATIONS"), Off("DOCUMENTS"));
        Message[] waiting =
        [
            Message.DocumentsRequested(recipient, customerId, "Greta", "PAYSLIP", 2, note: null, MessageSamples.Page),
            Message.ApplicationConditional(recipient, customerId, "Greta", Unique.Id(), ["Two payslips"]),
            Message.OfOffer(MessageKind.OfferApproved, recipient, customerId, "Greta", Unique.Id()),
        ];
        foreach (var message in waiting)
        {
            await fixture.Host.AskForAsync(organization, message);
        }

        await fixture.Host.SendDueAsync();

        var mails = fixture.Server.MailsTo(recipient).ToList();
        mails.Count.ShouldBe(waiting.Length);
        mails.ShouldAllBe(mail => mail.Headers["List-Unsubscribe"] == null);
    }

    [Fact]
    public void Of_each_kind_it_is_decided_whether_it_can_be_switched_off()
    {
        var kinds = Enum.GetValues<MessageKind>();

        // A new kind fails here, so that its author looks at the list below.
        kinds.Length.ShouldBe(40);
        kinds
            .Where(kind => Topics.Of(kind) == NotificationTopic.Essential)
            .ShouldBe([
                MessageKind.StaffInvitation,
                MessageKind.CustomerInvitation,
                MessageKind.OfferLink,
                MessageKind.EmailConfirmation,
                MessageKind.AccountExists,
                MessageKind.PasswordReset,
                MessageKind.PasswordChanged,
                MessageKind.EmailChange,
                MessageKind.EmailChanged,
                MessageKind.NewDevice,
                MessageKind.DocumentsRequested,
                MessageKind.PreContractualInformation,
                MessageKind.PreContractualInformationLink,
                MessageKind.WithdrawalReminder,
                MessageKind.Dunning,
                MessageKind.ApplicationDeclined,
                MessageKind.OfferCode,
                MessageKind.WithdrawalReceipt,
                MessageKind.DirectDebitNotice,
                MessageKind.WebhookPaused,
                MessageKind.AcceptanceReceipt,
                MessageKind.OfferApproved,
                MessageKind.ApplicationConditional,
                MessageKind.ApplicationReviewRequested,
                MessageKind.DocumentRevision,
                MessageKind.CustomerCode,
                MessageKind.MessageUndelivered,
            ]);
    }

    private static object Off(string topic) => Choice(topic, isOn: false);

    private static object On(string topic) => Choice(topic, isOn: true);

    private static object Choice(string topic, bool isOn) =>
        new
        {
            topic,
            channel = "MAIL",
            isOn,
        };

    private static Task<Answer> PutAsync(HttpClient client, params object[] preferences) =>
        client.ExpectAsync("PUT", Path, new { preferences }, HttpStatusCode.OK);

    private static async Task<List<string?>> OffAsync(HttpClient client) =>
        [
            .. (await client.GetAsync(Path, HttpStatusCode.OK))
                .Json.GetProperty("preferences")
                .EnumerateArray()
                .Where(one => !one.GetProperty("isOn").GetBoolean())
                .Select(one => one.GetProperty("topic").GetString()),
        ];

    private Message Document() => Message.DocumentApproved(recipient, customerId, "Greta", "payslip.pdf");

    private Task<string?> TopicOfAsync(string token) =>
        fixture.Host.InModuleAsync(
            Unique.Id(),
            services => Task.FromResult(services.GetRequiredService<IUnsubscriptions>().TopicOf(token))
        );

    // As somebody who belongs to nothing: the token alone says whom it is about.
    private Task<bool> SwitchOffAsync(string token) =>
        fixture.Host.InModuleAsync(
            Unique.Id(),
            services => services.GetRequiredService<IUnsubscriptions>().SwitchOffAsync(token, CancellationToken.None)
        );

    private Task<object?> CopyAsync() =>
        fixture.Host.InModuleAsync(
            organization,
            services =>
                services
                    .GetServices<ICustomerRecords>()
                    .Single(records => records.Name == "notificationPreferences")
                    .ReadAsync(customerId, CancellationToken.None)
        );
}
