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

    /// <summary>The administrator of the platform, in the default organisation.</summary>
    PlatformAdministrator,

    /// <summary>An underwriter of the target's organisation.</summary>
    OwnUnderwriter,
}

/// <summary>What a request of the matrix is about. Each request has its own, so that one may delete it.</summary>
internal sealed record Target(Guid CustomerId, Guid OfferId, Guid ProductId, Guid UserId, Guid OrganizationId, string InvitationToken);

/// <summary>One client for each persona.</summary>
internal sealed class Cast
{
    private readonly Dictionary<Persona, HttpClient> clients = [];
    private Guid organizationId;
    private Guid ownCustomerId;

    public HttpClient ClientOf(Persona persona) => clients[persona];

    public static async Task<Cast> AssembleAsync(HostFixture host)
    {
        var cast = new Cast();
        var world = new World(host);
        cast.organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(cast.organizationId);
        cast.ownCustomerId = await World.CreateCustomerAsync(installer);
        cast.clients[Persona.Anonymous] = host.NewClient();
        cast.clients[Persona.OwnCustomer] = await world.ActivateCustomerAsync(installer, cast.ownCustomerId);
        cast.clients[Persona.OtherCustomer] = await world.ActivateCustomerAsync(installer, await World.CreateCustomerAsync(installer));
        cast.clients[Persona.OwnInstaller] = installer;
        cast.clients[Persona.OtherInstaller] = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        cast.clients[Persona.OrganizationAdministrator] = await world.CreateAdministratorAsync(cast.organizationId);
        // Not the one that all tests share, because some rows end the caller's sessions.
        cast.clients[Persona.PlatformAdministrator] = await world.CreateAdministratorAsync(World.DefaultOrganizationId);
        cast.clients[Persona.OwnUnderwriter] = await world.CreateUnderwriterAsync(cast.organizationId);
        return cast;
    }

    public async Task<Target> NewTargetAsync(Persona persona)
    {
        var installer = clients[Persona.OwnInstaller];
        var invited = await World.CreateCustomerAsync(installer);
        var invitation = await installer.PostAsync($"/customers/{invited}/invitation", null, HttpStatusCode.Created);
        // A customer who is the target stays the same: their account is theirs alone.
        var customerId = persona == Persona.OwnCustomer ? ownCustomerId : await World.CreateCustomerAsync(installer);
        var offerId = await World.CreateOfferAsync(installer, customerId);
        var product = await clients[Persona.OrganizationAdministrator]
            .PostAsync("/loan-products", World.NewProduct(), HttpStatusCode.Created);
        var users = await clients[Persona.OrganizationAdministrator].GetAsync($"/users?customerId={invited}", HttpStatusCode.OK);
        var userId = users.Json.GetProperty("items")[0].GetProperty("id").GetGuid();
        return new Target(customerId, offerId, product.Id, userId, organizationId, invitation["token"]!);
    }
}
