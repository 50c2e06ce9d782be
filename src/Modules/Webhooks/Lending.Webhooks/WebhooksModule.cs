using Lending.Kernel;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Lending.Webhooks.Deliveries;
using Lending.Webhooks.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSwag.Generation.Processors;

namespace Lending.Webhooks;

/// <summary>Events for systems outside: where organisations want them sent, and what became of them.</summary>
public sealed class WebhooksModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<WebhooksDbContext>(WebhooksDbContext.Schema);
        // A live key may not say where events go; a sandbox, where only keys work, has no other way to its own webhooks.
        services.AddSingleton(new PermissionGrant(WebhooksPermission.WebhooksManage, Role.Admin) { Keys = KeyGrant.Sandbox });
        foreach (var type in EventCatalogue.All)
        {
            services.AddEventHandler<Announcement>(type.Contract!);
        }
        services.AddSingleton<IDocumentProcessor, EventDocument>();
        services.AddWebhookSender(environment.IsDevelopment());
    }
}
