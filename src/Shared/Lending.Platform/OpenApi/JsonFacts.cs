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
            foreach (var member in json.GetTypeInfo(type).Properties)
            {
                if (member.AttributeProvider is PropertyInfo property && schema.Properties.TryGetValue(member.Name, out var described))
                {
                    if (IsAlwaysWritten(member) && !schema.RequiredProperties.Contains(member.Name))
                    {
                        schema.RequiredProperties.Add(member.Name);
                    }
                    Correct(described, property);
                }
            }
        }
    }

    // A constructor's parameter that has no default is written, too.
    private static bool IsAlwaysWritten(JsonPropertyInfo member) =>
        (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false })
        && member.AttributeProvider!.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is false;

    private static void Correct(JsonSchemaProperty described, PropertyInfo property)
    {
        // A postal code such as 70173 is read as a number.
        if (described.Type.HasFlag(JsonObjectType.String) && described.Example is not null)
        {
            described.Example = property.GetXmlDocsTag("example");
        }
        // OpenAPI 3.0 knows nullable only beside a type.
        if (described is { IsNullableRaw: true, OneOf.Count: 1 })
        {
            described.Type = described.OneOf.Single().ActualSchema.Type;
        }
        // What validators say of a list's length is told as if it were a text's; and that a text has no letter or more goes without saying.
        if (described.Type.HasFlag(JsonObjectType.Array))
        {
            described.MinItems = described.MinLength ?? 0;
            described.MinLength = null;
        }
        else if (described.MinLength == 0)
        {
            described.MinLength = null;
        }
    }
}
