using System.Net;
using System.Text;
using Shouldly;

namespace Lending.Testing;

/// <summary>What every list must refuse as a cursor.</summary>
public static class BadCursors
{
    private const string Id = "01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20";

    private static readonly string[] Garbled =
    [
        "nonsense",
        "%00",
        "e30",
        .. new[]
        {
            "null",
            "[]",
            "42",
            $$"""{"Value":"638000000000000000","Id":"{{Id}}"}""",
            $$"""{"Order":"-createdAt","Id":"{{Id}}"}""",
            """{"Order":"-createdAt","Value":"638000000000000000"}""",
            $$"""{"Order":"-createdAt","Value":null,"Id":"{{Id}}"}""",
            $$"""{"Order":"-createdAt","Value":638000000000000000,"Id":"{{Id}}"}""",
            """{"Order":"-createdAt","Value":"638000000000000000","Id":"mine"}""",
            $$"""{"Order":"-name","Value":"638000000000000000","Id":"{{Id}}"}""",
        }.Select(Encode),
        .. new[] { "", "not a time", "-1", " 1", "1.5", "3155378976000000000", "9223372036854775808", "\\u0000", "\\ud800" }.Select(value =>
            Forge("-createdAt", value)
        ),
    ];

    /// <summary>A cursor as a client could write it that knows how ours are made.</summary>
    public static string Forge(string order, string value) => Encode($$"""{"Order":"{{order}}","Value":"{{value}}","Id":"{{Id}}"}""");

    /// <summary>Sends a list, newest first, cursors that it never gave: each must be blamed, and none may do harm.</summary>
    public static async Task ShouldRefuseForgedCursorsAsync(this HttpClient client, string path)
    {
        foreach (var cursor in Garbled)
        {
            await client.ShouldRefuseCursorAsync($"{path}?cursor={cursor}");
        }
    }

    /// <summary>Sends one request whose cursor is wrong.</summary>
    public static async Task ShouldRefuseCursorAsync(this HttpClient client, string pathAndQuery)
    {
        var answer = (await client.SendAsync("GET", pathAndQuery)).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        var error = answer.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("name").GetString().ShouldBe("cursor", pathAndQuery);
        error.GetProperty("code").GetString().ShouldBe("invalid-cursor", pathAndQuery);
    }

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
