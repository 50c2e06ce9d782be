using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using Lending.Testing;
using Lending.Webhooks.Webhooks;

namespace Lending.Webhooks.Tests.Deliveries;

/// <summary>In Production nothing is sent to what only we could reach, whatever got into the database and whatever names stand for.</summary>
public sealed class TargetTests(WebhooksFixture fixture)
{
    private readonly Guid organization = Unique.Id();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    // .NET itself knows that nobody is there.
    [InlineData("0.0.0.0", "no-connection")]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("[fc00::1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fe80::1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    public async Task No_connection_is_made_to_a_private_address(string host, string failure = "address-refused")
    {
        var production = await fixture.ProductionAsync();
        var port = FreePort.Find();
        using var v4 = new TcpListener(IPAddress.Loopback, port);
        v4.Start();
        using var v6 = new TcpListener(IPAddress.IPv6Loopback, port);
        if (Socket.OSSupportsIPv6)
        {
            v6.Start();
        }
        var webhook = Webhook.Create($"https://{host}:{port}/", WebhookCalls.Accepted, production.Clock.GetUtcNow().AddMinutes(-1));
        await production.AddAsync(organization, webhook);
        await production.AnnounceAsync(organization);

        await production.SendDueAsync();

        var delivery = (await production.DeliveriesAsync(organization, webhook.Id)).Single();
        delivery.Text("lastFailure").ShouldBe(failure);
        delivery.Text("status").ShouldBe("WAITING");
        v4.Pending().ShouldBeFalse();
        (Socket.OSSupportsIPv6 && v6.Pending()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_of_this_network_is_refused_though_it_is_no_address()
    {
        var name = Dns.GetHostName();
        (await Dns.GetHostAddressesAsync(name)).ShouldNotBeEmpty("the machine knows its own name");
        var production = await fixture.ProductionAsync();
        var webhook = Webhook.Create($"https://{name}/", WebhookCalls.Accepted, production.Clock.GetUtcNow().AddMinutes(-1));
        await production.AddAsync(organization, webhook);
        await production.AnnounceAsync(organization);

        await production.SendDueAsync();

        (await production.DeliveriesAsync(organization, webhook.Id)).Single().Text("lastFailure").ShouldBe("address-refused");
    }

    [Fact]
    public async Task Nothing_is_sent_without_TLS()
    {
        var production = await fixture.ProductionAsync();
        await using var receiver = await Receiver.StartAsync();
        var webhook = Webhook.Create(receiver.Url("clear"), WebhookCalls.Accepted, production.Clock.GetUtcNow().AddMinutes(-1));
        await production.AddAsync(organization, webhook);
        await production.AnnounceAsync(organization);

        await production.SendDueAsync();

        receiver.All.ShouldBeEmpty();
        (await production.DeliveriesAsync(organization, webhook.Id)).Single().Text("lastFailure").ShouldBe("address-refused");
    }

    // With this machine allowed, so that there is somebody to reach: otherwise it is what Production uses.
    [Fact]
    public async Task Between_check_and_connection_a_name_is_not_looked_up_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var url = new UriBuilder(receiver.Url("once")) { Host = "localhost" }.Uri;
        var policy = WebhookTargets.PublicOnly();
        policy.AllowPlainTextHttp = true;
        policy.AddAllowedAddresses(["127.0.0.0/8", "::1/128"]);
        using var client = new HttpClient(WebhookTargets.HandlerOf(policy));
        using var lookups = new Lookups();

        using var answer = await client.PostAsync(url, content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        receiver.At("once").Count.ShouldBe(1);
        lookups.Names.Count(name => name == "localhost").ShouldBe(1, "the address that was looked at is the one that is connected to");
    }

    [Fact]
    public async Task A_redirection_to_a_private_address_is_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = received => Task.FromResult(received.Path == "/elsewhere" ? 200 : 302);
        var policy = WebhookTargets.PublicOnly();
        policy.AllowPlainTextHttp = true;
        policy.AddAllowedAddresses(["127.0.0.0/8"]);
        using var client = new HttpClient(WebhookTargets.HandlerOf(policy));

        using var answer = await client.PostAsync(receiver.Url("here"), content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        receiver.All.Select(received => received.Path).ShouldBe(["/here"]);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_asked_as_it_would_look_names_up_itself()
    {
        await using var proxy = await Receiver.StartAsync();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Url(""));
        try
        {
            using var client = new HttpClient(new WebhookTargets(isDevelopment: false).CreateHandler());
            await Should.ThrowAsync<Exception>(() => client.GetAsync(new Uri("https://localhost/")));
            using var development = new HttpClient(new WebhookTargets(isDevelopment: true).CreateHandler());
            await using var receiver = await Receiver.StartAsync();
            using var answer = await development.PostAsync(receiver.Url("direct"), content: null);
            receiver.At("direct").Count.ShouldBe(1);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
        proxy.All.ShouldBeEmpty();
    }

    /// <summary>Hears of every name that is looked up in this process.</summary>
    private sealed class Lookups : EventListener
    {
        public ConcurrentQueue<string> Names { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.NameResolution")
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName == "ResolutionStart")
            {
                Names.Enqueue((string)eventData.Payload![0]!);
            }
        }
    }
}
