using System.Globalization;
using Newtonsoft.Json.Linq;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Lending.Webhooks.Events;

/// <summary>
/// The events in the API document, each with its schema and an example. OpenAPI has <c>webhooks</c> from 3.1 on; in 3.0 they are called
/// <c>x-webhooks</c>, which pages and linters know.
/// </summary>
internal sealed class EventDocument : IDocumentProcessor
{
    private static readonly DateTimeOffset ExampleTime = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    public void Process(DocumentProcessorContext context)
    {
        var webhooks = new JObject();
        foreach (var type in EventCatalogue.All.Append(EventCatalogue.Test))
        {
            // Adds it to the document, under the type's name.
            context.SchemaGenerator.Generate(type.ExampleData.GetType(), context.SchemaResolver);
            webhooks[type.Name] = new JObject { ["post"] = OperationOf(type) };
        }
        context.Document.ExtensionData ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        context.Document.ExtensionData["x-webhooks"] = webhooks;
    }

    private static JObject OperationOf(EventType type) =>
        new()
        {
            ["tags"] = new JArray("Webhooks"),
            ["summary"] = type.Summary,
            ["operationId"] = type.Name,
            ["description"] =
                "Signed as Standard Webhooks say: `webhook-signature` holds, for each of the webhook's secrets, `v1,` and the Base64 of the "
                + "HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; the key is what stands behind `whsec_`, decoded from Base64. "
                + "An event may come twice, with the same `webhook-id`, and in any order.",
            ["security"] = new JArray(),
            ["parameters"] = new JArray(
                Header("webhook-id", "The same for every repetition of this event.", "0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b15"),
                Header(
                    "webhook-timestamp",
                    "When this attempt was made, in seconds since 1970 (UTC).",
                    ExampleTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                ),
                Header(
                    "webhook-signature",
                    "A signature for each of the webhook's secrets, with spaces between.",
                    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
                )
            ),
            ["requestBody"] = new JObject
            {
                ["required"] = true,
                ["content"] = new JObject
                {
                    ["application/json"] = new JObject
                    {
                        ["schema"] = SchemaOf(type),
                        ["example"] = JObject.Parse(type.BodyOf(ExampleTime, type.ExampleData)),
                    },
                },
            },
            ["responses"] = new JObject
            {
                ["2XX"] = Answer("It has arrived. What the answer holds is not read."),
                ["410"] = Answer("Nobody wants it any more: the webhook is paused."),
                ["default"] = Answer("It is sent again later: ten times in three days. Redirections are not followed."),
            },
        };

    private static JObject SchemaOf(EventType type) =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JArray("type", "timestamp", "data"),
            ["properties"] = new JObject
            {
                ["type"] = new JObject { ["type"] = "string", ["enum"] = new JArray(type.Name) },
                ["timestamp"] = new JObject
                {
                    ["type"] = "string",
                    ["format"] = "date-time",
                    ["description"] = "When it happened.",
                },
                ["data"] = new JObject { ["$ref"] = $"#/components/schemas/{type.ExampleData.GetType().Name}" },
            },
        };

    private static JObject Header(string name, string description, string example) =>
        new()
        {
            ["name"] = name,
            ["in"] = "header",
            ["required"] = true,
            ["description"] = description,
            ["schema"] = new JObject { ["type"] = "string" },
            ["example"] = example,
        };

    private static JObject Answer(string description) => new() { ["description"] = description };
}
