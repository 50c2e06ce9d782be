using System.Net;
using FastEndpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Lending.FastEndpoints.Tests;

public sealed class MappingTests
{
    internal abstract class Answers : EndpointWithoutRequest
    {
        public override Task HandleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    internal sealed class Administration : Group
    {
        public Administration() =>
            Configure(
                "admin",
                endpoint =>
                {
                    endpoint.Permissions("admin");
                    endpoint.EndpointVersion(2);
                    endpoint.Description(builder => builder.WithTags("of the group"));
                }
            );
    }

    internal sealed class Users : SubGroup<Administration>
    {
        public Users() => Configure("users", endpoint => endpoint.Tags("users"));
    }

    internal sealed class InGroup : Answers
    {
        public override void Configure()
        {
            Get("/list");
            Description(builder => builder.WithTags("its own"));
            Group<Administration>();
        }
    }

    internal sealed class InSubGroup : Answers
    {
        public override void Configure()
        {
            Get("list");
            Group<Users>();
        }
    }

    internal sealed class Second : Answers
    {
        public override void Configure()
        {
            Get("/versioned");
            Version(3);
            Permissions("read");
            Tags("tag");
            Summary(summary =>
            {
                summary.Summary = "Short";
                summary.Description = "Long";
                summary.ExampleRequest = "example";
                summary[404] = "Missing";
                summary.Response<string>(202, "Later");
                summary.Response(409, "Conflict");
            });
            Options(builder => builder.WithMetadata("mine"));
        }
    }

    internal sealed class Free : Answers
    {
        public override void Configure()
        {
            Get("free");
            RoutePrefixOverride("");
            AllowAnonymous();
        }
    }

    internal sealed class Typed : Endpoint<Typed.Request, Results<Ok<string>, NotFound>>
    {
        internal sealed record Request
        {
            public string Name { get; init; } = "";
        }

        internal sealed class Validator : Validator<Request>;

        public override void Configure() => Post("typed/{id}");

        public override async Task<Results<Ok<string>, NotFound>> ExecuteAsync(Request req, CancellationToken ct)
        {
            await Task.Yield();
            return TypedResults.NotFound();
        }
    }

    internal sealed class SameAsTyped : Answers
    {
        public override void Configure() => Post("TYPED/{number}");
    }

    internal sealed class NoVerb : Answers
    {
        public override void Configure() => Routes("no-verb");
    }

    internal sealed class NoRoute : Answers
    {
        public override void Configure() => Verbs(Http.GET);
    }

    internal sealed class NoHandler : EndpointWithoutRequest
    {
        public override void Configure() => Get("no-handler");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prefix_version_and_group_make_the_route()
    {
        await using var app = await TestApp.StartAsync([typeof(InGroup), typeof(InSubGroup), typeof(Second), typeof(Free), typeof(Typed)]);

        app.Route(typeof(InGroup)).RoutePattern.RawText.ShouldBe("/api/v2/admin/list");
        app.Route(typeof(InSubGroup)).RoutePattern.RawText.ShouldBe("/api/v2/admin/users/list");
        app.Route(typeof(Second)).RoutePattern.RawText.ShouldBe("/api/v3/versioned");
        app.Route(typeof(Free)).RoutePattern.RawText.ShouldBe("/v1/free");
        app.Route(typeof(Typed)).RoutePattern.RawText.ShouldBe("/api/v1/typed/{id}");
    }

    [Fact]
    public async Task The_version_stands_behind_the_route_unless_it_is_prepended()
    {
        await using var app = await TestApp.StartAsync([typeof(Second)], config => config.Versioning.PrependToRoute = false);

        app.Route(typeof(Second)).RoutePattern.RawText.ShouldBe("/api/versioned/v3");
    }

    [Fact]
    public async Task A_group_configures_its_endpoints_and_they_have_the_last_word()
    {
        await using var app = await TestApp.StartAsync([typeof(InGroup), typeof(InSubGroup)]);

        var definition = app.Route(typeof(InSubGroup)).Metadata.GetRequiredMetadata<EndpointDefinition>();
        definition.AllowedPermissions.ShouldBe(["admin"]);
        definition.EndpointTags.ShouldBe(["users"]);
        app.Route(typeof(InGroup)).Metadata.GetRequiredMetadata<ITagsMetadata>().Tags.ShouldBe(["its own"]);
    }

    [Fact]
    public async Task A_route_has_its_definition_as_metadata()
    {
        await using var app = await TestApp.StartAsync([typeof(Second), typeof(Typed)]);
        var route = app.Route(typeof(Second));

        var definition = route.Metadata.GetRequiredMetadata<EndpointDefinition>();

        definition.EndpointType.ShouldBe(typeof(Second));
        definition.ReqDtoType.ShouldBe(typeof(EmptyRequest));
        definition.Routes.ShouldBe(["/versioned"]);
        definition.Verbs.ShouldBe(["GET"]);
        definition.AnonymousVerbs.ShouldBeNull();
        definition.AllowedPermissions.ShouldBe(["read"]);
        definition.Version.Current.ShouldBe(3);
        definition.EndpointTags.ShouldBe(["tag"]);
        definition.EndpointSummary!.Responses.Keys.ShouldBe([404, 202, 409], ignoreOrder: true);
        route.Metadata.GetRequiredMetadata<IEndpointSummaryMetadata>().Summary.ShouldBe("Short");
        route.Metadata.GetRequiredMetadata<IEndpointDescriptionMetadata>().Description.ShouldBe("Long");
        route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName.ShouldEndWith("MappingTestsSecond");
        route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ShouldBe([202, 409]);
        route.Metadata.ShouldContain("mine");
        app.Route(typeof(Typed))
            .Metadata.GetRequiredMetadata<EndpointDefinition>()
            .ResDtoType.ShouldBe(typeof(Results<Ok<string>, NotFound>));
    }

    [Fact]
    public async Task A_typed_union_its_body_and_its_validator_are_told_to_api_documents()
    {
        await using var app = await TestApp.StartAsync([typeof(Typed)]);
        var metadata = app.Route(typeof(Typed)).Metadata;

        metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode).ShouldBe([200, 404, 400]);
        metadata.GetRequiredMetadata<IAcceptsMetadata>().RequestType.ShouldBe(typeof(Typed.Request));
        metadata.GetOrderedMetadata<IAuthorizeData>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_application_configures_and_filters_endpoints()
    {
        await using var app = await TestApp.StartAsync(
            [typeof(Second), typeof(Typed)],
            config =>
            {
                config.Endpoints.ShortNames = true;
                config.Endpoints.Filter = endpoint => endpoint.EndpointTags?.Contains("tag") is true;
                config.Endpoints.Configurator = endpoint => endpoint.AllowAnonymous();
            }
        );

        using var open = await app.Client.GetAsync(new Uri("/api/v3/versioned", UriKind.Relative), Ct);
        using var filtered = await app.Client.PostAsync(new Uri("/api/v1/typed/1", UriKind.Relative), null, Ct);

        open.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        filtered.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        app.Route(typeof(Second)).Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName.ShouldBe("Second");
    }

    [Theory]
    [InlineData(typeof(SameAsTyped), "is answered twice")]
    [InlineData(typeof(NoVerb), "declares no HTTP method")]
    [InlineData(typeof(NoRoute), "declares no route")]
    [InlineData(typeof(NoHandler), "must override")]
    public async Task A_wrong_endpoint_fails_at_start(Type endpoint, string message)
    {
        var x = await Should.ThrowAsync<InvalidOperationException>(() => TestApp.StartAsync([typeof(Typed), endpoint]));

        x.Message.ShouldContain(message);
        x.Message.ShouldContain(endpoint.FullName!);
    }
}
