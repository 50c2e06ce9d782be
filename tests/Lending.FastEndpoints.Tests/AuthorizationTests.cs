using System.Net;
using FastEndpoints;

namespace Lending.FastEndpoints.Tests;

public sealed class AuthorizationTests
{
    internal abstract class Answers : EndpointWithoutRequest
    {
        public override Task HandleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    internal sealed class Silent : Answers
    {
        public override void Configure() => Get("silent");
    }

    internal sealed class Open : Answers
    {
        public override void Configure()
        {
            Get("open");
            AllowAnonymous();
        }
    }

    internal sealed class HalfOpen : Answers
    {
        public override void Configure()
        {
            Verbs(Http.GET, Http.DELETE);
            Routes("half-open");
            AllowAnonymous(Http.GET);
        }
    }

    internal sealed class AnyPermission : Answers
    {
        public override void Configure()
        {
            Get("any-permission");
            Permissions("read", "write");
        }
    }

    internal sealed class AllPermissions : Answers
    {
        public override void Configure()
        {
            Get("all-permissions");
            PermissionsAll("read", "write");
        }
    }

    internal sealed class OneRole : Answers
    {
        public override void Configure()
        {
            Get("role");
            Roles("clerk", "boss");
        }
    }

    internal sealed class NamedPolicy : Answers
    {
        public override void Configure()
        {
            Get("policy");
            Policies("Tuesday");
            Permissions("read");
        }
    }

    private static readonly Type[] All =
    [
        typeof(Silent),
        typeof(Open),
        typeof(HalfOpen),
        typeof(AnyPermission),
        typeof(AllPermissions),
        typeof(OneRole),
        typeof(NamedPolicy),
    ];

    [Theory]
    [InlineData("silent", "", HttpStatusCode.Unauthorized)]
    [InlineData("silent", "sub=ann", HttpStatusCode.NoContent)]
    [InlineData("open", "", HttpStatusCode.NoContent)]
    [InlineData("half-open", "", HttpStatusCode.NoContent)]
    [InlineData("any-permission", "", HttpStatusCode.Unauthorized)]
    [InlineData("any-permission", "sub=ann", HttpStatusCode.Forbidden)]
    [InlineData("any-permission", "permissions=other", HttpStatusCode.Forbidden)]
    [InlineData("any-permission", "permissions=other;permissions=write", HttpStatusCode.NoContent)]
    [InlineData("all-permissions", "permissions=read", HttpStatusCode.Forbidden)]
    [InlineData("all-permissions", "permissions=read;permissions=write", HttpStatusCode.NoContent)]
    [InlineData("role", "role=guest", HttpStatusCode.Forbidden)]
    [InlineData("role", "role=boss", HttpStatusCode.NoContent)]
    [InlineData("policy", "permissions=read", HttpStatusCode.Forbidden)]
    [InlineData("policy", "day=Tuesday", HttpStatusCode.Forbidden)]
    [InlineData("policy", "permissions=read;day=Tuesday", HttpStatusCode.NoContent)]
    public async Task An_endpoint_lets_in_whom_it_names(string route, string claims, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(All);

        using var response = await app.ClientOf(claims)
            .GetAsync(new Uri($"/api/v1/{route}", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_method_that_is_not_opened_stays_closed()
    {
        await using var app = await TestApp.StartAsync(All);

        using var response = await app.Client.DeleteAsync(
            new Uri("/api/v1/half-open", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Permissions_are_read_from_the_configured_claim()
    {
        await using var app = await TestApp.StartAsync(All, config => config.Security.PermissionsClaimType = "perm");

        using var response = await app.ClientOf("perm=read")
            .GetAsync(new Uri("/api/v1/any-permission", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
