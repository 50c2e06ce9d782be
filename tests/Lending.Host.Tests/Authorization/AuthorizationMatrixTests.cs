using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>Every endpoint against every sort of caller. The endpoints are read from the host: one without a row fails.</summary>
public sealed class AuthorizationMatrixTests(HostFixture host, SharedCast shared) : IClassFixture<SharedCast>
{
    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var endpoints = host.Endpoints().Select(endpoint => endpoint.ToString()).Order().ToList();

        endpoints.ShouldNotBeEmpty();
        AuthorizationMatrix.Rows.Select(row => row.Endpoint).Order().ShouldBe(endpoints);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Names_the_permission_that_its_row_names(string endpoint)
    {
        var row = AuthorizationMatrix.Rows.Single(candidate => candidate.Endpoint == endpoint);
        var definition = host.Endpoints().Single(candidate => candidate.ToString() == endpoint).Definition;

        var needed = row.IsAskedBySlice ? null : row.Needs;
        (definition.AllowedPermissions ?? []).ShouldBe(needed is null ? [] : [needed]);
        (definition.AnonymousVerbs is not null).ShouldBe(needed is null);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Answers_each_caller_as_the_matrix_says(string endpoint)
    {
        var row = AuthorizationMatrix.Rows.Single(candidate => candidate.Endpoint == endpoint);
        var cast = row.HarmsPersona ? await Cast.AssembleAsync(host) : await shared.GetAsync();
        var (expected, actual) = (new Dictionary<Persona, int>(), new Dictionary<Persona, int>());
        foreach (var persona in Enum.GetValues<Persona>())
        {
            var target = await cast.NewTargetAsync(persona, row);
            var answer = await cast.ClientOf(persona, row).SendAsync(row.Method, row.PathFor(target), row.Body(target));
            expected[persona] = row.StatusFor(persona);
            actual[persona] = (int)answer.Status;
            if (answer.Status >= HttpStatusCode.BadRequest)
            {
                answer.ContentType.ShouldBe("application/problem+json", $"{endpoint} as {persona}");
            }
        }
        actual.ShouldBe(expected);
    }

    public static TheoryData<string> Endpoints => [.. AuthorizationMatrix.Rows.Select(row => row.Endpoint)];
}
