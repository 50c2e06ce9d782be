using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation;

namespace Lending.Platform.OpenApi;

/// <summary>What the serialiser knows better than the generator: how enums are written, which members are always there, which examples are texts.</summary>
internal sealed class JsonFacts(JsonSerializerOptions json) : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        var schema = context.Schema;
        var type = context.ContextualType.Type;
        if (schema.Format == JsonFormatStrings.Guid)
        {
            schema.Format = "uuid";
        }
        if (type.IsEnum && schema.IsEnumeration)
        {
            schema.Enumeration.Clear();
            foreach (var value in Enum.GetValues(type))
            {
                schema.Enumeration.Add(JsonSerializer.SerializeToElement(value, type, json).GetString());
            }
        }
        if (schema.Properties.Count > 0)
        {
            DescribeMembers(schema, json.GetTypeInfo(type).Properties);
        }
    }

    private static void DescribeMembers(JsonSchema schema, IEnumerable<JsonPropertyInfo> members)
    {
        // The generator takes the keyword required for a duty of the client; in requests that can be patched it only makes the compiler tell of a
        // forgotten member.
        schema.RequiredProperties.Clear();
        foreach (var member in members)
        {
            if (member.AttributeProvider is not PropertyInfo property || !schema.Properties.TryGetValue(member.Name, out var described))
            {
                continue;
            }
            if (IsAlwaysWritten(member))
            {
                schema.RequiredProperties.Add(member.Name);
            }
            // What others define, such as a browser's passkey, is taken and answered as it is; the generator does not see that it is an object.
            if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(JsonElement))
            {
                described.Type |= JsonObjectType.Object;
            }
            // A postal code such as 70173 is read as a number.
            if (described.Type.HasFlag(JsonObjectType.String) && described.Example is not null)
            {
                described.Example = property.GetXmlDocsTag("example");
            }
        }
    }

    // A constructor's parameter that has no default is written, too.
    private static bool IsAlwaysWritten(JsonPropertyInfo member) =>
        (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false })
        && member.AttributeProvider!.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is false;
}
