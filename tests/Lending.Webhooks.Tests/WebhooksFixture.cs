using System.Net;
using System.Text.Json;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Lending.Webhooks.Data;
using Lending.Webhooks.Deliveries;
using Lending.Webhooks.Tests;
using Lending.Webhooks.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

[assembly: AssemblyFixture(typeof(WebhooksFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]
// Whoever sends what is due sends the events of all tests of the host, so one test runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Lending.Webhooks.Tests;

/// <summary>The Webhooks module alone, and somebody's system that receives, for all tests of this process.</summary>
public sealed class WebhooksFixture : IAsyncLifetime
{
    private Task<ModuleHost>? production;

    public ModuleHost Host { get; private set; } = null!;

    internal Receiver Receiver { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Receiver = await Receiver.StartAsync();
        Host = await StartAsync();
    }

    /// <summary>A host of its own, for a test that moves the clock or has other settings.</summary>
    internal static Task<ModuleHost> StartAsync(
        Action<IServiceCollection>? addServices = null,
        params (string Name, string? Value)[] settings
    ) =>
        ModuleHost.StartAsync(
            new WebhooksModule(),
            services =>
            {
                services.AddScoped<IStaffDirectory, Staff>();
                addServices?.Invoke(services);
            },
            settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal)
        );

    /// <summary>A host that is as strict with addresses as in Production.</summary>
    internal Task<ModuleHost> ProductionAsync() =>
        production ??= StartAsync(services => services.Replace(ServiceDescriptor.Singleton(new WebhookTargets(isDevelopment: false))));

    /// <summary>Where mails reach the administrator that each organisation has.</summary>
    internal static string MailOf(Guid organizationId) => $"{organizationId}@example.org";

    /// <summary>The administrator.</summary>
    internal static Guid Administrator { get; } = Unique.Id();

    private sealed class Staff(Caller caller) : IStaffDirectory
    {
        public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => Task.FromResult(true);

        public Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<StaffMember>>(
                role == Role.Admin ? [new(Administrator, "erika", MailOf(caller.OrganizationId))] : []
            );

        public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
            throw new NotSupportedException("Nothing in this module writes to one of them.");
    }

    public async ValueTask DisposeAsync()
    {
        if (production is not null)
        {
            await (await production).DisposeAsync();
        }
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

internal static class WebhookCalls
{
    public static readonly string[] Accepted = ["offer.accepted"];

    public static HttpClient AdministratorOf(this ModuleHost host, Guid organizationId) =>
        host.ClientFor(Persons.Administrator(organizationId));

    /// <summary>A webhook for accepted offers; the answer has its secret.</summary>
    public static Task<Answer> CreateWebhookAsync(this ModuleHost host, Guid organizationId, string url) =>
        host.AdministratorOf(organizationId).PostAsync("/webhooks", new { url, eventTypes = Accepted }, HttpStatusCode.Created);

    /// <summary>Rows written behind the API, as rows of this organisation.</summary>
    public static Task<int> AddAsync(this ModuleHost host, Guid organizationId, params object[] rows) =>
        host.InModuleAsync(
            organizationId,
            services =>
            {
                var db = services.GetRequiredService<WebhooksDbContext>();
                db.AddRange(rows);
                return db.SaveChangesAsync();
            }
        );

    /// <summary>Lets an offer be accepted, and tells the module of it as the outbox does.</summary>
    public static async Task<Guid> AnnounceAsync(
        this ModuleHost host,
        Guid organizationId,
        LoanOfferEvent? happened = null,
        Guid? eventId = null
    )
    {
        var id = eventId ?? Unique.Id();
        await host.InModuleAsync(
            organizationId,
            async services =>
            {
                await services
                    .GetRequiredService<Announcement>()
                    .HandleAsync(happened ?? NewAccepted(organizationId, host.Clock.GetUtcNow()), id, CancellationToken.None);
                return 0;
            }
        );
        return id;
    }

    public static LoanOfferAccepted NewAccepted(Guid organizationId, DateTimeOffset at) =>
        new()
        {
            OfferId = Unique.Id(),
            OrganizationId = organizationId,
            CustomerId = Unique.Id(),
            At = at,
            By = Unique.Id(),
        };

    /// <summary>Sends what is due, as the background service does; two calls at once are as two instances.</summary>
    public static Task SendDueAsync(this ModuleHost host) =>
        host.Services.GetRequiredService<WebhookSender>().SendDueAsync(CancellationToken.None);

    /// <summary>The deliveries of a webhook, newest first, as its administrators see them.</summary>
    public static async Task<List<JsonElement>> DeliveriesAsync(
        this ModuleHost host,
        Guid organizationId,
        Guid webhookId,
        string query = ""
    )
    {
        var page = await host.AdministratorOf(organizationId).GetAsync($"/webhooks/{webhookId}/deliveries{query}", HttpStatusCode.OK);
        return [.. page.Json.GetProperty("items").EnumerateArray()];
    }

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).ToString();
}
