using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Testing;
using Lending.Webhooks.Deliveries;
using Lending.Webhooks.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Webhooks.Tests.Deliveries;

/// <summary>What reaches receivers, when, and what becomes of what does not.</summary>
public sealed class SendingTests(WebhooksFixture fixture) : IAsyncLifetime
{
    private readonly Guid organization = Unique.Id();

    private Receiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact]
    public async Task An_event_is_told_to_every_webhook_that_wants_it_once()
    {
        var host = fixture.Host;
        var first = await host.CreateWebhookAsync(organization, receiver.Url("first"));
        await host.CreateWebhookAsync(organization, receiver.Url("second"));
        await host.AdministratorOf(organization)
            .PostAsync("/webhooks", new { url = receiver.Url("third"), eventTypes = (string[])["offer.rejected"] }, HttpStatusCode.Created);
        var happened = WebhookCalls.NewAccepted(organization, host.Clock.GetUtcNow());

        // The outbox delivers at least once.
        var eventId = await host.AnnounceAsync(organization, happened);
        await host.AnnounceAsync(organization, happened, eventId);
        await host.SendDueAsync();
        await host.AnnounceAsync(organization, happened, eventId);
        await host.SendDueAsync();

        receiver.All.Select(received => received.Path).ShouldBe(["/first", "/second"], ignoreOrder: true);
        var received = receiver.At("first").Single();
        received.Id.ShouldBe(eventId.ToString());
        received.Headers["Content-Type"].ShouldBe("application/json");
        var body = JsonElement.Parse(received.Body);
        body.EnumerateObject().Select(member => member.Name).ShouldBe(["type", "timestamp", "data"]);
        body.Text("type").ShouldBe("offer.accepted");
        body.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(happened.At);
        body.GetProperty("data").EnumerateObject().Select(member => member.Name).ShouldBe(["offerId", "customerId", "userId"]);
        body.GetProperty("data").GetProperty("offerId").GetGuid().ShouldBe(happened.OfferId);
        body.GetProperty("data").GetProperty("customerId").GetGuid().ShouldBe(happened.CustomerId);
        body.GetProperty("data").GetProperty("userId").GetGuid().ShouldBe(happened.By);
        var delivery = (await host.DeliveriesAsync(organization, first.Id)).Single();
        delivery.Text("status").ShouldBe("DELIVERED");
        delivery.Text("attempts").ShouldBe("1");
        delivery.Text("lastStatusCode").ShouldBe("204");
        delivery.Text("eventId").ShouldBe(eventId.ToString());
    }

    [Fact]
    public async Task What_happened_before_a_webhook_was_made_is_not_told_to_it()
    {
        var before = fixture.Host.Clock.GetUtcNow();
        var id = (await fixture.Host.CreateWebhookAsync(organization, receiver.Url("late"))).Id;

        await fixture.Host.AnnounceAsync(organization, WebhookCalls.NewAccepted(organization, before));

        (await fixture.Host.DeliveriesAsync(organization, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delivery_is_sent_in_the_trace_of_the_request_that_caused_it()
    {
        var sendings = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Lending.Webhooks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = sendings.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await fixture.Host.CreateWebhookAsync(organization, receiver.Url("traced"));
        ActivityContext cause;
        using (var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start())
        {
            await fixture.Host.AnnounceAsync(organization);
            cause = request.Context;
        }

        await fixture.Host.SendDueAsync();

        receiver.At("traced").Count.ShouldBe(1);
        var sending = sendings.ShouldHaveSingleItem();
        sending.OperationName.ShouldBe("offer.accepted webhook");
        sending.TraceId.ShouldBe(cause.TraceId);
        sending.ParentSpanId.ShouldBe(cause.SpanId);
    }

    [Fact]
    public async Task Each_attempt_is_signed_as_Standard_Webhooks_say()
    {
        var secret = (await fixture.Host.CreateWebhookAsync(organization, receiver.Url("signed")))["secret"]!;
        await fixture.Host.AnnounceAsync(organization);
        await fixture.Host.SendDueAsync();

        var received = receiver.At("signed").Single();
        received.Headers["webhook-signature"].ShouldBe(SignatureOf(received, secret));
        var age =
            fixture.Host.Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Headers["webhook-timestamp"], null));
        age.ShouldBeInRange(TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void The_signature_is_that_of_the_published_example() =>
        Signature
            .Of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                DateTimeOffset.FromUnixTimeSeconds(1614265330),
                """{"test": 2432232314}""",
                ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public async Task For_a_day_after_a_change_both_secrets_sign()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var created = await host.CreateWebhookAsync(organization, receiver.Url("rotated"));
        var rotated = await host.AdministratorOf(organization).PostAsync($"/webhooks/{created.Id}/secret", null, HttpStatusCode.OK);
        rotated["secret"].ShouldNotBe(created["secret"]);

        await host.AnnounceAsync(organization);
        await host.SendDueAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.AnnounceAsync(organization);
        await host.SendDueAsync();

        var (first, second) = (receiver.At("rotated")[0], receiver.At("rotated")[1]);
        first.Headers["webhook-signature"].ShouldBe($"{SignatureOf(first, rotated["secret"]!)} {SignatureOf(first, created["secret"]!)}");
        second.Headers["webhook-signature"].ShouldBe(SignatureOf(second, rotated["secret"]!));
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_ten_times_in_three_days()
    {
        await using var host = await WebhooksFixture.StartAsync();
        host.Clock.Stop();
        receiver.Answer = _ => Task.FromResult(503);
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("down"));
        var eventId = await host.AnnounceAsync(organization);
        var began = host.Clock.GetUtcNow();
        await host.SendDueAsync();

        for (var attempts = 1; attempts < 10; attempts++)
        {
            var waiting = (await host.DeliveriesAsync(organization, webhook.Id)).Single();
            waiting.Text("status").ShouldBe("WAITING");
            waiting.Text("attempts").ShouldBe($"{attempts}");
            waiting.Text("lastFailure").ShouldBe("status");
            waiting.Text("lastStatusCode").ShouldBe("503");
            var pause = waiting.GetProperty("nextAttemptAt").GetDateTimeOffset() - host.Clock.GetUtcNow();
            host.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await host.SendDueAsync();
            receiver.At("down").Count.ShouldBe(attempts, "nothing is sent before its time");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await host.SendDueAsync();
        }

        (host.Clock.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromDays(2.9), TimeSpan.FromDays(3));
        receiver.At("down").Count.ShouldBe(10);
        receiver.At("down").ShouldAllBe(received => received.Id == eventId.ToString());
        receiver.At("down").Select(received => received.Headers["webhook-timestamp"]).Distinct().Count().ShouldBe(10);
        receiver.At("down").Select(received => received.Body).Distinct().Count().ShouldBe(1);
        (await host.DeliveriesAsync(organization, webhook.Id, "?status=FAILED")).Single().Text("attempts").ShouldBe("10");
        (await host.DeliveriesAsync(organization, webhook.Id, "?status=WAITING")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhook_that_takes_nothing_for_three_days_is_paused_until_somebody_resumes_it()
    {
        await using var host = await WebhooksFixture.StartAsync();
        receiver.Answer = _ => Task.FromResult(500);
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("failing"));
        var path = $"/webhooks/{webhook.Id}";
        await host.AnnounceAsync(organization);
        await host.SendDueAsync();
        var failing = await host.AdministratorOf(organization).GetAsync(path, HttpStatusCode.OK);
        failing["failingSince"].ShouldNotBeNullOrEmpty();
        failing["status"].ShouldBe("ACTIVE");
        var moved = await host.AdministratorOf(organization)
            .ExpectAsync("PATCH", path, new { url = receiver.Url("moved") }, HttpStatusCode.OK);
        moved["failingSince"].ShouldBeNullOrEmpty("the new address has not failed");
        await host.AdministratorOf(organization).ExpectAsync("PATCH", path, new { url = receiver.Url("failing") }, HttpStatusCode.OK);
        await host.AnnounceAsync(organization);
        await host.SendDueAsync();

        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.SendDueAsync();
        var paused = await host.AdministratorOf(organization).GetAsync(path, HttpStatusCode.OK);
        paused["status"].ShouldBe("PAUSED");
        paused["pausedBecause"].ShouldBe("FAILING");
        (await UpdatesByTheSystemAsync(host, webhook.Id)).ShouldBe(1);
        ShouldBeTold(host, webhook.Id, "FAILING");
        await host.AnnounceAsync(organization);
        var before = receiver.At("failing").Count;
        await host.SendDueAsync();
        receiver.At("failing").Count.ShouldBe(before, "to one that is paused nothing is sent");

        receiver.Answer = _ => Task.FromResult(200);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var resumed = await host.AdministratorOf(organization).ExpectAsync("PATCH", path, new { status = "ACTIVE" }, HttpStatusCode.OK);
        resumed["failingSince"].ShouldBeNullOrEmpty();
        await host.SendDueAsync();

        (await host.DeliveriesAsync(organization, webhook.Id))
            .Select(each => each.Text("status"))
            .ShouldBe(["DELIVERED", "DELIVERED", "DELIVERED"]);
    }

    [Fact]
    public async Task A_success_ends_the_failing()
    {
        await using var host = await WebhooksFixture.StartAsync();
        receiver.Answer = _ => Task.FromResult(500);
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("mended"));
        await host.AnnounceAsync(organization);
        await host.SendDueAsync();
        receiver.Answer = _ => Task.FromResult(200);

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.SendDueAsync();

        var mended = await host.AdministratorOf(organization).GetAsync($"/webhooks/{webhook.Id}", HttpStatusCode.OK);
        mended["failingSince"].ShouldBeNullOrEmpty();
        (await host.DeliveriesAsync(organization, webhook.Id)).Single().Text("attempts").ShouldBe("2");
    }

    [Fact]
    public async Task What_waits_for_a_paused_webhook_is_given_up_after_three_days()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("holiday"));
        var administrator = host.AdministratorOf(organization);
        await administrator.ExpectAsync("PATCH", $"/webhooks/{webhook.Id}", new { status = "PAUSED" }, HttpStatusCode.OK);
        await host.AnnounceAsync(organization);

        host.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromHours(1));
        await host.SendDueAsync();
        (await host.DeliveriesAsync(organization, webhook.Id)).Single().Text("status").ShouldBe("WAITING");
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.SendDueAsync();

        var given = (await host.DeliveriesAsync(organization, webhook.Id)).Single();
        given.Text("status").ShouldBe("FAILED");
        given.Text("lastFailure").ShouldBe("paused");
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_answers_410_is_paused_at_once()
    {
        receiver.Answer = _ => Task.FromResult(410);
        var webhook = await fixture.Host.CreateWebhookAsync(organization, receiver.Url("gone"));
        await fixture.Host.AnnounceAsync(organization);

        await fixture.Host.SendDueAsync();

        var paused = await fixture.Host.AdministratorOf(organization).GetAsync($"/webhooks/{webhook.Id}", HttpStatusCode.OK);
        paused["status"].ShouldBe("PAUSED");
        paused["pausedBecause"].ShouldBe("GONE");
        var delivery = (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single();
        delivery.Text("status").ShouldBe("FAILED");
        delivery.Text("attempts").ShouldBe("1");
        (await UpdatesByTheSystemAsync(fixture.Host, webhook.Id)).ShouldBe(1);
        ShouldBeTold(fixture.Host, webhook.Id, "GONE");
    }

    [Fact]
    public async Task Redirections_are_not_followed()
    {
        receiver.Answer = received => Task.FromResult(received.Path == "/elsewhere" ? 200 : 307);
        var webhook = await fixture.Host.CreateWebhookAsync(organization, receiver.Url("moved"));
        await fixture.Host.AnnounceAsync(organization);

        await fixture.Host.SendDueAsync();

        receiver.At("moved").Count.ShouldBe(1);
        receiver.At("elsewhere").ShouldBeEmpty();
        var delivery = (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single();
        delivery.Text("status").ShouldBe("WAITING");
        delivery.Text("lastStatusCode").ShouldBe("307");
    }

    [Fact]
    public async Task A_delivery_is_sent_again_on_request_with_the_same_id()
    {
        var webhook = await fixture.Host.CreateWebhookAsync(organization, receiver.Url("replayed"));
        await fixture.Host.AnnounceAsync(organization);
        await fixture.Host.SendDueAsync();
        var delivery = (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single();

        var replay = await fixture
            .Host.AdministratorOf(organization)
            .PostAsync($"/webhooks/{webhook.Id}/deliveries/{delivery.Text("id")}/replay", null, HttpStatusCode.Accepted);
        replay["status"].ShouldBe("WAITING");
        await fixture.Host.SendDueAsync();

        receiver.At("replayed").Select(received => received.Id).ShouldBe([delivery.Text("eventId"), delivery.Text("eventId")]);
        (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single().Text("status").ShouldBe("DELIVERED");
    }

    [Fact]
    public async Task What_waits_for_its_next_attempt_is_sent_at_once_on_request()
    {
        receiver.Answer = _ => Task.FromResult(500);
        var webhook = await fixture.Host.CreateWebhookAsync(organization, receiver.Url("hurried"));
        await fixture.Host.AnnounceAsync(organization);
        await fixture.Host.SendDueAsync();
        receiver.Answer = _ => Task.FromResult(200);
        var delivery = (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single();

        await fixture
            .Host.AdministratorOf(organization)
            .PostAsync($"/webhooks/{webhook.Id}/deliveries/{delivery.Text("id")}/replay", null, HttpStatusCode.Accepted);
        await fixture.Host.SendDueAsync();

        (await fixture.Host.DeliveriesAsync(organization, webhook.Id)).Single().Text("status").ShouldBe("DELIVERED");
    }

    [Fact]
    public async Task A_test_event_goes_to_the_webhook_that_is_tried_alone()
    {
        var tried = await fixture.Host.CreateWebhookAsync(organization, receiver.Url("tried"));
        await fixture.Host.CreateWebhookAsync(organization, receiver.Url("other"));

        var sent = await fixture.Host.AdministratorOf(organization).PostAsync($"/webhooks/{tried.Id}/test", null, HttpStatusCode.Accepted);
        await fixture.Host.SendDueAsync();

        var received = receiver.All.Single();
        received.Path.ShouldBe("/tried");
        received.Id.ShouldBe(sent["eventId"]);
        var body = JsonElement.Parse(received.Body);
        body.Text("type").ShouldBe("webhook.test");
        body.GetProperty("data").GetProperty("webhookId").GetGuid().ShouldBe(tried.Id);
        received.Headers["webhook-signature"].ShouldBe(SignatureOf(received, tried["secret"]!));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_tried_again()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var gone = await Receiver.StartAsync();
        var url = gone.Url("away");
        await gone.DisposeAsync();
        var webhook = await host.CreateWebhookAsync(organization, url);
        await host.AnnounceAsync(organization);

        await host.SendDueAsync();

        var delivery = (await host.DeliveriesAsync(organization, webhook.Id)).Single();
        delivery.Text("status").ShouldBe("WAITING");
        delivery.Text("lastFailure").ShouldBe("no-connection");
        delivery.GetProperty("lastStatusCode").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_a_sender_was_busy_with_when_it_vanished_is_sent_by_another()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("orphan"));
        await host.AnnounceAsync(organization);
        // Taken, and never heard of again.
        (await host.Services.GetRequiredService<DeliveryQueue>().TakeAsync(10, CancellationToken.None)).Count.ShouldBe(1);

        await host.SendDueAsync();
        receiver.All.ShouldBeEmpty();
        var delivery = (await host.DeliveriesAsync(organization, webhook.Id, "?status=SENDING")).Single();
        (
            await host.AdministratorOf(organization).SendAsync("POST", $"/webhooks/{webhook.Id}/deliveries/{delivery.Text("id")}/replay")
        ).ShouldBeProblem(HttpStatusCode.Conflict, "delivery-under-way");
        host.Clock.Advance(Delivery.LongestSending);
        await host.SendDueAsync();

        receiver.All.Count.ShouldBe(1);
        (await host.DeliveriesAsync(organization, webhook.Id)).Single().Text("attempts").ShouldBe("2");
    }

    [Fact]
    public async Task Finished_deliveries_are_kept_for_thirty_days()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var webhook = await host.CreateWebhookAsync(organization, receiver.Url("old"));
        await host.AnnounceAsync(organization);
        await host.SendDueAsync();

        host.Clock.Advance(Delivery.KeptFor - TimeSpan.FromMinutes(5));
        await host.SendDueAsync();
        (await host.DeliveriesAsync(organization, webhook.Id)).Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.SendDueAsync();

        (await host.DeliveriesAsync(organization, webhook.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_thousand_webhooks_one_hangs_and_the_others_get_all_that_happens_meanwhile()
    {
        const int organizations = 20;
        const int webhooks = organizations * Webhook.MaximumOfOrganization;
        // The background service itself, as in production.
        await using var host = await WebhooksFixture.StartAsync(null, ("Webhooks:PollSeconds", "1"));
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var hanging = new ConcurrentQueue<Received>();
        receiver.Answer = received =>
        {
            if (received.Path != "/0")
            {
                return Task.FromResult(200);
            }
            hanging.Enqueue(received);
            return release.Task;
        };
        var ids = Enumerable.Range(0, organizations).Select(_ => Unique.Id()).ToList();
        foreach (var (id, number) in ids.Select((id, number) => (id, number)))
        {
            await host.AddAsync(
                id,
                [
                    .. Enumerable
                        .Range(number * Webhook.MaximumOfOrganization, Webhook.MaximumOfOrganization)
                        .Select(path =>
                            Webhook.Create(receiver.Url($"{path}"), WebhookCalls.Accepted, host.Clock.GetUtcNow().AddMinutes(-1))
                        ),
                ]
            );
        }

        for (var wave = 1; wave <= 3; wave++)
        {
            foreach (var id in ids)
            {
                await host.AnnounceAsync(id);
            }
            await Wait.UntilAsync(() =>
                receiver.All.Where(received => received.Path != "/0").Select(received => (received.Path, received.Id)).Distinct().Count()
                == wave * (webhooks - 1)
            );
            hanging.ShouldNotBeEmpty("it has been called, and has answered nothing");
        }

        receiver
            .All.Where(received => received.Path != "/0")
            .GroupBy(received => received.Path)
            .ShouldAllBe(path => path.Select(received => received.Id).Distinct().Count() == 3);
        // All of it is done while not one event has come through to the one that hangs.
        await using var delivered = host.Database.CreateCommand(
            $"""
            SELECT count(*) FROM webhooks.deliveries AS delivery JOIN webhooks.webhooks AS webhook ON webhook.id = delivery.webhook_id
            WHERE webhook.url = '{receiver.Url("0")}' AND delivery.status = 'DELIVERED'
            """
        );
        (await delivered.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        release.SetResult(200);
    }

    [Fact]
    public async Task One_webhook_has_few_places_however_much_waits_for_it()
    {
        await using var host = await WebhooksFixture.StartAsync();
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = received => received.Path == "/slow" ? release.Task : Task.FromResult(200);
        await host.CreateWebhookAsync(organization, receiver.Url("slow"));
        for (var number = 0; number < 20; number++)
        {
            await host.AnnounceAsync(organization);
        }
        var other = Unique.Id();
        await host.CreateWebhookAsync(other, receiver.Url("quick"));
        await host.AnnounceAsync(other);

        var sending = host.SendDueAsync();
        await Wait.UntilAsync(() => receiver.At("slow").Count == 4 && receiver.At("quick").Count == 1);
        // Another instance sees that its places are taken.
        (await host.Services.GetRequiredService<DeliveryQueue>().TakeAsync(100, CancellationToken.None)).ShouldBeEmpty();
        release.SetResult(200);
        await sending;

        receiver.At("slow").Select(received => received.Id).Distinct().Count().ShouldBe(20);
        receiver.At("slow").Count.ShouldBe(20);
    }

    [Fact]
    public async Task Instances_share_the_work_and_send_each_event_once()
    {
        await using var first = await WebhooksFixture.StartAsync();
        var connection = first.Services.GetRequiredService<IConfiguration>().GetConnectionString("Lending");
        await using var second = await WebhooksFixture.StartAsync(null, ("ConnectionStrings:Lending", connection));
        foreach (var path in Enumerable.Range(0, 15))
        {
            await first.CreateWebhookAsync(organization, receiver.Url($"{path}"));
        }
        var events = new List<Guid>();
        for (var number = 0; number < 20; number++)
        {
            events.Add(await first.AnnounceAsync(organization));
        }

        await Task.WhenAll(first.SendDueAsync(), second.SendDueAsync(), first.SendDueAsync(), second.SendDueAsync());

        // The hosts look by themselves, too, and may have the last ones on their way.
        await Wait.UntilAsync(() => receiver.All.Count >= 300);
        receiver.All.Count.ShouldBe(300);
        receiver.All.Select(received => (received.Path, received.Id)).Distinct().Count().ShouldBe(300);
        receiver.All.Select(received => received.Id).Distinct().Order().ShouldBe(events.Select(id => id.ToString()).Order());
    }

    private static string SignatureOf(Received received, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)));
        var signed = $"{received.Headers["webhook-id"]}.{received.Headers["webhook-timestamp"]}.{received.Body}";
        return $"v1,{Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>The administrator has one mail, about this webhook.</summary>
    private void ShouldBeTold(ModuleHost host, Guid webhookId, string reason)
    {
        var mail = host.Messages.To(WebhooksFixture.MailOf(organization)).ShouldHaveSingleItem();
        (mail.Kind, mail.UserId).ShouldBe((MessageKind.WebhookPaused, WebhooksFixture.Administrator));
        mail.Values["webhookId"].ShouldBe(webhookId.ToString());
        mail.Values["host"].ShouldBe("127.0.0.1");
        mail.Values["reason"].ShouldBe(reason);
    }

    private static async Task<long> UpdatesByTheSystemAsync(ModuleHost host, Guid webhookId)
    {
        await using var count = host.Database.CreateCommand(
            $"SELECT count(*) FROM audit.entries WHERE entity_id = '{webhookId}' AND action = 'UPDATE' AND operation IS NULL"
        );
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
