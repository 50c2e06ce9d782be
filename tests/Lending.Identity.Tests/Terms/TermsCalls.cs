using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Identity.Tests.Terms;

/// <summary>What several tests of terms do.</summary>
internal static class TermsCalls
{
    /// <summary>Publishes a text.</summary>
    public static Task<Answer> PublishTermsAsync(
        this HttpClient client,
        string kind = "TERMS",
        string language = "de",
        int? number = null,
        DateTimeOffset? validFrom = null
    ) => client.PostAsync("/terms", NewTerms(kind, language, number, validFrom), HttpStatusCode.Created);

    public static object NewTerms(string kind = "TERMS", string language = "de", int? number = null, DateTimeOffset? validFrom = null) =>
        new
        {
            kind,
            language,
            number,
            text = $"Text {Unique.Text()}",
            validFrom,
        };

    /// <summary>Accepts a version as it was answered.</summary>
    public static Task<Answer> AcceptTermsAsync(this HttpClient client, Answer version, string? hash = null) =>
        client.SendAsync("POST", $"/users/me/terms/{version.Id}/acceptance", new { hash = hash ?? version["hash"] });

    /// <summary>What waits for the caller: kind, number and language.</summary>
    public static async Task<List<string>> WaitingAsync(this HttpClient client) =>
        [.. (await OwnAsync(client)).Where(row => row.GetProperty("waiting").GetBoolean()).Select(NameOf)];

    /// <summary>What the caller has accepted.</summary>
    public static async Task<List<string>> AcceptedAsync(this HttpClient client) =>
        [.. (await OwnAsync(client)).Where(row => row.GetProperty("acceptedAt").ValueKind == JsonValueKind.String).Select(NameOf)];

    public static List<string> NamesOf(this Answer list) => [.. list.Json.GetProperty("items").EnumerateArray().Select(NameOf)];

    private static async Task<List<JsonElement>> OwnAsync(HttpClient client) =>
        [.. (await client.GetAsync("/users/me/terms", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];

    private static string NameOf(JsonElement row) =>
        $"{row.GetProperty("kind").GetString()} {row.GetProperty("number").GetInt32()} {row.GetProperty("language").GetString()}";
}
