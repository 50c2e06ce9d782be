using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Lending.Bench.Load;

/// <summary>A right answer: what is in it, and what of it is the same wherever the same is asked.</summary>
internal sealed record Answer(string Body, string Comparable, string? Location)
{
    /// <summary>How many requests of an operation are looked at before it is timed.</summary>
    public const int Checked = 50;

    /// <summary>Throws where the answer is not the expected one.</summary>
    public static async Task<Answer> OfAsync(Server server, string token, Request request, CancellationToken ct)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Content = request.Body.Length == 0 ? null : new StringContent(request.Body, Encoding.UTF8, "application/json");
        using var answer = await server.Client.SendAsync(message, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        using var json = answer.IsSuccessStatusCode ? JsonDocument.Parse(body) : null;
        if (json is null || !request.IsAnsweredBy(json.RootElement))
        {
            throw new InvalidOperationException($"{server.Name} answers {request} with {(int)answer.StatusCode}: {body}");
        }
        var all = $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {answer.Headers.ETag} {answer.Headers.Location}\n{body}";
        if (answer.Headers.Location is not { } location)
        {
            return new Answer(body, all, null);
        }
        // Two rows that were made one after the other differ in id, version, time and what is computed of these, and in nothing else.
        foreach (var member in (string[])["id", "createdAt", "documentHash"])
        {
            all = all.Replace(json.RootElement.GetProperty(member).GetString()!, member, StringComparison.Ordinal);
        }
        return new Answer(body, all.Replace(answer.Headers.ETag!.ToString(), "etag", StringComparison.Ordinal), location.ToString());
    }
}
