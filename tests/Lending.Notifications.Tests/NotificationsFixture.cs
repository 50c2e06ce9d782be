using System.Net;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Notifications.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(NotificationsFixture))]
// Whoever sends what is due sends the messages of all tests of the host, so one test runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Lending.Notifications.Tests;

/// <summary>The Notifications module alone and a mail server, for all tests of this process.</summary>
public sealed class NotificationsFixture : IAsyncLifetime
{
    private MailServer server = null!;

    internal MailServer Server => server;

    public ModuleHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = MailServer.Start();
        Host = await ModuleHost.StartAsync(new NotificationsModule(), settings: server.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>In whose name messages of this organisation are sent.</summary>
    internal static MessageSender Office(Guid organizationId, string language = "en") =>
        new(organizationId, "Sonne & Dach GmbH", language, "Europe/Berlin");
}

internal static class NotificationCalls
{
    /// <summary>Asks for a message, as another module does it.</summary>
    public static Task AskForAsync(this ModuleHost host, Message message) =>
        host.InModuleAsync(
            message.From.OrganizationId,
            async services =>
            {
                await services.GetRequiredService<INotifications>().SendAsync(message, CancellationToken.None);
                return 0;
            }
        );

    /// <summary>Sends what is due, as the background service does; two calls at once are as two instances.</summary>
    public static Task SendDueAsync(this ModuleHost host) =>
        host.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None);

    /// <summary>The messages of the organisation, newest first, as its staff see them.</summary>
    public static async Task<List<JsonElement>> ListAsync(this ModuleHost host, Guid organizationId, string query = "")
    {
        var page = await host.ClientFor(Persons.Installer(organizationId)).GetAsync($"/notifications{query}", HttpStatusCode.OK);
        return [.. page.Json.GetProperty("items").EnumerateArray()];
    }
}
