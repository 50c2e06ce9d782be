using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Notifications.Tests;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(NotificationsFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]
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
        Host = await StartAsync(server.Settings);
    }

    /// <summary>A host of its own, for a test that moves the clock.</summary>
    internal static Task<ModuleHost> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        Action<IServiceCollection>? addServices = null
    ) =>
        ModuleHost.StartAsync(
            new NotificationsModule(),
            services =>
            {
                services.AddSingleton<FakeSenders>().AddSingleton<IMessageSenders>(provider => provider.GetRequiredService<FakeSenders>());
                services.AddSingleton<FakeRecipients>();
                services.AddSingleton<IMessageRecipients>(provider => provider.GetRequiredService<FakeRecipients>());
                services.AddSingleton<FakeAdministrators>().AddScoped<IMessageStaff, FakeStaff>();
                addServices?.Invoke(services);
            },
            settings
        );

    /// <summary>Lets this organisation sign so.</summary>
    internal void Sign(Guid organizationId, MessageSender sender) =>
        Host.Services.GetRequiredService<FakeSenders>().Put(organizationId, sender);

    /// <summary>Lets this customer have chosen a language.</summary>
    internal void Speak(Guid customerId, string language) =>
        Host.Services.GetRequiredService<FakeRecipients>().Languages[customerId] = language;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await server.DisposeAsync();
    }
}

/// <summary>Stands for the Identity module: how organisations sign.</summary>
internal sealed class FakeSenders : IMessageSenders
{
    /// <summary>How every organisation signs that a test says nothing else of.</summary>
    public static readonly MessageSender Usual = new("Sonne & Dach GmbH", "en", "Europe/Berlin");

    private readonly ConcurrentDictionary<Guid, MessageSender> senders = new();

    public void Put(Guid organizationId, MessageSender sender) => senders[organizationId] = sender;

    public Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct) =>
        Task.FromResult(senders.GetValueOrDefault(organizationId, Usual));
}

/// <summary>Stands for the Customers module: which language customers chose.</summary>
internal sealed class FakeRecipients : IMessageRecipients
{
    public ConcurrentDictionary<Guid, string> Languages { get; } = new();

    public Task<string?> FindLanguageAsync(Guid customerId, CancellationToken ct) =>
        Task.FromResult(Languages.GetValueOrDefault(customerId));
}

/// <summary>Who administers which organisation; nobody where no test says so.</summary>
internal sealed class FakeAdministrators
{
    public ConcurrentDictionary<Guid, MessageAdministrator[]> Known { get; } = new();
}

/// <summary>Stands for the Identity module: who administers the caller's organisation.</summary>
internal sealed class FakeStaff(FakeAdministrators administrators, Caller caller) : IMessageStaff
{
    public Task<IReadOnlyList<MessageAdministrator>> ListAdministratorsAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<MessageAdministrator>>(administrators.Known.GetValueOrDefault(caller.OrganizationId, []));
}

internal static class NotificationCalls
{
    /// <summary>Lets these administer the organisation.</summary>
    public static void Administer(this ModuleHost host, Guid organizationId, params MessageAdministrator[] administrators) =>
        host.Services.GetRequiredService<FakeAdministrators>().Known[organizationId] = administrators;

    /// <summary>Asks for a message, as another module does it.</summary>
    public static Task AskForAsync(this ModuleHost host, Guid organizationId, Message message) =>
        host.InModuleAsync(
            organizationId,
            async services =>
            {
                await services.GetRequiredService<INotifications>().SendAsync(message, CancellationToken.None);
                return 0;
            }
        );

    /// <summary>Sends what is due, as the background service does; two calls at once are as two instances.</summary>
    public static Task SendDueAsync(this ModuleHost host) =>
        host.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None);

    /// <summary>The messages of the organisation, newest first, as its administrators see them.</summary>
    public static async Task<List<JsonElement>> ListAsync(this ModuleHost host, Guid organizationId, string query = "")
    {
        var page = await host.ClientFor(Persons.Administrator(organizationId)).GetAsync($"/notifications{query}", HttpStatusCode.OK);
        return [.. page.Json.GetProperty("items").EnumerateArray()];
    }
}
