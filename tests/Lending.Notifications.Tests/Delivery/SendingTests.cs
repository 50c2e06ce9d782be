using System.Globalization;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using SmtpServer.Protocol;

namespace Lending.Notifications.Tests.Delivery;

public sealed class SendingTests(NotificationsFixture fixture)
{
    private readonly Guid organization = Unique.Id();
    private readonly string recipient = Unique.Email();

    [Fact]
    public async Task A_mail_says_who_sends_it_and_leads_to_the_configured_address()
    {
        await fixture.Host.AskForAsync(organization, Invitation("tok-en_1"));
        await fixture.Host.SendDueAsync();

        var mail = fixture.Server.MailsTo(recipient).ShouldHaveSingleItem();
        var notification = (await fixture.Host.ListAsync(organization)).ShouldHaveSingleItem();
        mail.From.Mailboxes.Single().Name.ShouldBe("Sonne & Dach GmbH");
        mail.From.Mailboxes.Single().Address.ShouldBe("no-reply@lending.example");
        mail.Subject.ShouldBe("Sonne & Dach GmbH invites you");
        mail.MessageId.ShouldBe($"{notification.GetProperty("id").GetString()}@lending.example");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.TextBody!.ShouldContain("https://loans.example/app/invitation#token=tok-en_1");
        mail.TextBody!.ShouldContain("Sonne & Dach GmbH keeps your loan offers");
        mail.HtmlBody!.ShouldContain("""<a href="https://loans.example/app/invitation#token=tok-en_1" """.TrimEnd());
        mail.HtmlBody!.ShouldContain("Sonne &amp; Dach GmbH");
    }

    [Fact]
    public async Task Times_are_told_as_they_are_in_the_organisations_zone_and_language()
    {
        fixture.Sign(organization, FakeSenders.Usual with { Language = "de" });
        var summer = new DateTimeOffset(2099, 7, 1, 22, 30, 0, TimeSpan.Zero);
        await fixture.Host.AskForAsync(organization, Message.PasswordReset(recipient, "greta", "token", summer));
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(recipient).Single().TextBody!.ShouldContain("bis 2. Juli 2099, 00:30 Uhr (+02:00)");
    }

    [Fact]
    public async Task A_customer_is_written_to_in_the_language_that_they_chose_else_in_the_organisations()
    {
        fixture.Sign(organization, FakeSenders.Usual with { Language = "de" });
        var (english, silent) = (Unique.Id(), Unique.Id());
        fixture.Speak(english, "en");
        foreach (var customerId in (Guid[])[english, silent])
        {
            await fixture.Host.AskForAsync(
                organization,
                Message.CustomerInvitation($"{customerId:N}@example.org", customerId, "Greta", "token", DateTimeOffset.MaxValue)
            );
        }
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo($"{english:N}@example.org").Single().TextBody!.ShouldContain("Hello Greta");
        fixture.Server.MailsTo($"{silent:N}@example.org").Single().TextBody!.ShouldContain("Guten Tag Greta");
    }

    [Fact]
    public async Task Once_it_was_sent_its_secret_is_nowhere_in_the_database()
    {
        await fixture.Host.AskForAsync(organization, Invitation("secret-token"));
        (await ValuesAsync())!.ShouldContain("secret-token");
        await fixture.Host.SendDueAsync();

        (await ValuesAsync()).ShouldBeNull();
        StatusOf(await OnlyOneAsync()).ShouldBe("SENT");
    }

    [Fact]
    public async Task A_file_goes_with_its_mail_and_is_nowhere_in_the_database_afterwards()
    {
        byte[] content = [.. "%PDF-1.7 form"u8];
        var message = Message.PreContractualInformation(
            recipient,
            Unique.Id(),
            "Greta Sommer",
            Unique.Id(),
            Unique.Id(),
            new("form.pdf", content)
        );
        await fixture.Host.AskForAsync(organization, message);
        await fixture.Host.SendDueAsync();

        var mail = fixture.Server.MailsTo(recipient).ShouldHaveSingleItem();
        var file = mail.Attachments.ShouldHaveSingleItem().ShouldBeOfType<MimePart>();
        file.FileName.ShouldBe("form.pdf");
        file.ContentType.MimeType.ShouldBe("application/pdf");
        using var received = new MemoryStream();
        await file.Content!.DecodeToAsync(received, TestContext.Current.CancellationToken);
        received.ToArray().ShouldBe(content);
        mail.TextBody!.ShouldContain("Greta Sommer");
        await using var left = fixture.Host.Database.CreateCommand(
            $"SELECT file_content FROM notifications.notifications WHERE organization_id = '{organization}'"
        );
        (await left.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Two_instances_send_each_message_once()
    {
        var recipients = Enumerable.Range(0, 40).Select(_ => Unique.Email()).ToList();
        foreach (var each in recipients)
        {
            await fixture.Host.AskForAsync(organization, Message.AccountExists(each));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Host.SendDueAsync()));
        await fixture.Host.SendDueAsync();

        recipients.ShouldAllBe(each => fixture.Server.MailsTo(each).Count() == 1);
    }

    [Fact]
    public async Task What_is_rolled_back_is_never_sent()
    {
        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await using (await services.GetRequiredService<Platform.Persistence.Transactions>().BeginAsync(CancellationToken.None))
                {
                    await services.GetRequiredService<INotifications>().SendAsync(Invitation("token"), CancellationToken.None);
                }
                return 0;
            }
        );
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(recipient).ShouldBeEmpty();
        (await fixture.Host.ListAsync(organization)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_is_given_up()
    {
        fixture.Server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such person");
        await fixture.Host.AskForAsync(organization, Invitation("token"));
        await fixture.Host.SendDueAsync();

        var failed = await OnlyOneAsync();
        StatusOf(failed).ShouldBe("FAILED");
        failed.GetProperty("failure").GetString()!.ShouldStartWith("550 ");
        failed.GetProperty("attempts").GetInt32().ShouldBe(1);
        (await ValuesAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_server_refuses_for_now_is_tried_again_later_and_later_for_a_day()
    {
        await using var server = MailServer.Start();
        await using var host = await NotificationsFixture.StartAsync(server.Settings);
        server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.Aborted, "busy");
        await host.AskForAsync(organization, Message.AccountExists(recipient));
        var pauses = new List<TimeSpan>();
        var tried = host.Clock.GetUtcNow();
        await host.SendDueAsync();
        while (StatusOf(await OnlyOneAsync(host)) == "QUEUED")
        {
            var waiting = await OnlyOneAsync(host);
            waiting.GetProperty("failure").GetString()!.ShouldStartWith("451 ");
            var next = waiting.GetProperty("nextAttemptAt").GetDateTimeOffset();
            pauses.Add(TimeSpan.FromMinutes(Math.Round((next - host.Clock.GetUtcNow()).TotalMinutes)));
            await host.SendDueAsync();
            (await OnlyOneAsync(host)).GetProperty("attempts").GetInt32().ShouldBe(pauses.Count, "not before its time");
            host.Clock.Advance(next - host.Clock.GetUtcNow());
            await host.SendDueAsync();
        }

        StatusOf(await OnlyOneAsync(host)).ShouldBe("FAILED");
        pauses.Take(9).Select(pause => pause.TotalMinutes).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 240]);
        pauses.Skip(9).ShouldAllBe(pause => pause == TimeSpan.FromHours(4));
        (host.Clock.GetUtcNow() - tried).ShouldBeInRange(TimeSpan.FromHours(19), TimeSpan.FromHours(24));
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_sent_as_soon_as_the_server_takes_it()
    {
        await using var server = MailServer.Start();
        await using var host = await NotificationsFixture.StartAsync(server.Settings);
        server.Answers[recipient] = () => new SmtpResponse(SmtpReplyCode.Aborted, "busy");
        await host.AskForAsync(organization, Invitation("token"));
        await host.SendDueAsync();
        server.Answers.Clear();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.SendDueAsync();

        server.MailsTo(recipient).ShouldHaveSingleItem().TextBody!.ShouldContain("#token=token");
        StatusOf(await OnlyOneAsync(host)).ShouldBe("SENT");
    }

    [Fact]
    public async Task Without_a_server_messages_wait()
    {
        var settings = fixture.Server.Settings;
        settings["Mail:Port"] = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        await using var host = await NotificationsFixture.StartAsync(settings);
        await host.AskForAsync(organization, Invitation("token"));
        await host.SendDueAsync();

        var waiting = await OnlyOneAsync(host);
        StatusOf(waiting).ShouldBe("QUEUED");
        waiting.GetProperty("failure").GetString().ShouldBe("no-connection");
    }

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_login_nor_mail(string tls)
    {
        await using var server = MailServer.Start(tls);
        await using var host = await NotificationsFixture.StartAsync(server.Settings);
        await host.AskForAsync(organization, Invitation("token"));
        await host.SendDueAsync();

        var waiting = await OnlyOneAsync(host);
        StatusOf(waiting).ShouldBe("QUEUED");
        waiting.GetProperty("failure").GetString().ShouldBe("no-connection");
        server.Logins.ShouldBe(0);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_offers_no_TLS_gets_no_mail_in_the_clear()
    {
        var settings = fixture.Server.Settings;
        settings["Mail:Tls"] = "StartTls";
        await using var host = await NotificationsFixture.StartAsync(settings);
        await host.AskForAsync(organization, Invitation("token"));
        await host.SendDueAsync();

        var waiting = await OnlyOneAsync(host);
        StatusOf(waiting).ShouldBe("QUEUED");
        waiting.GetProperty("failure").GetString().ShouldBe("server-refuses-login-or-tls");
        fixture.Server.MailsTo(recipient).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_whose_sender_vanished_is_not_sent_again_and_administrators_hear_of_it()
    {
        await using var server = MailServer.Start();
        await using var host = await NotificationsFixture.StartAsync(server.Settings);
        var administrator = new MessageAdministrator(Unique.Id(), "erika", Unique.Email());
        host.Administer(organization, administrator);
        await host.AskForAsync(organization, Invitation("token"));
        // As if the host had been killed after it had taken the message.
        await host.InModuleAsync(
            organization,
            services =>
                services
                    .GetRequiredService<NotificationsDbContext>()
                    .Notifications.ExecuteUpdateAsync(set =>
                        set.SetProperty(row => row.Status, NotificationStatus.Sending)
                            .SetProperty(row => row.NextAttemptAt, row => row.NextAttemptAt + Notification.LongestSending)
                    )
        );

        await host.SendDueAsync();
        StatusOf(await OnlyOneAsync(host)).ShouldBe("SENDING", "it may be under way");
        host.Clock.Advance(Notification.LongestSending);
        await host.SendDueAsync();

        var lost = (await host.ListAsync(organization, "?status=FAILED")).ShouldHaveSingleItem();
        lost.GetProperty("failure").GetString().ShouldBe("outcome-unknown");
        server.MailsTo(recipient).ShouldBeEmpty();
        server.MailsTo(administrator.Email).ShouldHaveSingleItem().TextBody!.ShouldContain(lost.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_mail_was_said_is_not_repeated()
    {
        await using var server = MailServer.Start();
        await using var host = await NotificationsFixture.StartAsync(server.Settings);
        // The mail is taken, and the answer to it never arrives.
        server.Answers[recipient] = () => throw new IOException("The connection breaks.");
        await host.AskForAsync(organization, Invitation("token"));
        await host.SendDueAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        server.Answers.Clear();
        await host.SendDueAsync();

        StatusOf(await OnlyOneAsync(host)).ShouldBe("FAILED");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_expired_is_not_sent()
    {
        var soon = fixture.Host.Clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        await fixture.Host.AskForAsync(organization, Message.PasswordReset(recipient, "greta", "token", soon));
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(recipient).ShouldBeEmpty();
        (await OnlyOneAsync()).GetProperty("failure").GetString().ShouldBe("expired");
    }

    [Theory]
    [InlineData("Greta\r\nBcc: everybody@example.org")]
    [InlineData("Greta\n\nhttps://evil.example/\n\n")]
    [InlineData("<a href=\"https://evil.example/\">Greta</a>")]
    [InlineData("{{ link }}{% include 'layout' %}")]
    public async Task A_name_adds_neither_headers_nor_paragraphs_nor_markup(string name)
    {
        fixture.Sign(organization, FakeSenders.Usual with { Name = name });
        await fixture.Host.AskForAsync(
            organization,
            Message.CustomerInvitation(recipient, Unique.Id(), name, "token", DateTimeOffset.MaxValue)
        );
        await fixture.Host.SendDueAsync();

        var mail = fixture.Server.MailsTo(recipient).ShouldHaveSingleItem();
        mail.Bcc.ShouldBeEmpty();
        mail.Headers.Select(header => header.Field).ShouldBeUnique();
        mail.To.Count.ShouldBe(1);
        mail.TextBody!.ReplaceLineEndings("\n").Trim().Split("\n\n").Length.ShouldBe(4);
        mail.HtmlBody!.Split("<a ").Length.ShouldBe(2);
        mail.HtmlBody!.ShouldNotContain("href=\"https://evil");
        mail.Subject.ShouldEndWith(" invites you");
    }

    [Fact]
    public async Task A_recipient_who_is_no_address_is_given_up_and_holds_nobody_up()
    {
        await fixture.Host.AskForAsync(organization, Message.AccountExists("a@example.org>\r\nRCPT TO:<b@example.org"));
        await fixture.Host.AskForAsync(Unique.Id(), Message.AccountExists(recipient));
        await fixture.Host.SendDueAsync();

        (await OnlyOneAsync()).GetProperty("failure").GetString().ShouldBe("cannot-be-written");
        fixture.Server.MailsTo(recipient).ShouldHaveSingleItem();
        fixture.Server.MailsTo("b@example.org").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_leaves_a_sandbox()
    {
        fixture.Sign(organization, FakeSenders.Usual with { IsSandbox = true });
        await fixture.Host.AskForAsync(organization, Invitation("token"));
        await fixture.Host.SendDueAsync();

        fixture.Server.MailsTo(recipient).ShouldBeEmpty();
        StatusOf(await OnlyOneAsync()).ShouldBe("KEPT");
    }

    [Fact]
    public async Task Without_a_mail_server_developers_find_mails_as_files_where_the_log_says()
    {
        var folder = Directory.CreateTempSubdirectory("mails-").FullName;
        var log = new CollectingLog();
        await using var host = await NotificationsFixture.StartAsync(
            new Dictionary<string, string?> { ["Mail:Folder"] = folder },
            services =>
                services
                    .AddSingleton<ILoggerProvider>(log)
                    .Configure<LoggerFilterOptions>(options => options.AddFilter<CollectingLog>("Lending", LogLevel.Information))
        );
        await host.AskForAsync(organization, Invitation("secret-token"));
        await host.SendDueAsync();

        var file = Directory.GetFiles(folder, "*.eml").ShouldHaveSingleItem();
        var mail = await MimeMessage.LoadAsync(file);
        mail.To.Mailboxes.Single().Address.ShouldBe(recipient);
        mail.TextBody!.ShouldContain("http://localhost:5080/invitation#token=secret-token");
        log.Lines.ShouldContain(line => line.Contains(file, StringComparison.Ordinal));
        log.Lines.ShouldNotContain(line => line.Contains("secret-token", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Messages_of_a_deleted_customer_go_with_them()
    {
        var greta = Unique.Id();
        await fixture.Host.AskForAsync(
            organization,
            Message.CustomerInvitation(recipient, greta, "Greta", "token", DateTimeOffset.MaxValue)
        );
        await fixture.Host.AskForAsync(organization, Message.AccountExists("other@example.org"));
        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await services.GetRequiredService<INotifications>().DeleteOfCustomerAsync(greta, CancellationToken.None);
                return 0;
            }
        );

        (await OnlyOneAsync()).GetProperty("recipient").GetString().ShouldBe("other@example.org");
    }

    private Message Invitation(string token) =>
        Message.CustomerInvitation(recipient, Unique.Id(), "Greta", token, TimeProvider.System.GetUtcNow().AddDays(7));

    private Task<JsonElement> OnlyOneAsync() => OnlyOneAsync(fixture.Host);

    private async Task<JsonElement> OnlyOneAsync(ModuleHost host) => (await host.ListAsync(organization)).ShouldHaveSingleItem();

    private static string StatusOf(JsonElement notification) => notification.GetProperty("status").GetString()!;

    private Task<string?> ValuesAsync() =>
        fixture.Host.InModuleAsync(
            organization,
            services =>
                services
                    .GetRequiredService<NotificationsDbContext>()
                    .Database.SqlQuery<string?>(
                        $"SELECT values::text AS \"Value\" FROM notifications.notifications WHERE organization_id = {organization}"
                    )
                    .SingleAsync()
        );
}
