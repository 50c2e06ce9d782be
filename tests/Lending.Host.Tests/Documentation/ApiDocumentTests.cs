using System.Text.Json;
using Lending.Host.Tests.Architecture;
using Lending.Host.Verbs;

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

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task The_pages_load_nothing_from_elsewhere(string path)
    {
        var page = await host.Anonymous.GetStringAsync(new Uri(path, UriKind.Relative));

        page.ShouldContain("<script");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("http://");
    }

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
