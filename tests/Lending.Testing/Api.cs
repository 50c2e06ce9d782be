using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Lending.Testing;

/// <summary>Calls of the API as a client makes them: paths, JSON and status codes, not the slices' own types.</summary>
public static class Api
{
    private const string Root = "/api/v1";

    /// <summary>The client, which now sends this access token.</summary>
    public static HttpClient WithToken(this HttpClient client, string accessToken)
    {
        LogWatch.OfThisRun.Learn(accessToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    /// <summary>Sends a request; <paramref name="body"/> is an object to serialise, or JSON text as it is.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path behind <c>/api/v1</c>.</param>
    /// <param name="body">The body, if any.</param>
    /// <param name="ifMatch">The entity tag for <c>If-Match</c>, if any.</param>
    /// <param name="contentType">The body's content type.</param>
    /// <param name="idempotencyKey">The <c>Idempotency-Key</c>, if any.</param>
    public static async Task<Answer> SendAsync(
        this HttpClient client,
        string method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string contentType = "application/json",
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Root + path);
        var json = body as string ?? (body is null ? null : JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        LogWatch.OfThisRun.LearnFrom(json, text, isRefused: !response.IsSuccessStatusCode);
        return new Answer(
            response.StatusCode,
            text,
            response.Headers.ETag?.ToString(),
            response.Headers.Location,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.Single() == "true"
        );
    }

    /// <summary>Reads.</summary>
    public static Task<Answer> GetAsync(this HttpClient client, string path, HttpStatusCode expected) =>
        client.ExpectAsync("GET", path, null, expected);

    /// <summary>Creates, or acts.</summary>
    public static Task<Answer> PostAsync(this HttpClient client, string path, object? body, HttpStatusCode expected) =>
        client.ExpectAsync("POST", path, body, expected);

    /// <summary>Sends a request and checks the answer's status.</summary>
    public static async Task<Answer> ExpectAsync(
        this HttpClient client,
        string method,
        string path,
        object? body,
        HttpStatusCode expected,
        string? ifMatch = null
    )
    {
        var answer = await client.SendAsync(method, path, body, ifMatch);
        answer.Status.ShouldBe(expected, $"{method} {path} answered {answer.Text}");
        return answer;
    }
}

/// <summary>An answer of the API.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body.</param>
/// <param name="ETag">The entity tag, if any.</param>
/// <param name="Location">Where the created resource is, if any.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="IsReplayed">Whether it was answered before, to a request with the same <c>Idempotency-Key</c>.</param>
public sealed record Answer(HttpStatusCode Status, string Text, string? ETag, Uri? Location, string? ContentType, bool IsReplayed = false)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The id of the resource in the body.</summary>
    public Guid Id => Json.GetProperty("id").GetGuid();

    /// <summary>The stable code of a problem.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    /// <summary>A member of the body as text; <c>a.b</c> goes one deeper; null when it is null.</summary>
    public string? this[string path] => path.Split('.').Aggregate(Json, (element, name) => element.GetProperty(name)).ToString();

    /// <summary>Checks that this is a problem-details answer of this status and code.</summary>
    public Answer ShouldBeProblem(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, Text);
        ContentType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        Json.GetProperty("status").GetInt32().ShouldBe((int)status);
        Json.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        return this;
    }

    /// <summary>The names of the wrong fields of a problem.</summary>
    public string[] WrongFields =>
        Json.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => error.GetProperty("name").GetString()!)]
            : [];
}
