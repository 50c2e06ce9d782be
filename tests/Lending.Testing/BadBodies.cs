using System.Net;
using Shouldly;

namespace Lending.Testing;

/// <summary>What every slice that takes a body must refuse, whatever it does.</summary>
public static class BadBodies
{
    /// <summary>
    /// Sends to one route every body that is wrong as such: not JSON, JSON of another shape, members that nobody knows, a wrong content type,
    /// far too much. Each must get a problem-details answer that blames the client.
    /// </summary>
    public static async Task ShouldBeRefusedAsync(this HttpClient client, string method, string path)
    {
        (await client.SendAsync(method, $"{path}?a=1", "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "unexpected-query");
        (await client.SendAsync(method, path, "{ ")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await client.SendAsync(method, path, "not json")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await client.SendAsync(method, path, "null")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await client.SendAsync(method, path, "[]")).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await client.SendAsync(method, path, "42")).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        (await client.SendAsync(method, path, "{\"thisMemberIsUnknown\":1}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldContain("thisMemberIsUnknown");
        (await client.SendAsync(method, path, "a=1", contentType: "application/x-www-form-urlencoded")).ShouldBeProblem(
            HttpStatusCode.UnsupportedMediaType,
            "unsupported-media-type"
        );
        (await client.SendAsync(method, path, "<a/>", contentType: "text/xml")).ShouldBeProblem(
            HttpStatusCode.UnsupportedMediaType,
            "unsupported-media-type"
        );
        foreach (var charset in (string[])["nonsense", "utf-7"])
        {
            (await client.SendAsync(method, path, "{}", contentType: $"application/json; charset={charset}")).ShouldBeProblem(
                HttpStatusCode.UnsupportedMediaType,
                "unsupported-media-type"
            );
        }
        (await client.SendAsync(method, path, $"{{\"a\":\"{new string('x', 300 * 1024)}\"}}")).ShouldBeProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "body-too-large"
        );
    }
}
