using System.Net.Http.Json;
using FastEndpoints;
using FluentValidation;

namespace Lending.FastEndpoints.Tests;

public sealed class ValidationTests
{
    internal sealed class Create : Endpoint<Create.Request, string>
    {
        internal sealed record Line
        {
            public decimal UnitPrice { get; init; }
        }

        internal sealed record Request
        {
            public string FullName { get; init; } = "";
            public int Term { get; init; } = 12;
            public IReadOnlyList<Line> OrderLines { get; init; } = [];

            [BindFrom("page-size")]
            public int Size { get; init; } = 1;
        }

        internal sealed class Validator : Validator<Request>
        {
            public Validator()
            {
                RuleFor(request => request.FullName).NotEmpty();
                RuleFor(request => request.Term).GreaterThan(0).LessThan(480);
                RuleFor(request => request.Size).GreaterThan(0);
                RuleForEach(request => request.OrderLines)
                    .ChildRules(line => line.RuleFor(one => one.UnitPrice).GreaterThan(0).WithMessage("free"));
            }
        }

        public override void Configure()
        {
            Post("validated");
            AllowAnonymous();
        }

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult("done");
    }

    internal sealed class Lenient : Endpoint<Create.Request, int>
    {
        public override void Configure()
        {
            Post("lenient");
            AllowAnonymous();
            DontThrowIfValidationFails();
        }

        public override Task<int> ExecuteAsync(Create.Request req, CancellationToken ct) => Task.FromResult(ValidationFailures.Count);
    }

    internal sealed class Ambiguous : Endpoint<Ambiguous.Request>
    {
        internal sealed record Request
        {
            public int Number { get; init; }
        }

        internal sealed class First : Validator<Request>
        {
            public First() => RuleFor(request => request.Number).Equal(1);
        }

        internal sealed class Second : Validator<Request>
        {
            public Second() => RuleFor(request => request.Number).Equal(2);
        }

        public override void Configure()
        {
            Get("ambiguous");
            AllowAnonymous();
        }

        public override Task HandleAsync(Request req, CancellationToken ct) => Task.CompletedTask;
    }

    internal sealed class Decided : Endpoint<Ambiguous.Request>
    {
        public override void Configure()
        {
            Get("decided");
            AllowAnonymous();
            Validator<Ambiguous.Second>();
        }

        public override Task HandleAsync(Ambiguous.Request req, CancellationToken ct) => Task.CompletedTask;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<string[]> FieldsAsync(TestApp app, string path, object body)
    {
        using var response = await app.Client.PostAsJsonAsync(path, body, Ct);
        ((int)response.StatusCode).ShouldBe(400);
        return (await response.Content.ReadFromJsonAsync<Failures>(Ct))!.Fields;
    }

    [Fact]
    public async Task All_failures_are_told_at_once_with_the_clients_names()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)]);

        var fields = await FieldsAsync(
            app,
            "/api/v1/validated",
            new { term = 0, orderLines = new[] { new { unitPrice = 1 }, new { unitPrice = 0 } } }
        );

        fields.ShouldBe(["fullName", "term", "orderLines[1].unitPrice"]);
    }

    [Fact]
    public async Task Binding_failures_and_validation_failures_are_told_together()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)]);

        (await FieldsAsync(app, "/api/v1/validated?term=x", new { })).ShouldBe(["term", "fullName"]);
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_not_blamed_twice()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)]);

        (await FieldsAsync(app, "/api/v1/validated?term=x", new { fullName = "a", term = 0 })).ShouldBe(["term"]);
    }

    [Fact]
    public async Task A_failure_of_a_renamed_property_has_its_name_on_the_wire()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)]);

        (await FieldsAsync(app, "/api/v1/validated?page-size=0", new { fullName = "a" })).ShouldBe(["page-size"]);
    }

    [Fact]
    public async Task Names_stay_as_they_are_where_the_naming_policy_is_off()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)], config => config.Validation.UsePropertyNamingPolicy = false);

        (await FieldsAsync(app, "/api/v1/validated", new { })).ShouldBe(["FullName"]);
    }

    [Fact]
    public async Task A_valid_request_reaches_the_handler()
    {
        await using var app = await TestApp.StartAsync([typeof(Create)]);

        using var response = await app.Client.PostAsJsonAsync("/api/v1/validated", new { fullName = "a" }, Ct);

        (await response.Content.ReadFromJsonAsync<string>(Ct)).ShouldBe("done");
    }

    [Fact]
    public async Task The_handler_sees_the_failures_where_it_wants_to()
    {
        await using var app = await TestApp.StartAsync([typeof(Lenient)]);

        using var response = await app.Client.PostAsJsonAsync("/api/v1/lenient", new { term = 0 }, Ct);

        (await response.Content.ReadAsStringAsync(Ct)).ShouldBe("2");
    }

    [Fact]
    public async Task The_status_and_the_content_type_of_failures_can_be_set()
    {
        await using var app = await TestApp.StartAsync(
            [typeof(Create)],
            config =>
            {
                config.Errors.StatusCode = 418;
                config.Errors.ContentType = "application/vnd.tea+json";
            }
        );

        using var response = await app.Client.PostAsJsonAsync("/api/v1/validated", new { }, Ct);

        ((int)response.StatusCode).ShouldBe(418);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.tea+json");
    }

    [Fact]
    public async Task Two_validators_of_a_request_fail_at_start()
    {
        var x = await Should.ThrowAsync<InvalidOperationException>(() => TestApp.StartAsync([typeof(Ambiguous)]));

        x.Message.ShouldContain("several validators");
    }

    [Fact]
    public async Task An_endpoint_chooses_between_two_validators()
    {
        await using var app = await TestApp.StartAsync([typeof(Decided)]);

        using var response = await app.Client.GetAsync(new Uri("/api/v1/decided?number=2", UriKind.Relative), Ct);

        response.IsSuccessStatusCode.ShouldBeTrue();
    }
}
