using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>The sorts of callers that the matrix tells apart, as seen from the target: a customer, an offer and a product of one organisation.</summary>
internal enum Persona
{
    Anonymous,

    /// <summary>The customer that the target is.</summary>
    OwnCustomer,

    /// <summary>Another customer of the same organisation.</summary>
    OtherCustomer,

    /// <summary>An installer of the target's organisation.</summary>
    OwnInstaller,

    /// <summary>An installer of another organisation.</summary>
    OtherInstaller,

    /// <summary>An administrator of the target's organisation.</summary>
    OrganizationAdministrator,

    /// <summary>An underwriter of the target's organisation.</summary>
    OwnUnderwriter,

    /// <summary>The administrator of the platform, in the default organisation.</summary>
    PlatformAdministrator,

    /// <summary>An API key of the target's organisation, with every scope that a live key may have.</summary>
    OwnKey,

    /// <summary>The same of another organisation.</summary>
    OtherKey,

    /// <summary>An API key of the target's organisation that has a scope, but not the one that the endpoint needs.</summary>
    KeyWithoutScope,

    /// <summary>A customer whose organisation is suspended.</summary>
    SuspendedCustomer,

    /// <summary>An installer whose organisation is suspended.</summary>
    SuspendedInstaller,

    /// <summary>An underwriter whose organisation is suspended.</summary>
    SuspendedUnderwriter,

    /// <summary>An administrator whose organisation is suspended.</summary>
    SuspendedAdministrator,

    /// <summary>An API key, with every scope that it may have, whose organisation is suspended.</summary>
    SuspendedKey,
}

/// <summary>What a request of the matrix is about. Each request has its own, so that one may delete it; ids that its route does not need are empty.</summary>
internal sealed record Target
{
    public Guid CustomerId { get; init; }
    public Guid OfferId { get; init; }
    public Guid ProductId { get; init; }
    public Guid UserId { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid ApiKeyId { get; init; }
    public Guid PermissionGroupId { get; init; }
    public Guid TermsId { get; init; }
    public Guid WebhookId { get; init; }
    public Guid DocumentId { get; init; }
    public Guid DocumentRequestId { get; init; }
    public string InvitationToken { get; init; } = "";
}

/// <summary>One client for each persona.</summary>
internal sealed class Cast
{
    private static readonly string[] OneScope = ["customers:read"];
    private static readonly string[] AnotherScope = ["products:read"];

    private readonly Dictionary<Persona, HttpClient> clients = [];
    private HttpClient otherKeyWithoutScope = null!;
    private readonly Lazy<Task<Guid>> webhookId;
    private Guid organizationId;
    private Guid ownCustomerId;

    private Cast() => webhookId = new Lazy<Task<Guid>>(NewWebhookAsync);

    /// <summary>Who sends the requests of a row as this persona.</summary>
    public HttpClient ClientOf(Persona persona, MatrixRow? row = null) =>
        persona == Persona.KeyWithoutScope && row?.Needs == OneScope.Single() ? otherKeyWithoutScope : clients[persona];

    /// <summary>The access token of a persona; null for keys and nobody.</summary>
    public string? TokenOf(Persona persona) => clients[persona].DefaultRequestHeaders.Authorization?.Parameter;

    public static async Task<Cast> AssembleAsync(HostFixture host)
    {
        var cast = new Cast();
        var world = new World(host);
        cast.organizationId = await world.CreateOrganizationAsync();
        var otherOrganizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(cast.organizationId);
        var administrator = await world.CreateAdministratorAsync(cast.organizationId);
        cast.ownCustomerId = await World.CreateCustomerAsync(installer);
        cast.clients[Persona.Anonymous] = host.NewClient();
        cast.clients[Persona.OwnCustomer] = await world.ActivateCustomerAsync(installer, cast.ownCustomerId);
        cast.clients[Persona.OtherCustomer] = await world.ActivateCustomerAsync(installer, await World.CreateCustomerAsync(installer));
        cast.clients[Persona.OwnInstaller] = installer;
        cast.clients[Persona.OtherInstaller] = await world.CreateInstallerAsync(otherOrganizationId);
        cast.clients[Persona.OrganizationAdministrator] = administrator;
        // Not the one that all tests share, because some rows end the caller's sessions.
        cast.clients[Persona.PlatformAdministrator] = await world.CreateAdministratorAsync(World.DefaultOrganizationId);
        cast.clients[Persona.OwnUnderwriter] = await world.CreateUnderwriterAsync(cast.organizationId);
        var scopes = AuthorizationMatrix.Permissions.Where(entry => entry.Value.HasFlag(People.Keys)).Select(entry => entry.Key).ToArray();
        cast.clients[Persona.OwnKey] = await world.CreateKeyAsync(administrator, scopes);
        cast.clients[Persona.OtherKey] = await world.CreateKeyAsync(await world.CreateAdministratorAsync(otherOrganizationId), scopes);
        cast.clients[Persona.KeyWithoutScope] = await world.CreateKeyAsync(administrator, OneScope);
        cast.otherKeyWithoutScope = await world.CreateKeyAsync(administrator, AnotherScope);
        await cast.AddSuspendedAsync(host, world, scopes);
        return cast;
    }

    /// <summary>What a request to this route needs, and nothing else: a few dozen rows times a dozen callers are many requests.</summary>
    public async Task<Target> NewTargetAsync(Persona persona, MatrixRow row)
    {
        var installer = clients[Persona.OwnInstaller];
        var administrator = clients[Persona.OrganizationAdministrator];
        var target = new Target { OrganizationId = organizationId };
        switch (row.Resource)
        {
            case "customers" or "loan-offers":
                var customerId = await CustomerOfAsync(persona);
                return target with { CustomerId = customerId, OfferId = await World.CreateOfferAsync(installer, customerId) };
            case "applications" when row.Route == "/applications":
                return target with { CustomerId = await CustomerOfAsync(persona) };
            // There are none until somebody sets them, and rows come in any order.
            case "disclosure-settings" when row.Method == "GET":
                foreach (var one in (Persona[])[Persona.OrganizationAdministrator, Persona.PlatformAdministrator])
                {
                    await clients[one].ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings(), HttpStatusCode.OK);
                }
                return target;
            case "documents" when row.Route.Contains("{id}", StringComparison.Ordinal):
                return target with { DocumentId = (await World.UploadDocumentAsync(installer, await CustomerOfAsync(persona))).Id };
            case "document-requests" when row.Route.Contains("{id}", StringComparison.Ordinal):
                var request = new { customerId = await CustomerOfAsync(persona), kind = "PAYSLIP" };
                return target with
                {
                    DocumentRequestId = (await installer.PostAsync("/document-requests", request, HttpStatusCode.Created)).Id,
                };
            case "loan-products":
                var product = await administrator.PostAsync("/loan-products", World.NewProduct(), HttpStatusCode.Created);
                return target with { ProductId = product.Id };
            case "api-keys":
                var key = await administrator.PostAsync("/api-keys", AuthorizationMatrix.NewApiKey(), HttpStatusCode.Created);
                return target with { ApiKeyId = key.Id };
            case "permission-groups":
                var group = await administrator.PostAsync(
                    "/permission-groups",
                    AuthorizationMatrix.NewPermissionGroup(),
                    HttpStatusCode.Created
                );
                return target with { PermissionGroupId = group.Id };
            case "terms":
                var terms = await administrator.PostAsync("/terms", AuthorizationMatrix.NewTerms(), HttpStatusCode.Created);
                return target with { TermsId = terms.Id };
            // An organisation has a limited number of them, so those that are not deleted are about the same one.
            case "webhooks" when row.Method == "DELETE":
                return target with { WebhookId = await NewWebhookAsync() };
            case "webhooks" when row.Route.Contains("{id}", StringComparison.Ordinal):
                return target with { WebhookId = await webhookId.Value };
            case "auth":
            case "users" when row.Route.Contains("{id}", StringComparison.Ordinal):
                var invited = await World.CreateCustomerAsync(installer);
                var invitation = await installer.PostAsync($"/customers/{invited}/invitation", null, HttpStatusCode.Accepted);
                var users = await administrator.GetAsync($"/users?customerId={invited}", HttpStatusCode.OK);
                return target with
                {
                    UserId = users.Json.GetProperty("items")[0].GetProperty("id").GetGuid(),
                    InvitationToken = invitation["token"]!,
                };
            default:
                return target;
        }
    }

    // A customer who is the target stays the same: their account is theirs alone.
    private async Task<Guid> CustomerOfAsync(Persona persona) =>
        persona == Persona.OwnCustomer ? ownCustomerId : await World.CreateCustomerAsync(clients[Persona.OwnInstaller]);

    private async Task<Guid> NewWebhookAsync() =>
        (
            await clients[Persona.OrganizationAdministrator]
                .PostAsync("/webhooks", AuthorizationMatrix.NewWebhook(), HttpStatusCode.Created)
        ).Id;

    // Every instance has to know it within 30 seconds.
    private async Task AddSuspendedAsync(HostFixture host, World world, string[] scopes)
    {
        var suspended = await world.CreateOrganizationAsync();
        var administrator = await world.CreateAdministratorAsync(suspended);
        var installer = await world.CreateInstallerAsync(suspended);
        clients[Persona.SuspendedCustomer] = await world.ActivateCustomerAsync(installer, await World.CreateCustomerAsync(installer));
        clients[Persona.SuspendedInstaller] = installer;
        clients[Persona.SuspendedUnderwriter] = await world.CreateUnderwriterAsync(suspended);
        clients[Persona.SuspendedAdministrator] = administrator;
        clients[Persona.SuspendedKey] = await world.CreateKeyAsync(administrator, scopes);
        await host.Administrator.PostAsync($"/organizations/{suspended}/suspension", null, HttpStatusCode.NoContent);
        var begin = TimeProvider.System.GetTimestamp();
        while ((await administrator.SendAsync("GET", "/users/me")).Status != HttpStatusCode.Forbidden)
        {
            TimeProvider.System.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(200);
        }
    }
}

/// <summary>The cast that all rows share which do it no harm: logging a dozen people in takes longer than all their requests.</summary>
public sealed class SharedCast(HostFixture host)
{
    private readonly Lazy<Task<Cast>> cast = new(() => Cast.AssembleAsync(host));

    internal Task<Cast> GetAsync() => cast.Value;
}
