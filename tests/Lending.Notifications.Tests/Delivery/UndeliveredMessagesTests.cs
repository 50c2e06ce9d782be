using System.Net;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Notifications.Tests.Bounces;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using SmtpServer.Protocol;

namespace Lending.Notifications.Tests.Delivery;

/// <summary>Staff hear of messages that had to arrive and did not.</summary>
public sealed class UndeliveredMessagesTests : IAsyncDisposable
{
    private readonly NotificationsFixture fixture;
    private readonly Guid organization = Unique.Id();
    private readonly Guid customerId = Unique.Id();
    private readonly string recipient = Unique.Email();
    private readonly AccessTokenSubject administrator;
    private readonly MessageAdministrator account;

    public UndeliveredMessagesTests(NotificationsFixture fixture)
    {
        this.fixture = fixture;
        administrator = Persons.Administrator(organization);
        account = new(administrator.UserId, "erika", Unique.Email());
        fixture.Host.Administer(organization, account);
    }

    public ValueTask DisposeAsync()
    {
        fixture.Server.Answers.TryRemove(recipient, out _);
        fixture.Server.Answers.TryRemove(account.Email, out _);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Administrators_hear_of_a_message_that_came_back_and_of_the_next_to_its_address_and_read_no_name_in_it()
    {
        var second = new MessageAdministrator(Unique.Id(), "emil", Unique.Email());
        fixture.Host.Administer(organization, account, second);
        await SendAsync(Reminder());
        var first = (await fixture.Host.ListAsync(organization)).ShouldHaveSingleItem();

        await ComeBackAsync(first);
        await SendAsync(Declined());

        var failed = await fixture.Host.ListAsync(organization, $"?status=FAILED&customerId={customerId}");
        failed
            .Select(message => (message.GetProperty("kind").GetString(), message.GetProperty("failure").GetString()))
            .ShouldBe([("APPLICATION_DECLINED", "address-bounced"), ("WITHDRAWAL_REMINDER", "bounced 5.1.1")]);
        (await ToldAsync()).ShouldBe(failed.Select(message => message.GetProperty("id").GetGuid()));
        await fixture.Host.SendDueAsync();
        foreach (var email in (string[])[account.Email, second.Email])
        {
            fixture.Server.MailsTo(email).Count().ShouldBe(2);
        }
        var mail = fixture.Server.MailsTo(account.Email).First();
        mail.Subject.ShouldBe("A message of Sonne & Dach GmbH has not arrived");
        mail.TextBody!.ShouldContain("WITHDRAWAL_REMINDER");
        mail.TextBody!.ShouldContain("bounced 5.1.1");
        mail.TextBody!.ShouldContain(first.GetProperty("id").GetString()!);
        mail.TextBody!.ShouldNotContain("Greta");
        mail.TextBody!.ShouldNotContain(recipient);
        mail.Headers["List-Unsubscribe"].ShouldBeNull();
    }

    [Fact]
    public async Task They_hear_of_what_the_server_refuses_for_good_and_not_of_what_is_tried_again()
    {
        fixture.Server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.Aborted, "busy");
        await SendAsync(Declined());
        (await ToldAsync()).ShouldBeEmpty("it is tried again");

        fixture.Server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such person");
        await SendAsync(Reminder());

        var refused = (await fixture.Host.ListAsync(organization, "?status=FAILED")).ShouldHaveSingleItem();
        refused.GetProperty("kind").GetString().ShouldBe("WITHDRAWAL_REMINDER");
        (await ToldAsync()).ShouldBe([refused.GetProperty("id").GetGuid()]);
    }

    [Fact]
    public async Task They_do_not_hear_of_what_can_be_switched_off_of_codes_or_of_what_went_to_an_address_that_anybody_typed_in()
    {
        fixture.Server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such person");
        await SendAsync(Message.DocumentApproved(recipient, customerId, "Greta", "payslip.pdf"));
        await SendAsync(Message.AccountExists(recipient));
        await SendAsync(Message.OfferCode(recipient, customerId, "Greta", "012345", DateTimeOffset.MaxValue));

        (await fixture.Host.ListAsync(organization, "?status=FAILED")).Count.ShouldBe(3);
        (await ToldAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task That_they_could_not_be_told_is_told_to_nobody_and_another_organisation_hears_nothing()
    {
        var stranger = Persons.Administrator(Unique.Id());
        fixture.Host.Administer(stranger.OrganizationId, new MessageAdministrator(stranger.UserId, "else", Unique.Email()));
        fixture.Server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such person");
        fixture.Server.Answers[account.Email] = fixture.Server.Answers[recipient];

        await SendAsync(Declined());

        // It tells of the message to the customer alone, though the one to the administrator has failed, too.
        (await fixture.Host.ListAsync(organization, "?status=FAILED"))
            .Select(message => message.GetProperty("kind").GetString())
            .ShouldBe(["MESSAGE_UNDELIVERED", "APPLICATION_DECLINED"], ignoreOrder: true);
        (await ToldAsync()).Count.ShouldBe(1);
        (await InboxOfAsync(stranger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_modules_learn_what_did_not_arrive_of_what_they_ask_for()
    {
        var (form, waiting) = (Unique.Id(), Unique.Id());
        await SendAsync(Form(form));
        await fixture.Host.AskForAsync(organization, Form(waiting));
        (await FindUndeliveredAsync(organization, customerId, form, waiting)).ShouldBeEmpty();

        await ComeBackAsync((await fixture.Host.ListAsync(organization, "?status=SENT")).ShouldHaveSingleItem());

        (await FindUndeliveredAsync(organization, customerId, form, waiting)).ShouldBe([form]);
        (await FindUndeliveredAsync(organization, customerId, waiting)).ShouldBeEmpty();
        (await FindUndeliveredAsync(organization, Unique.Id(), form)).ShouldBeEmpty();
        (await FindUndeliveredAsync(Unique.Id(), customerId, form)).ShouldBeEmpty();
    }

    private Message Declined() =>
        Message.ApplicationDeclined(recipient, customerId, "Greta", "why", "how", "bureau", "rights", "advice", MessageSamples.Page);

    private Message Reminder() => Message.WithdrawalReminder(recipient, customerId, "Greta", Unique.Id(), "token", DateTimeOffset.MaxValue);

    private Message Form(Guid disclosureId) =>
        Message.PreContractualInformation(recipient, customerId, "Greta", Unique.Id(), disclosureId, new("form.pdf", []));

    private async Task SendAsync(Message message)
    {
        await fixture.Host.AskForAsync(organization, message);
        await fixture.Host.SendDueAsync();
    }

    private async Task ComeBackAsync(JsonElement message)
    {
        var permitted = Persons.Administrator(Unique.Id()) with { Permissions = [NotificationsPermission.BouncesReport] };
        var content = BounceSamples.Postfix($"{message.GetProperty("id").GetString()}@lending.example", recipient);
        var answer = await fixture.Host.ClientFor(permitted).PostAsync("/mail-bounces", new { content }, HttpStatusCode.OK);
        answer["outcome"].ShouldBe("SUPPRESSED");
    }

    /// <summary>Which messages the administrator was told of, the last first.</summary>
    private async Task<List<Guid>> ToldAsync()
    {
        var inbox = await InboxOfAsync(administrator);
        inbox.ShouldAllBe(message => message.GetProperty("kind").GetString() == "MESSAGE_UNDELIVERED");
        return [.. inbox.Select(message => message.GetProperty("aboutId").GetGuid())];
    }

    private async Task<List<JsonElement>> InboxOfAsync(AccessTokenSubject who) =>
        [.. (await fixture.Host.ClientFor(who).GetAsync("/inbox", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];

    private Task<IReadOnlySet<Guid>> FindUndeliveredAsync(Guid organizationId, Guid ofCustomer, params Guid[] aboutIds) =>
        fixture.Host.InModuleAsync(
            organizationId,
            services => services.GetRequiredService<IMessageOutcomes>().FindUndeliveredAsync(ofCustomer, aboutIds, CancellationToken.None)
        );
}
