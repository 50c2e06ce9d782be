using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Platform.Http;
using Shouldly;

namespace Lending.Testing;

/// <summary>What holds for every PATCH.</summary>
public static class Patches
{
    /// <summary>Patches every member alone: it changes, and all others stay.</summary>
    /// <typeparam name="T">What the PATCH starts from.</typeparam>
    /// <param name="client">Who patches.</param>
    /// <param name="path">The path of what is patched, by the member that is.</param>
    /// <param name="changes">Another value for every member.</param>
    /// <param name="valueOf">The value of a member in an answer; where it is left out, answers name members as the PATCH does.</param>
    public static async Task ShouldChangeEachMemberAloneAsync<T>(
        this HttpClient client,
        Func<string, string> path,
        JsonObject changes,
        Func<JsonElement, string, JsonElement>? valueOf = null
    )
        where T : IPatchable
    {
        valueOf ??= (answer, member) => answer.GetProperty(member);
        List<string> members =
        [
            .. typeof(T)
                .GetProperties()
                .Where(property => property.CanWrite)
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)),
        ];
        changes.Select(change => change.Key).ShouldBe(members, ignoreOrder: true);
        foreach (var member in members)
        {
            var before = await client.GetAsync(path(member), HttpStatusCode.OK);
            var patch = new JsonObject { [member] = changes[member]!.DeepClone() };

            var after = await client.ExpectAsync("PATCH", path(member), patch, HttpStatusCode.OK);

            valueOf(after.Json, member).ShouldEqual(JsonSerializer.SerializeToElement(changes[member]), member);
            JsonElement.DeepEquals(valueOf(after.Json, member), valueOf(before.Json, member)).ShouldBeFalse(member);
            foreach (var other in members.Where(other => other != member))
            {
                valueOf(after.Json, other).ShouldEqual(valueOf(before.Json, other), $"{other}, after a patch of {member}");
            }
            (await client.GetAsync(path(member), HttpStatusCode.OK)).Text.ShouldBe(after.Text);
        }
    }

    private static void ShouldEqual(this JsonElement actual, JsonElement expected, string member) =>
        JsonElement.DeepEquals(actual, expected).ShouldBeTrue($"{member}: {actual} should be {expected}");
}
