using System.Text.Json;
using Lending.Host.Tests.Architecture;
using Lending.Host.Verbs;
using Lending.Testing;

namespace Lending.Host.Tests.Documentation;

/// <summary>The API document is complete, and a change of it is seen in review.</summary>
public sealed class ApiDocumentTests(HostFixture host)
{
    [Fact]
    public async Task The_committed_document_is_the_one_that_the_host_answers()
    {
        var committed = await File.ReadAllTextAsync(Repository.PathOf("docs/openapi/v1.json"));

        (await OpenApi.ReadDocumentAsync(CancellationToken.None)).ShouldBe(
            committed.TrimEnd(),
            "Is the change meant? Then: dotnet run --project src/Host -- openapi --output docs/openapi/v1.json"
        );
    }

    [Fact]
    public async Task Every_operation_is_described_with_its_errors_and_its_security()
    {
        using var document = await ReadAsync();
        var operations = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", Value: operation.Value))
            )
            .ToList();

        operations.Count.ShouldBe(host.Endpoints().Count);
        foreach (var (name, operation) in operations)
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
            operation.GetProperty("operationId").GetString().ShouldNotBeNullOrWhiteSpace(name);
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            responses.ShouldContain(response => response.Name.StartsWith('2'), name);
            foreach (var error in responses.Where(response => response.Name.StartsWith('4')))
            {
                error
                    .Value.GetProperty("description")
                    .GetString()!
                    .ShouldContain("`", customMessage: $"{name} {error.Name} names its code");
                error.Value.GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue($"{name} {error.Name}");
            }
            responses
                .Any(response => response.Name == "401" && operation.TryGetProperty("security", out _))
                .ShouldBe(!IsAnonymous(name), name);
        }
    }

    [Fact]
    public async Task Every_member_of_every_request_and_response_is_described()
    {
        using var document = await ReadAsync();
        var members = document
            .RootElement.GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema =>
                schema
                    .Value.GetProperty("properties")
                    .EnumerateObject()
                    .Select(member => (Name: $"{schema.Name}.{member.Name}", member.Value))
            )
            .ToList();

        members.Count.ShouldBeGreaterThan(50);
        members.Where(member => !IsDescribed(member.Value)).Select(member => member.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_schema_says_of_what_type_it_is()
    {
        using var document = await ReadAsync();

        var schemas = SchemasIn(document.RootElement, "").ToList();

        schemas.Count.ShouldBeGreaterThan(500);
        schemas.ShouldContain(schema => schema.Path == "/components/schemas/CustomerResponse/properties/addressLine2");
        schemas.ShouldContain(schema =>
            schema.Path.StartsWith("/paths/", StringComparison.Ordinal) && schema.Path.Contains("/parameters/")
        );
        schemas.Where(schema => !IsTyped(schema.Value)).Select(schema => schema.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("firstName", false)]
    [InlineData("addressLine2", true)]
    public async Task A_text_may_be_null_where_it_may(string member, bool nullable)
    {
        using var document = await ReadAsync();

        var text = document
            .RootElement.GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("CustomerResponse")
            .GetProperty("properties")
            .GetProperty(member);

        text.GetProperty("type").GetString().ShouldBe("string");
        (text.TryGetProperty("nullable", out var value) && value.GetBoolean()).ShouldBe(nullable);
    }

    [Theory]
    [InlineData("CustomerDetails", "firstName lastName email phoneNumber addressLine1 city postalCode country")]
    [InlineData("CustomerDetailsPatch", "")]
    [InlineData("OfferTerms", "customerId loanAmount termMonths")]
    [InlineData("QuoteOfferRequest", "")]
    [InlineData("RateStepTerms", "fromInstalment annualRatePercent")]
    public async Task A_request_needs_what_its_validator_asks_for(string schema, string members)
    {
        using var document = await ReadAsync();

        var request = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(schema);

        (request.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(one => one.GetString()) : []).ShouldBe(
            members.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ignoreOrder: true
        );
    }

    [Theory]
    [InlineData("QuoteResponse", 16)]
    [InlineData("OfferResponse", 10)]
    [InlineData("OfferContent", 10)]
    public async Task The_amounts_of_the_examples_are_those_that_the_engine_computes(string schema, int amounts)
    {
        using var document = await ReadAsync();
        var examples = document
            .RootElement.GetProperty("components")
            .GetProperty("schemas")
            .GetProperty(schema)
            .GetProperty("properties")
            .EnumerateObject()
            .Where(member => member.Value.TryGetProperty("example", out _))
            .ToDictionary(member => member.Name, member => member.Value.GetProperty("example"));
        string[] given = ["loanAmount", "annualRatePercent", "termMonths", "currency", "payoutDate", "firstDueDate"];

        var quote = await host.Anonymous.PostAsync(
            "/loan-offers/quote",
            given.ToDictionary(name => name, name => examples[name]),
            System.Net.HttpStatusCode.OK
        );

        var computed = quote
            .Json.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Number && examples.ContainsKey(member.Name))
            .ToList();
        computed.Count.ShouldBe(amounts);
        foreach (var member in computed)
        {
            examples[member.Name].GetDecimal().ShouldBe(member.Value.GetDecimal(), member.Name);
        }
    }

    private static IEnumerable<(string Path, JsonElement Value)> SchemasIn(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Index().SelectMany(one => SchemasIn(one.Item, $"{path}/{one.Index}"));
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        return element
            .EnumerateObject()
            .SelectMany(member =>
            {
                var memberPath = $"{path}/{member.Name}";
                // What a schema is called stands between "properties" (or "schemas") and the schema.
                var isSchema =
                    path.EndsWith("/properties", StringComparison.Ordinal)
                    || path == "/components/schemas"
                    || member.Name is "schema" or "items";
                var inner = SchemasIn(member.Value, memberPath);
                return isSchema && member.Value.ValueKind == JsonValueKind.Object ? inner.Prepend((memberPath, member.Value)) : inner;
            });
    }

    private static bool IsTyped(JsonElement schema) =>
        schema.EnumerateObject().Any(member => member.Name is "type" or "$ref" or "oneOf" or "anyOf" or "allOf" or "enum");

    // A member of a named type refers to that type, which has the description.
    private static bool IsDescribed(JsonElement member) =>
        member.TryGetProperty("description", out _) || member.TryGetProperty("$ref", out _) || member.TryGetProperty("oneOf", out _);

    private bool IsAnonymous(string operation) =>
        host.Endpoints()
            .Single(endpoint => operation.Equals($"{endpoint.Method.ToLowerInvariant()} /api/v1{endpoint.Route}", StringComparison.Ordinal))
            .Definition.AnonymousVerbs
            is not null;

    private async Task<JsonDocument> ReadAsync() =>
        JsonDocument.Parse(await host.Anonymous.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
}
