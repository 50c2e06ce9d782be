using Lending.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Host.Tests.Authorization;

/// <summary>What each role may do, all modules together. Who changes one of these lists changes what people may do.</summary>
public sealed class RolePermissionsTests(HostFixture host)
{
    [Fact]
    public async Task Each_role_has_these_permissions_and_no_others()
    {
        var cast = await Cast.AssembleAsync(host);
        foreach (var (persona, permissions) in Expected)
        {
            var token = new JsonWebToken(cast.ClientOf(persona).DefaultRequestHeaders.Authorization!.Parameter);
            var actual = token
                .Claims.Where(claim => claim.Type == "permissions")
                .Select(claim => claim.Value)
                .Order(StringComparer.Ordinal);
            string.Join(' ', actual).ShouldBe(permissions, persona.ToString());
        }
    }

    private static readonly Dictionary<Persona, string> Expected = new()
    {
        [Persona.OwnCustomer] = "account:own customers:read offers:accept offers:comment offers:read",
        [Persona.OwnUnderwriter] =
            "account:own customers:read offers:comment offers:decide offers:read offers:underwrite organization:all products:read",
        [Persona.OwnInstaller] =
            "account:own customers:read customers:write installers:create offers:comment offers:decide offers:read offers:write "
            + "organization:all products:read",
        [Persona.OrganizationAdministrator] =
            "account:own customers:read customers:write installers:create offers:comment offers:decide offers:read offers:write "
            + "organization:all products:read products:write users:manage",
        [Persona.PlatformAdministrator] =
            "account:own customers:read customers:write installers:create offers:comment offers:decide offers:read offers:write "
            + "organization:all organizations:manage products:read products:write users:manage",
    };
}
