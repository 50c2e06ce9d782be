using System.Net;
using FastEndpoints;

namespace Lending.FastEndpoints.Tests;

public sealed class TestClientTests
{
    internal enum Color
    {
        DeepBlue,
    }

    internal sealed record Thing
    {
        public int Id { get; init; }
        public string? Name { get; init; }
        public Color? Color { get; init; }
        public int[] Sizes { get; init; } = [];

        [QueryParam]
        public bool Dry { get; init; }

        [FromHeader("X-Trace", isRequired: false)]
        public string? Trace { get; init; }
    }

    internal abstract class Echo : Endpoint<Thing, Thing>
    {
        public override Task<Thing> ExecuteAsync(Thing req, CancellationToken ct) => Task.FromResult(req);
    }

    internal sealed class GetThing : Echo
    {
        public override void Configure()
        {
            Get("things/{id:int}");
            AllowAnonymous();
        }
    }

    internal sealed class PostThing : Echo
    {
        public override void Configure()
        {
            Post("things");
            AllowAnonymous();
        }
    }

    internal sealed class PutThing : Echo
    {
        public override void Configure()
        {
            Put("things/{id:int}");
            AllowAnonymous();
        }
    }

    internal sealed class PatchThing : Echo
    {
        public override void Configure()
        {
            Patch("things/{id:int}");
            AllowAnonymous();
        }
    }

    internal sealed class DeleteThing : Echo
    {
        public override void Configure()
        {
            Delete("things/{id:int}");
            AllowAnonymous();
        }
    }

    internal sealed class Ping : EndpointWithoutRequest<string>
    {
        public override void Configure()
        {
            Get("ping");
            AllowAnonymous();
        }

        public override Task<string> ExecuteAsync(CancellationToken ct) => Task.FromResult("pong");
    }

    private static readonly Type[] All =
    [
        typeof(GetThing),
        typeof(PostThing),
        typeof(PutThing),
        typeof(PatchThing),
        typeof(DeleteThing),
        typeof(Ping),
    ];

    // The response's type has the properties that are bound from elsewhere, but they are no JSON members.
    private static void ShouldBeThing(TestResult<Thing> result)
    {
        result.Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (result.Result!.Id, result.Result.Name, result.Result.Color).ShouldBe((7, "a/b&c", Color.DeepBlue));
        result.Result.Sizes.ShouldBe([1, 2]);
    }

    private static readonly Thing Sent = new()
    {
        Id = 7,
        Name = "a/b&c",
        Color = Color.DeepBlue,
        Sizes = [1, 2],
        Dry = true,
        Trace = "t",
    };

    [Fact]
    public async Task Every_method_sends_a_request_and_reads_the_response()
    {
        await using var app = await TestApp.StartAsync(All);
        var client = app.Client;

        ShouldBeThing(await client.GETAsync<GetThing, Thing, Thing>(Sent));
        ShouldBeThing(await client.POSTAsync<PostThing, Thing, Thing>(Sent));
        ShouldBeThing(await client.PUTAsync<PutThing, Thing, Thing>(Sent));
        ShouldBeThing(await client.PATCHAsync<PatchThing, Thing, Thing>(Sent));
        ShouldBeThing(await client.DELETEAsync<DeleteThing, Thing, Thing>(Sent));
    }

    [Fact]
    public async Task Every_method_can_leave_the_response_unread()
    {
        await using var app = await TestApp.StartAsync(All);
        var client = app.Client;

        (await client.GETAsync<GetThing, Thing>(Sent)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.POSTAsync<PostThing, Thing>(Sent)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PUTAsync<PutThing, Thing>(Sent)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PATCHAsync<PatchThing, Thing>(Sent)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DELETEAsync<DeleteThing, Thing>(Sent)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_call_without_a_request_reads_the_response()
    {
        await using var app = await TestApp.StartAsync(All);

        var (response, result) = await app.Client.GETAsync<Ping, string>();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        result.ShouldBe("pong");
    }

    [Fact]
    public async Task Two_hosts_in_a_process_do_not_mix_their_routes()
    {
        await using var first = await TestApp.StartAsync([typeof(Ping)]);
        await using var second = await TestApp.StartAsync([typeof(Ping)], config => config.Endpoints.RoutePrefix = "other");

        foreach (var app in (TestApp[])[first, second])
        {
            (await app.Client.GETAsync<Ping, string>()).Result.ShouldBe("pong");
        }
    }

    [Fact]
    public async Task A_deployed_system_does_not_tell_its_routes()
    {
        await using var app = await TestApp.StartAsync([typeof(Ping)], environment: "Production");

        using var response = await app.Client.GetAsync(
            new Uri("/_test_url_cache_", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
