using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastEndpoints;
using Microsoft.AspNetCore.Http;

namespace Lending.FastEndpoints.Tests;

public sealed class BindingTests
{
    public enum Status
    {
        Pending,
        PaidBack,
    }

    internal sealed record Address
    {
        public string City { get; init; } = "";
    }

    internal sealed class Search : Endpoint<Search.Request, Search.Request>
    {
        internal sealed record Request
        {
            public string? Text { get; init; }
            public int Limit { get; init; } = 100;
            public decimal? Amount { get; init; }
            public double Rate { get; init; }
            public bool IncludeTotal { get; init; }
            public Guid? Id { get; init; }
            public DateOnly? Day { get; init; }
            public DateTime? Time { get; init; }
            public DateTimeOffset? Since { get; init; }
            public TimeSpan? Lasting { get; init; }
            public Status? Status { get; init; }
            public int[] Numbers { get; init; } = [];
            public IReadOnlyList<Status> Statuses { get; init; } = [];

            [BindFrom("sort-by")]
            public string? SortBy { get; init; }

            [FromHeader("X-Trace", isRequired: false)]
            public string? Trace { get; init; }
        }

        public override void Configure()
        {
            Get("search");
            AllowAnonymous();
        }

        public override Task<Request> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult(req);
    }

    internal sealed class Update : Endpoint<Update.Request, string>
    {
        internal sealed record Request
        {
            public Guid Id { get; init; }
            public required string Name { get; init; }
            public Address? Address { get; init; }

            [QueryParam]
            public bool DryRun { get; init; }

            [DontBind(Source.QueryParam)]
            public int Amount { get; init; }

            [FromClaim("sub")]
            public string Subject { get; init; } = "";

            [FromHeader("If-Match")]
            public string Tag { get; init; } = "";
        }

        public override void Configure() => Put("things/{id:guid}");

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) =>
            Task.FromResult($"{req.Name} {req.Address?.City} {req.DryRun} {req.Amount} {req.Subject} {req.Tag} {req.Id.ToString()[..2]}");
    }

    internal sealed class WholeBody : Endpoint<WholeBody.Request, string>
    {
        internal sealed record Request
        {
            [RouteParam]
            public int Id { get; init; }

            [FromBody]
            public Address Address { get; init; } = new();
        }

        public override void Configure()
        {
            Patch("addresses/{id}");
            AllowAnonymous();
        }

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult($"{req.Id} {req.Address.City}");
    }

    internal sealed class List : Endpoint<List<Address>, int>
    {
        public override void Configure()
        {
            Post("lists");
            AllowAnonymous();
        }

        public override Task<int> ExecuteAsync(List<Address> req, CancellationToken ct) => Task.FromResult(req.Count);
    }

    internal sealed class Convert : Endpoint<Convert.Request, string>
    {
        [JsonConverter(typeof(Converter))]
        internal sealed class Request
        {
            private readonly string _text = "";

            public Request() { }

            private Request(string text) => _text = text;

            public override string ToString() => _text;

            internal sealed class Converter : JsonConverter<Request>
            {
                public override Request Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                    new(reader.GetString()!);

                public override void Write(Utf8JsonWriter writer, Request value, JsonSerializerOptions options) =>
                    writer.WriteStringValue(value._text);
            }
        }

        public override void Configure()
        {
            Patch("conversions");
            AllowAnonymous();
        }

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult(req.ToString());
    }

    internal sealed class Upload : Endpoint<Upload.Request, string>
    {
        internal sealed record Request
        {
            [FormField]
            public int Number { get; init; }
            public string Kind { get; init; } = "";
            public IFormFile? File { get; init; }
        }

        public override void Configure()
        {
            Post("uploads");
            AllowAnonymous();
            AllowFileUploads();
        }

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) =>
            Task.FromResult($"{req.Number} {req.Kind} {req.File?.Length}");
    }

    internal sealed class Accept : Endpoint<Accept.Request, int>
    {
        internal sealed record Request(int Id, int Times = 2);

        public override void Configure()
        {
            Post("offers/{id}/accept");
            AllowAnonymous();
        }

        public override Task<int> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult(req.Id * req.Times);
    }

    internal sealed class Note : Endpoint<Note.Request, string>
    {
        internal sealed record Request
        {
            public string Text { get; init; } = "nothing";
        }

        public override void Configure()
        {
            Post("notes");
            AllowAnonymous();
            Description(route => route.Accepts<Request>(isOptional: true, "application/json"));
        }

        public override Task<string> ExecuteAsync(Request req, CancellationToken ct) => Task.FromResult(req.Text);
    }

    private const string Update1 = "/api/v1/things/11111111-1111-1111-1111-111111111111";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync([typeof(Search), typeof(Update), typeof(WholeBody), typeof(List), typeof(Upload), typeof(Accept), typeof(Note)]);

    private static StringContent Json(string text, string contentType = "application/json") =>
        new(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        return (await response.Content.ReadFromJsonAsync<string>(Ct))!;
    }

    private static async Task<string[]> FieldsAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync(Ct));
        return (await response.Content.ReadFromJsonAsync<Failures>(Ct))!.Fields;
    }

    [Theory]
    [InlineData("text=a%20b", "text", "\"a b\"")]
    [InlineData("TEXT=a", "text", "\"a\"")]
    [InlineData("limit=5", "limit", "5")]
    [InlineData("", "limit", "100")]
    [InlineData("amount=-12.50", "amount", "-12.50")]
    [InlineData("amount=", "amount", "null")]
    [InlineData("rate=1e3", "rate", "1000")]
    [InlineData("includeTotal=true", "includeTotal", "true")]
    [InlineData("id=11111111-1111-1111-1111-111111111111", "id", "\"11111111-1111-1111-1111-111111111111\"")]
    [InlineData("day=2026-02-28", "day", "\"2026-02-28\"")]
    [InlineData("time=2026-02-28T10:00:00%2B02:00", "time", "\"2026-02-28T08:00:00Z\"")]
    [InlineData("since=2026-02-28T10:00:00", "since", "\"2026-02-28T10:00:00+00:00\"")]
    [InlineData("lasting=01:30:00", "lasting", "\"01:30:00\"")]
    [InlineData("status=PAID_BACK", "status", "\"PAID_BACK\"")]
    [InlineData("status=PaidBack", "status", "\"PAID_BACK\"")]
    [InlineData("status=", "status", "null")]
    [InlineData("numbers=1&numbers=2", "numbers", "[1,2]")]
    [InlineData("statuses=PENDING&statuses=paid_back", "statuses", "[\"PENDING\",\"PAID_BACK\"]")]
    [InlineData("sort-by=name", "sortBy", "\"name\"")]
    public async Task A_query_value_is_converted(string query, string field, string json)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync(new Uri($"/api/v1/search?{query}", UriKind.Relative), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain($"\"{field}\":{json}");
    }

    [Theory]
    [InlineData("limit=x")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999")]
    [InlineData("amount=1,5")]
    [InlineData("rate=NaN")]
    [InlineData("includeTotal=yes")]
    [InlineData("id=1")]
    [InlineData("day=02/28/2026")]
    [InlineData("day=2026-02-30")]
    [InlineData("time=yesterday")]
    [InlineData("since=1/2/2026 10:00")]
    [InlineData("status=1")]
    [InlineData("status=LOST")]
    [InlineData("numbers=1&numbers=x")]
    public async Task A_value_that_cannot_be_converted_is_a_failure_of_its_field(string query)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync(new Uri($"/api/v1/search?{query}", UriKind.Relative), Ct);

        (await FieldsAsync(response)).ShouldBe([query.Split('=')[0]]);
    }

    [Fact]
    public async Task All_values_that_cannot_be_converted_are_told_at_once()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.GetAsync(new Uri("/api/v1/search?limit=x&sort-by=&status=y&amount=z", UriKind.Relative), Ct);

        (await FieldsAsync(response)).ShouldBe(["limit", "amount", "status"]);
    }

    [Fact]
    public async Task A_get_with_a_json_content_type_but_no_body_is_bound_from_the_query()
    {
        await using var app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/search?limit=7") { Content = Json("") };

        using var response = await app.Client.SendAsync(request, Ct);

        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("\"limit\":7");
    }

    [Fact]
    public async Task Body_route_query_claim_and_header_are_bound_together()
    {
        await using var app = await StartAsync();
        var client = app.ClientOf("sub=ann");
        client.DefaultRequestHeaders.Add("If-Match", "\"7\"");

        using var response = await client.PutAsync(
            new Uri($"{Update1}?dryRun=true&amount=9", UriKind.Relative),
            Json(
                """{"id":"22222222-2222-2222-2222-222222222222","name":"a","address":{"city":"Rome"},"amount":3}""",
                "application/merge-patch+json"
            ),
            Ct
        );

        (await TextAsync(response)).ShouldBe("a Rome True 3 ann \"7\" 11");
    }

    [Theory]
    [InlineData("subject")]
    [InlineData("tag")]
    [InlineData("dryRun")]
    [InlineData("unknown")]
    public async Task A_body_cannot_set_what_comes_from_elsewhere(string member)
    {
        await using var app = await StartAsync();
        var client = app.ClientOf("sub=ann");
        client.DefaultRequestHeaders.Add("If-Match", "\"7\"");

        using var response = await client.PutAsync(new Uri(Update1, UriKind.Relative), Json($$"""{"name":"a","{{member}}":"x"}"""), Ct);

        (await FieldsAsync(response)).ShouldBe([member]);
    }

    [Fact]
    public async Task A_missing_header_or_claim_that_is_required_is_a_failure()
    {
        await using var app = await StartAsync();

        using var response = await app.ClientOf("day=Monday").PutAsync(new Uri(Update1, UriKind.Relative), Json("""{"name":"a"}"""), Ct);

        (await FieldsAsync(response)).ShouldBe(["sub", "If-Match"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":"a","amount":1.5}""")]
    [InlineData("""{"name":"a","address":{"city":1}}""")]
    public async Task A_bad_body_is_a_bad_request(string body)
    {
        await using var app = await StartAsync();
        var client = app.ClientOf("sub=ann");
        client.DefaultRequestHeaders.Add("If-Match", "\"7\"");

        using var response = await client.PutAsync(new Uri(Update1, UriKind.Relative), Json(body), Ct);

        (await FieldsAsync(response)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_member_is_named_with_its_path()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync(
            new Uri("/api/v1/lists", UriKind.Relative),
            Json("""[{"city":"a"},{"city":1}]"""),
            Ct
        );

        (await FieldsAsync(response)).ShouldBe(["[1].city"]);
    }

    [Fact]
    public async Task The_application_words_json_errors()
    {
        await using var app = await TestApp.StartAsync(
            [typeof(List)],
            config =>
            {
                config.Binding.JsonExceptionTransformer = x => new("body", x.Path ?? "");
                config.Binding.JsonExceptionStatusCode = 422;
            }
        );

        using var response = await app.Client.PostAsync(new Uri("/api/v1/lists", UriKind.Relative), Json("[1]"), Ct);

        ((int)response.StatusCode).ShouldBe(422);
        (await response.Content.ReadFromJsonAsync<Failures>(Ct))!.Errors.ShouldBe([new Failure("body", "$[0]")]);
    }

    [Fact]
    public async Task A_request_that_a_converter_reads_needs_a_body_though_it_has_no_properties()
    {
        await using var app = await TestApp.StartAsync(
            [typeof(Convert)],
            config => config.Binding.JsonExceptionTransformer = _ => new("body", "bad")
        );
        var url = new Uri("/api/v1/conversions", UriKind.Relative);

        using var read = await app.Client.PatchAsync(url, Json("\"text\""), Ct);
        using var missing = await app.Client.PatchAsync(url, null, Ct);

        (await read.Content.ReadAsStringAsync(Ct)).ShouldBe("\"text\"");
        missing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_that_is_a_list_is_bound()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync(new Uri("/api/v1/lists", UriKind.Relative), Json("""[{"city":"a"}]"""), Ct);

        (await response.Content.ReadAsStringAsync(Ct)).ShouldBe("1");
    }

    [Fact]
    public async Task The_whole_body_is_bound_to_a_property()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PatchAsync(new Uri("/api/v1/addresses/4", UriKind.Relative), Json("""{"city":"Rome"}"""), Ct);

        (await TextAsync(response)).ShouldBe("4 Rome");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=nonsense")]
    public async Task A_body_of_another_type_is_unsupported(string contentType)
    {
        await using var app = await StartAsync();
        using var content = new ByteArrayContent("""{"city":"Rome"}"""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var response = await app.Client.PatchAsync(new Uri("/api/v1/addresses/4", UriKind.Relative), content, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_missing_body_is_a_client_error()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PatchAsync(new Uri("/api/v1/addresses/4", UriKind.Relative), null, Ct);

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("{}", "nothing")]
    [InlineData("{\"text\":\"something\"}", "something")]
    public async Task A_body_that_the_endpoint_calls_optional_may_be_left_out(string? body, string expected)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync(new Uri("/api/v1/notes", UriKind.Relative), body is null ? null : Json(body), Ct);

        (await TextAsync(response)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_post_whose_request_is_in_the_route_needs_no_body()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync(new Uri("/api/v1/offers/21/accept?times=2", UriKind.Relative), Json("{}"), Ct);

        (await response.Content.ReadAsStringAsync(Ct)).ShouldBe("42");
    }

    [Fact]
    public async Task A_form_is_bound_with_its_files()
    {
        await using var app = await StartAsync();
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("4"), "number");
        form.Add(new StringContent("csv"), "kind");
        form.Add(new ByteArrayContent([1, 2, 3]), "file", "a.csv");

        using var response = await app.Client.PostAsync(new Uri("/api/v1/uploads?number=5", UriKind.Relative), form, Ct);

        (await TextAsync(response)).ShouldBe("4 csv 3");
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_bad_request()
    {
        await using var app = await StartAsync();
        using var content = new ByteArrayContent("--x\r\nnonsense"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=y");

        using var response = await app.Client.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), content, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_left_to_the_applications_exception_handler()
    {
        await using var app = await StartAsync();
        var client = app.Client;
        client.DefaultRequestHeaders.ExpectContinue = false;

        using var response = await client.PostAsync(
            new Uri("/api/v1/lists", UriKind.Relative),
            Json($$"""[{"city":"{{new string('a', TestApp.MaxBodyBytes)}}"}]"""),
            Ct
        );

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(Ct)).ShouldBe("handled");
    }

    [Fact]
    public async Task Json_for_a_form_is_unsupported()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), Json("{}"), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task The_application_words_conversion_failures()
    {
        await using var app = await TestApp.StartAsync(
            [typeof(Search)],
            config => config.Binding.FailureMessage = (type, name, value) => $"{type.Name} {name} {value}"
        );

        using var response = await app.Client.GetAsync(new Uri("/api/v1/search?limit=x", UriKind.Relative), Ct);

        (await response.Content.ReadFromJsonAsync<Failures>(Ct))!.Errors.ShouldBe([new Failure("limit", "Int32 limit x")]);
    }
}
