using System.Net;
using System.Text;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Suppressions;
using Lending.Platform.Encryption;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Notifications.Tests.Bounces;

/// <summary>Mails that come back: what is believed, and what becomes of their addresses.</summary>
public sealed class BounceTests(NotificationsFixture fixture)
{
    private const string Path = "/mail-bounces";
    private const string Suppressions = "/mail-suppressions";

    private readonly Guid organization = Unique.Id();
    private readonly Guid customerId = Unique.Id();
    private readonly string recipient = Unique.Email();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient MailServer =>
        fixture.Host.ClientFor(Persons.Administrator(Unique.Id()) with { Permissions = [NotificationsPermission.BouncesReport] });

    private HttpClient Administrator => fixture.Host.ClientFor(Persons.Administrator(organization));

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task An_address_from_which_a_mail_came_back_for_good_gets_none_until_somebody_lifts_it()
    {
        var first = await SendAsync();
        (await OutcomeAsync(BounceSamples.Postfix(first, recipient))).ShouldBe("SUPPRESSED");
        (await FailureOfNewestAsync()).ShouldBe("bounced 5.1.1");

        // Also what cannot be switched off, and however the address is written.
        await AskAsync(Message.OfferCode(recipient.ToUpperInvariant(), customerId, "Greta", "012345", DateTimeOffset.MaxValue));
        await fixture.Host.AskForAsync(Unique.Id(), Document());
        await fixture.Host.SendDueAsync();
        (await FailureOfNewestAsync()).ShouldBe("address-bounced");
        fixture.Server.MailsTo(recipient.ToUpperInvariant()).ShouldBeEmpty();
        fixture.Server.MailsTo(recipient).Count().ShouldBe(2, "another organisation's mails are its own");

        var suppression = (await ListAsync(Installer, $"?customerId={customerId}&includeTotal=true")).ShouldHaveSingleItem();
        suppression.GetProperty("status").GetString().ShouldBe("5.1.1");
        suppression.GetProperty("notificationId").GetString().ShouldBe(first.Split('@')[0]);
        (await RowsAsync()).ShouldHaveSingleItem().ShouldNotContain(recipient);
        await Installer.ExpectAsync("DELETE", PathOf(suppression), null, HttpStatusCode.NoContent);
        await AskAsync(Document());
        await fixture.Host.SendDueAsync();
        fixture.Server.MailsTo(recipient).Count().ShouldBe(3);
        // It came back once, however often somebody says so.
        (await OutcomeAsync(BounceSamples.Postfix(first, recipient))).ShouldBe("IGNORED");
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_are_read_as_different_servers_write_them()
    {
        foreach (var write in (Func<string, string, string>[])[BounceSamples.WholeMail, BounceSamples.IdAlone, Unix])
        {
            (await OutcomeAsync(write(await SendAsync(), recipient))).ShouldBe("SUPPRESSED", write.Method.Name);
            var suppression = (await ListAsync(Administrator)).ShouldHaveSingleItem();
            await Administrator.ExpectAsync("DELETE", PathOf(suppression), null, HttpStatusCode.NoContent);
        }

        static string Unix(string messageId, string address) => BounceSamples.Postfix(messageId, address).ReplaceLineEndings("\r\n");
    }

    [Theory]
    [InlineData("failed", "4.4.7", "FAILED", "bounced 4.4.7")]
    [InlineData("delayed", "4.4.1", "IGNORED", null)]
    [InlineData("delayed", "5.1.1", "IGNORED", null)]
    [InlineData("relayed", "2.0.0", "IGNORED", null)]
    [InlineData("failed", "2.0.0", "IGNORED", null)]
    [InlineData("failed", "hello", "IGNORED", null)]
    public async Task What_did_not_fail_for_good_suppresses_nothing(string action, string status, string outcome, string? failure)
    {
        (await OutcomeAsync(BounceSamples.Postfix(await SendAsync(), recipient, status, action))).ShouldBe(outcome);

        (await FailureOfNewestAsync()).ShouldBe(failure);
        (await RowsAsync()).ShouldBeEmpty();
        await SendAsync();
    }

    [Fact]
    public async Task What_is_forged_or_about_none_of_our_mails_changes_nothing()
    {
        var sent = await SendAsync();
        await AskAsync(Document());
        var waiting = (await fixture.Host.ListAsync(organization, "?status=QUEUED")).Single().GetProperty("id").GetString();
        var sandbox = Unique.Id();
        fixture.Sign(sandbox, FakeSenders.Usual with { IsSandbox = true });
        await fixture.Host.AskForAsync(sandbox, Document());
        var kept = (await fixture.Host.ListAsync(sandbox)).Single().GetProperty("id").GetString();

        (await OutcomeAsync(BounceSamples.Postfix($"{Unique.Id()}@lending.example", recipient))).ShouldBe("IGNORED");
        (await OutcomeAsync(BounceSamples.Postfix("20261130.1@elsewhere.example", recipient))).ShouldBe("IGNORED");
        (await OutcomeAsync(BounceSamples.Postfix(sent, "somebody.else@example.org"))).ShouldBe("IGNORED");
        (await OutcomeAsync(BounceSamples.Postfix($"{waiting}@lending.example", recipient))).ShouldBe("IGNORED");
        (await OutcomeAsync(BounceSamples.Postfix($"{kept}@lending.example", recipient))).ShouldBe("IGNORED");
        (await OutcomeAsync(BounceSamples.Report("Reporting-MTA: dns; mx.example.net", ""))).ShouldBe("IGNORED");
        // A key that works in a sandbox reaches nothing outside of it.
        (await OutcomeAsync(BounceSamples.Postfix(sent, recipient), fixture.Host.SandboxClientFor(Unique.Id()))).ShouldBe("IGNORED");

        (await fixture.Host.ListAsync(organization))
            .Select(message => message.GetProperty("status").GetString())
            .ShouldBe(["QUEUED", "SENT"]);
        (await RowsAsync()).ShouldBeEmpty();
        await fixture.Host.SendDueAsync();
        fixture.Server.MailsTo(recipient).Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_no_report_is_refused()
    {
        var nested = new StringBuilder();
        for (var depth = 0; depth < 3000; depth++)
        {
            nested.Append("Content-Type: message/rfc822\n\n");
        }
        foreach (
            var content in (string[])
                [
                    "x",
                    "\u0001\u0002",
                    "Subject: I am away\nContent-Type: text/plain\n\nUntil Monday",
                    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x--\n",
                    "Content-Type: multipart/report; report-type=delivery-status\n\nno boundary",
                    "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: text/plain\n\nStatus: 5.1.1\n--x--\n",
                    nested.ToString(),
                ]
        )
        {
            (await MailServer.SendAsync("POST", Path, new { content })).ShouldBeProblem(HttpStatusCode.BadRequest, "not-a-bounce");
        }
        (await MailServer.SendAsync("POST", Path, "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        await MailServer.ShouldBeRefusedAsync("POST", Path);
    }

    [Fact]
    public async Task It_takes_the_permission_which_no_role_has()
    {
        var body = new { content = BounceSamples.Postfix(await SendAsync(), recipient) };

        foreach (var client in (HttpClient[])[Administrator, Installer, Customer()])
        {
            (await client.SendAsync("POST", Path, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await fixture.Host.Client.SendAsync("POST", Path, body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suppressions_are_their_organisations_and_those_of_staff_their_administrators()
    {
        await BounceAsync(Document());
        var staff = Message.PasswordChanged(Unique.Email(), "erika");
        await BounceAsync(staff);
        var all = await ListAsync(Administrator);
        all.Count.ShouldBe(2);
        var (ofStaff, ofCustomer) = (all[0], all[1]);

        (await ListAsync(Installer))
            .ShouldHaveSingleItem()
            .GetProperty("id")
            .GetString()
            .ShouldBe(ofCustomer.GetProperty("id").GetString());
        (await Installer.SendAsync("DELETE", PathOf(ofStaff))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        var underwriter = fixture.Host.ClientFor(Persons.Underwriter(organization));
        (await ListAsync(underwriter)).ShouldHaveSingleItem();
        (await underwriter.SendAsync("DELETE", PathOf(ofCustomer))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Customer().SendAsync("GET", Suppressions)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        var other = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));
        (await ListAsync(other)).ShouldBeEmpty();
        (await other.SendAsync("DELETE", PathOf(ofCustomer))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        await Administrator.ShouldRefuseForgedCursorsAsync(Suppressions);
        await Administrator.ExpectAsync("DELETE", PathOf(ofStaff), null, HttpStatusCode.NoContent);
        (await Administrator.SendAsync("DELETE", PathOf(ofStaff))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Of_two_mails_to_an_address_that_come_back_at_once_one_waits_and_is_handed_in_again()
    {
        var body = new { content = BounceSamples.Postfix(await SendAsync(), recipient) };
        Answer answer;
        await using (var connection = await fixture.Host.Database.OpenConnectionAsync(Ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            var hash = Suppression.HashOf(fixture.Host.Services.GetRequiredService<KeyRing>(), recipient);
            await using var insert = connection.CreateCommand();
            insert.CommandText =
                $"INSERT INTO notifications.suppressions VALUES (gen_random_uuid(), '{organization}', '\\x{Convert.ToHexString(hash)}', gen_random_uuid(), NULL, '5.1.1', now())";
            await insert.ExecuteNonQueryAsync(Ct);
            var handedIn = MailServer.SendAsync("POST", Path, body);
            await LockWaits.UntilAsync(fixture.Host, "notifications.suppressions", Ct);
            await transaction.CommitAsync(Ct);
            answer = await handedIn;
        }

        answer.ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
        (await OutcomeAsync(body.content)).ShouldBe("SUPPRESSED");
        (await RowsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task They_go_with_their_customer()
    {
        await BounceAsync(Document());
        await BounceAsync(Message.PasswordChanged(Unique.Email(), "erika"));

        await fixture.Host.InModuleAsync(
            organization,
            async services =>
            {
                await services.GetRequiredService<INotifications>().DeleteOfCustomerAsync(customerId, Ct);
                return 0;
            }
        );

        (await ListAsync(Administrator)).ShouldHaveSingleItem().GetProperty("customerId").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private Message Document() => Message.DocumentApproved(recipient, customerId, "Greta", "payslip.pdf");

    private HttpClient Customer() => fixture.Host.ClientFor(Persons.Customer(organization, customerId));

    private Task AskAsync(Message message) => fixture.Host.AskForAsync(organization, message);

    /// <summary>Sends a mail to the customer; its id.</summary>
    private Task<string> SendAsync() => SendAsync(Document());

    private async Task<string> SendAsync(Message message)
    {
        await AskAsync(message);
        await fixture.Host.SendDueAsync();
        (await fixture.Host.ListAsync(organization))[0].GetProperty("status").GetString().ShouldBe("SENT");
        return fixture.Server.MailsTo(message.Recipient).Last().MessageId!;
    }

    private async Task BounceAsync(Message message) =>
        (await OutcomeAsync(BounceSamples.Postfix(await SendAsync(message), message.Recipient))).ShouldBe("SUPPRESSED");

    private async Task<string?> OutcomeAsync(string content, HttpClient? client = null) =>
        (await (client ?? MailServer).PostAsync(Path, new { content }, HttpStatusCode.OK))["outcome"];

    private async Task<string?> FailureOfNewestAsync() =>
        (await fixture.Host.ListAsync(organization))[0].GetProperty("failure").GetString();

    private static async Task<List<JsonElement>> ListAsync(HttpClient client, string query = "") =>
        [.. (await client.GetAsync($"{Suppressions}{query}", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];

    private static string PathOf(JsonElement suppression) => $"{Suppressions}/{suppression.GetProperty("id").GetString()}";

    private Task<List<string>> RowsAsync() =>
        fixture.Host.InModuleAsync(
            organization,
            services =>
                services
                    .GetRequiredService<NotificationsDbContext>()
                    .Database.SqlQuery<string>(
                        $"SELECT s::text AS \"Value\" FROM notifications.suppressions s WHERE organization_id = {organization}"
                    )
                    .ToListAsync(Ct)
        );
}
