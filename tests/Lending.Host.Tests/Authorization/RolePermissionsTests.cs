using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Host.Tests.Authorization;

/// <summary>What each role may do, all modules together. Who changes the matrix's list changes what people may do.</summary>
public sealed class RolePermissionsTests(HostFixture host)
{
    [Fact]
    public async Task Each_role_has_the_permissions_of_the_matrix_and_no_others()
    {
        var cast = await Cast.AssembleAsync(host);
        var loggedIn = Enum.GetValues<Persona>().Where(persona => persona != Persona.Anonymous).ToList();
        loggedIn.Select(MatrixRow.SortOf).Distinct().Count().ShouldBe(5);
        foreach (var persona in loggedIn)
        {
            var token = new JsonWebToken(cast.ClientOf(persona).DefaultRequestHeaders.Authorization!.Parameter);
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
}
