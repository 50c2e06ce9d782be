using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Platform.Http;

namespace Lending.Applications.CreditApplications;

/// <summary>What an application says, and who entered each of it. Kept encrypted, as one text.</summary>
/// <param name="Details">What it says.</param>
/// <param name="Entered">By the path of a member, such as <c>first.netIncome.amount</c>: who entered what stands there now.</param>
internal sealed record ApplicationContent(ApplicationDetails Details, IReadOnlyDictionary<string, EnteredField> Entered)
{
    private static readonly JsonSerializerOptions Json = CreateJson();

    public static ApplicationContent Empty { get; } =
        new(ApplicationDetails.Empty, new Dictionary<string, EnteredField>(StringComparer.Ordinal));

    public static ApplicationContent Parse(string json) =>
        JsonSerializer.Deserialize<ApplicationContent>(json, Json) ?? throw new JsonException("An application is kept as an object.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The content with other details: what differs was entered by this person, now.</summary>
    public ApplicationContent With(ApplicationDetails details, UserReference by, bool isCustomer, DateTimeOffset now)
    {
        var before = LeavesOf(Details);
        var after = LeavesOf(details);
        // Whoever takes a value away has a part in what is said, like whoever enters one.
        var entered = new Dictionary<string, EnteredField>(Entered, StringComparer.Ordinal);
        foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            if (before.GetValueOrDefault(path) != after.GetValueOrDefault(path) || !entered.ContainsKey(path))
            {
                entered[path] = new EnteredField(by.Id, by.Username, isCustomer, now);
            }
        }
        return new(details, entered);
    }

    /// <summary>Whether this user has entered anything of it.</summary>
    public bool IsEnteredBy(Guid userId) => Entered.Values.Any(field => field.UserId == userId);

    /// <summary>Whether it was the organisation that named the evidence of a figure, and no customer has changed the figure since.</summary>
    public bool IsVouchedFor(string path) =>
        Entered.TryGetValue($"{path}.evidence", out var named)
        && !named.IsCustomer
        && !IsSaidLater($"{path}.amount", named.At)
        && !IsSaidLater($"{path}.source", named.At);

    private bool IsSaidLater(string path, DateTimeOffset since) =>
        Entered.TryGetValue(path, out var said) && said.IsCustomer && said.At > since;

    // As the API reads it, so that a member that is added later is missing in what was kept before, and stops nobody.
    private static JsonSerializerOptions CreateJson()
    {
        var json = new JsonSerializerOptions();
        StrictJson.Configure(json);
        // And one that nobody uses yet is not written, as the version before refuses members that it does not know.
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return json;
    }

    /// <summary>All values that are there, by the path of their member.</summary>
    private static Dictionary<string, string> LeavesOf(ApplicationDetails details)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(JsonSerializer.SerializeToNode(details, Json), "");
        return leaves;

        void Add(JsonNode? node, string path)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (name, value) in members)
                    {
                        Add(value, path.Length == 0 ? name : $"{path}.{name}");
                    }
                    break;
                case { } value:
                    leaves.Add(path, value.ToJsonString());
                    break;
                default:
                    // Nobody entered what is not there.
                    break;
            }
        }
    }
}

/// <summary>Who entered a value, and when.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Username">What the user was called.</param>
/// <param name="IsCustomer">Whether it was a customer and not the organisation.</param>
/// <param name="At">When.</param>
internal sealed record EnteredField(Guid UserId, string Username, bool IsCustomer, DateTimeOffset At);
