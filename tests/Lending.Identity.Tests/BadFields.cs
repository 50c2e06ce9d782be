using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Identity.Tests;

/// <summary>Sends a body that is right but for one member, again and again.</summary>
internal static class BadFields
{
    /// <summary>Stands for leaving the member out.</summary>
    public static readonly JsonNode Missing = JsonValue.Create("(missing)");

    public static async Task ShouldRefuseAsync(
        this HttpClient client,
        string method,
        string path,
        object rightBody,
        params (string Field, JsonNode? Value, string Code)[] cases
    )
    {
        cases.ShouldNotBeEmpty();
        foreach (var (field, value, code) in cases)
        {
            var body = System.Text.Json.JsonSerializer.SerializeToNode(rightBody, System.Text.Json.JsonSerializerOptions.Web)!.AsObject();
            if (ReferenceEquals(value, Missing))
            {
                body.Remove(field);
            }
            else
            {
                body[field] = value?.DeepClone();
            }
            var answer = await client.SendAsync(method, path, body.ToJsonString());
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
            answer
                .Json.GetProperty("errors")
                .EnumerateArray()
                .Select(error => (error.GetProperty("name").GetString(), error.GetProperty("code").GetString()))
                .ShouldContain((field, code), $"{field} = {value?.ToJsonString() ?? "null"}: {answer.Text}");
        }
    }

    /// <summary>The cases that every user name, e-mail and password shares.</summary>
    public static IEnumerable<(string Field, JsonNode? Value, string Code)> OfAccounts() =>
        [
            ("username", Missing, "not-empty"),
            ("username", null, "not-empty"),
            ("username", "", "not-empty"),
            ("username", 42, "wrong-type"),
            ("username", "ab", "length"),
            ("username", new string('a', 51), "length"),
            ("username", "has space", "invalid-username"),
            ("username", "erika@example.org", "invalid-username"),
            ("username", "-erika", "invalid-username"),
            ("username", "erika\n", "invalid-username"),
            ("username", "\u0435rika", "invalid-username"),
            ("username", "eri\u0000ka", "wrong-type"),
            ("email", Missing, "not-empty"),
            ("email", null, "not-empty"),
            ("email", new JsonObject(), "wrong-type"),
            ("email", "nobody", "invalid-email"),
            ("email", "a@b@example.org", "invalid-email"),
            ("email", "a b@example.org", "invalid-email"),
            ("email", "a@example.org\n", "invalid-email"),
            ("email", $"{new string('a', 250)}@example.org", "maximum-length"),
            ("unknown", "x", "unknown-member"),
        ];

    public static IEnumerable<(string Field, JsonNode? Value, string Code)> OfPasswords() =>
        [
            ("password", Missing, "not-empty"),
            ("password", null, "not-empty"),
            ("password", 123456789012, "wrong-type"),
            ("password", "short-One1", "password-too-short"),
            ("password", new string('x', 129), "password-too-long"),
            ("password", "839201746558", "password-all-digits"),
            ("password", "Passw0rd123!!", "password-too-common"),
            ("passwordConfirm", Missing, "passwords-differ"),
            ("passwordConfirm", null, "passwords-differ"),
            ("passwordConfirm", true, "wrong-type"),
            ("passwordConfirm", "another-harbour-48-kites", "passwords-differ"),
        ];
}
