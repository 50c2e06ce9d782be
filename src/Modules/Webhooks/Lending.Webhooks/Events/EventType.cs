using System.Text.Json;
using Lending.Kernel;

namespace Lending.Webhooks.Events;

/// <summary>A type of event that webhooks are told of.</summary>
/// <param name="Name">What it is called outside, for good: <c>offer.accepted</c>.</param>
/// <param name="Summary">What has happened, for the API document.</param>
/// <param name="ExampleData">Data as they could be; those of every event of this type are of its type.</param>
internal sealed record EventType(string Name, string Summary, object ExampleData)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>The event inside the product that it tells of; null for the test event.</summary>
    public Type? Contract { get; init; }

    /// <summary>What it tells of an event inside the product.</summary>
    public Func<IEvent, object>? DataOf { get; init; }

    /// <summary>What is sent.</summary>
    public string BodyOf(DateTimeOffset at, object data) =>
        JsonSerializer.Serialize(
            new
            {
                type = Name,
                timestamp = at.UtcDateTime,
                data,
            },
            JsonSerializerOptions.Web
        );
}
