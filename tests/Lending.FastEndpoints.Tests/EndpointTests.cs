using System.Net;
using System.Net.Http.Json;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.FastEndpoints.Tests;

public sealed class EndpointTests
{
    internal sealed class Greet(Counter counter) : EndpointWithoutRequest<Greet.Response>
    {
        internal sealed record Response(string Text, int Calls);

        public override void Configure()
        {
            Get("greetings/{name}");
            AllowAnonymous();
        }

        public override Task<Response> ExecuteAsync(CancellationToken ct) =>
            Task.FromResult(new Response($"Hello {Route<string>("name")} {Query<int>("times", isRequired: false)}", ++counter.Calls));
    }

    internal sealed class Create : Endpoint<Create.Request, Results<Created<Create.Request>, NotFound>>
    {
        internal sealed record Request
        {
            public string Name { get; init; } = "";
        }

        public override void Configure()
        {
            Post("things");
            AllowAnonymous();
        }

        public override async Task<Results<Created<Request>, NotFound>> ExecuteAsync(Request req, CancellationToken ct)
        {
            await Task.Yield();
            return req.Name is "nowhere" ? TypedResults.NotFound() : TypedResults.Created("/things/1", req);
        }
    }

    internal sealed class Forget : EndpointWithoutRequest
    {
        public override void Configure()
        {
            Verbs(Http.DELETE, Http.POST);
            Routes("memories", "old-memories");
            AllowAnonymous();
        }

        public override Task HandleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    internal sealed class SendsItself : EndpointWithoutRequest
    {
        public override void Configure()
        {
            Get("self");
            AllowAnonymous();
        }

        public override Task HandleAsync(CancellationToken ct) => Send.ResultAsync(TypedResults.Ok());
    }

    internal sealed class SendsNoContent : EndpointWithoutRequest
    {
        public override void Configure()
        {
            Get("none");
            AllowAnonymous();
        }

        public override Task HandleAsync(CancellationToken ct) => Send.NoContentAsync(ct);
    }

    internal sealed class FindsNull : EndpointWithoutRequest<Greet.Response?>
    {
        public override void Configure()
        {
            Get("null");
            AllowAnonymous();
        }

        public override Task<Greet.Response?> ExecuteAsync(CancellationToken ct) => Task.FromResult<Greet.Response?>(null);
    }

    internal sealed class Refuse : Endpoint<Refuse.Request>
    {
        internal sealed record Request
        {
            public string How { get; init; } = "";

            public Create.Request? Inner { get; init; }

            public IReadOnlyList<string> Names { get; init; } = ["a", "b"];
        }

        public override void Configure()
        {
            Get("refusals/{how}");
            AllowAnonymous();
        }

        public override Task HandleAsync(Request req, CancellationToken ct)
        {
            AddError("general");
            var last = req.Names.Count - 1;
            AddError(r => r.Inner!.Name, "inner", "code");
            AddError(r => r.Names[last], "last");
            ValidationFailed.ShouldBeTrue();
            switch (req.How)
            {
                case "any":
                    ThrowIfAnyErrors();
                    break;
                case "conflict":
                    ThrowIfAnyErrors(409);
                    break;
                case "message":
                    ThrowError("message");
                    break;
                case "code":
                    ThrowError("message", "code", Severity.Error, 409);
                    break;
                case "property":
                    ThrowError(r => r.How, "how");
                    break;
                default:
                    ThrowError(new FluentValidation.Results.ValidationFailure("x", "y"), 409);
                    break;
            }

            throw new InvalidOperationException("Nothing runs after a failure is thrown.");
        }
    }

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync([
            typeof(Greet),
            typeof(Create),
            typeof(Forget),
            typeof(SendsItself),
            typeof(SendsNoContent),
            typeof(FindsNull),
            typeof(Refuse),
        ]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_is_sent_as_json_and_each_request_has_its_own_scope()
    {
        await using var app = await StartAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await app.Client.GetFromJsonAsync<Greet.Response>("/api/v1/greetings/Ann?times=3", Ct);
            response.ShouldBe(new Greet.Response("Hello Ann 3", 1));
        }
    }

    [Fact]
    public async Task An_optional_query_value_that_cannot_be_read_is_the_default()
    {
        await using var app = await StartAsync();

        (await app.Client.GetStringAsync(new Uri("/api/v1/greetings/Ann?times=x", UriKind.Relative), Ct)).ShouldContain("Hello Ann 0");
    }

    [Theory]
    [InlineData("somewhere", HttpStatusCode.Created)]
    [InlineData("nowhere", HttpStatusCode.NotFound)]
    public async Task A_result_of_a_union_is_executed(string name, HttpStatusCode expected)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsJsonAsync("/api/v1/things", new { name }, Ct);

        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("DELETE", "memories", HttpStatusCode.NoContent)]
    [InlineData("POST", "old-memories", HttpStatusCode.NoContent)]
    [InlineData("GET", "self", HttpStatusCode.OK)]
    [InlineData("GET", "none", HttpStatusCode.NoContent)]
    [InlineData("GET", "null", HttpStatusCode.NoContent)]
    [InlineData("PUT", "memories", HttpStatusCode.MethodNotAllowed)]
    public async Task An_endpoint_answers_its_methods_at_its_routes(string method, string route, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{route}");

        using var response = await app.Client.SendAsync(request, Ct);

        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("any", 400, "generalErrors,inner.name,names[1]")]
    [InlineData("conflict", 409, "generalErrors,inner.name,names[1]")]
    [InlineData("message", 400, "generalErrors,inner.name,names[1],generalErrors")]
    [InlineData("code", 409, "generalErrors,inner.name,names[1],generalErrors")]
    [InlineData("property", 400, "generalErrors,inner.name,names[1],how")]
    [InlineData("failure", 409, "generalErrors,inner.name,names[1],x")]
    public async Task A_handler_refuses_with_failures(string how, int status, string fields)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync(new Uri($"/api/v1/refusals/{how}", UriKind.Relative), Ct);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var failures = await response.Content.ReadFromJsonAsync<Failures>(Ct);
        failures!.Status.ShouldBe(status);
        string.Join(',', failures.Fields).ShouldBe(fields);
    }
}
