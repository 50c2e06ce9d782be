using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Authorization;

/// <summary>What a request says of its organisation, beside its credential, has to be the same.</summary>
public sealed class OrganizationAgreementTests : IAsyncLifetime
{
    private const string Domain = "lending.example.org";

    private readonly HostFixture host = new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Organizations:BaseDomain"] = Domain },
    };

    private World world = null!;
    private HttpClient installer = null!;
    private Guid own;
    private Guid other;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        world = new World(host);
        own = await world.CreateOrganizationAsync();
        other = await world.CreateOrganizationAsync();
        installer = await world.CreateInstallerAsync(own);
    }

    public async ValueTask DisposeAsync()
    {
        installer.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_header_that_names_another_organisation_is_refused_and_changes_nothing()
    {
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", header: own.ToString());
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", header: own.ToString("N").ToUpperInvariant());
        foreach (var wrong in (string[])[other.ToString(), Guid.Empty.ToString(), "solar", "", $"{own},{other}"])
        {
            await ShouldAnswerAsync(HttpStatusCode.Forbidden, installer, "GET", header: wrong);
            await ShouldAnswerAsync(HttpStatusCode.Forbidden, installer, "POST", header: wrong);
        }
        // The platform's administrators belong to one organisation, too.
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, host.Administrator, "GET", header: own.ToString());

        (await installer.GetAsync("/customers", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_host_that_names_another_organisation_is_refused()
    {
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", address: $"{own}.{Domain}");
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", address: $"{own}.{Domain.ToUpperInvariant()}:5080");
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", address: Domain);
        await ShouldAnswerAsync(HttpStatusCode.OK, installer, "GET", address: $"{other}.elsewhere.example.org");
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, installer, "GET", address: $"{other}.{Domain}");
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, installer, "GET", address: $"www.{Domain}");
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, installer, "GET", address: $"{other}.{own}.{Domain}");
    }

    [Theory]
    [InlineData("live")]
    [InlineData("sandbox")]
    public async Task A_key_agrees_with_the_organisation_that_it_was_made_for_and_with_no_other(string mode)
    {
        using var administrator = await world.CreateAdministratorAsync(own);
        using var key = await world.CreateKeyAsync(administrator, ["customers:read"], mode);

        await ShouldAnswerAsync(HttpStatusCode.OK, key, "GET", header: own.ToString());
        await ShouldAnswerAsync(HttpStatusCode.OK, key, "GET", address: $"{own}.{Domain}");
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, key, "GET", header: other.ToString());
        await ShouldAnswerAsync(HttpStatusCode.Forbidden, key, "GET", address: $"{other}.{Domain}");
    }

    [Fact]
    public async Task Who_has_no_credential_has_no_organisation_to_disagree_with()
    {
        await ShouldAnswerAsync(HttpStatusCode.Unauthorized, host.Anonymous, "GET", header: other.ToString());
        await ShouldAnswerAsync(HttpStatusCode.Unauthorized, host.Anonymous, "GET", address: $"{other}.{Domain}");
    }

    private static async Task ShouldAnswerAsync(
        HttpStatusCode status,
        HttpClient client,
        string method,
        string? header = null,
        string? address = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/customers");
        request.Headers.Host = address;
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Organization-Id", header);
        }
        if (method == "POST")
        {
            request.Content = System.Net.Http.Json.JsonContent.Create(World.NewCustomer());
        }
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(status, $"{header} {address}");
        if (status == HttpStatusCode.Forbidden)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"organization-mismatch\"");
        }
    }
}
