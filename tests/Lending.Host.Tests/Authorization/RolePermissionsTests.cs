using Lending.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Host.Tests.Authorization;

/// <summary>What each role may do, all modules together. Who changes the matrix's list changes what people may do.</summary>
public sealed class RolePermissionsTests(HostFixture host)
{
    [Fact]
    public async Task Each_role_has_the_permissions_of_the_matrix_and_no_others()
    {
        var cast = await Cast.AssembleAsync(host);
        var loggedIn = Enum.GetValues<Persona>()
            .Where(persona => persona is not Persona.Anonymous and < Persona.SuspendedCustomer && cast.TokenOf(persona) is not null)
            .ToList();
        loggedIn.Select(MatrixRow.SortOf).Distinct().Count().ShouldBe(5);
        foreach (var persona in loggedIn)
        {
            var token = new JsonWebToken(cast.TokenOf(persona));
            token
                .Claims.Where(claim => claim.Type == "permissions")
                .Select(claim => claim.Value)
                .ShouldBe(
                    AuthorizationMatrix
                        .Permissions.Where(permission => permission.Value.HasFlag(MatrixRow.SortOf(persona)))
                        .Select(permission => permission.Key),
                    ignoreOrder: true,
                    persona.ToString()
                );
        }
    }

    [Fact]
    public void Keys_may_have_the_permissions_of_the_matrix_and_no_others()
    {
        var grants = host.App.Services.GetServices<PermissionGrant>().ToList();

        grants.Select(grant => grant.Permission).ShouldBe(AuthorizationMatrix.Permissions.Keys, ignoreOrder: true);
        grants
            .Where(grant => grant.Keys == KeyGrant.All)
            .Select(grant => grant.Permission)
            .ShouldBe(
                AuthorizationMatrix
                    .Permissions.Where(entry => entry.Value.HasFlag(People.Keys) || entry.Value.HasFlag(People.PlatformKeys))
                    .Select(entry => entry.Key),
                ignoreOrder: true
            );
        grants
            .Where(grant => grant.Keys == KeyGrant.Sandbox)
            .Select(grant => grant.Permission)
            .ShouldBe(
                [
                    "offers:decide",
                    "offers:disburse",
                    "sandbox:manage",
                    "sandbox:messages",
                    "servicing:payout",
                    "servicing:post",
                    "servicing:read",
                    "webhooks:manage",
                ],
                ignoreOrder: true
            );
    }
}
