using Lending.Platform.Http;
using Namotion.Reflection;
using NJsonSchema;
using NJsonSchema.Generation.TypeMappers;

namespace Lending.Platform.OpenApi;

/// <summary>A patch has the members of what it is laid over, and needs none of them.</summary>
internal sealed class MergePatchSchema : ITypeMapper
{
    public Type MappedType => typeof(MergePatch<>);

    public bool UseReference => true;

    public void GenerateSchema(JsonSchema schema, TypeMapperContext context)
    {
        var known = context.JsonSchemaResolver;
        if (!known.HasSchema(context.Type, isIntegerEnumeration: false))
        {
            var patch = new JsonSchema
            {
                Type = JsonObjectType.Object,
                Description = MappedType.GetXmlDocsSummary(),
                AllowAdditionalProperties = false,
            };
            var patched = context.JsonSchemaGenerator.Generate(context.Type.GetGenericArguments()[0], known).ActualSchema;
            foreach (var (name, member) in patched.Properties)
            {
                patch.Properties[name] = member;
            }
            known.AddSchema(context.Type, isIntegerEnumeration: false, patch);
        }
        schema.Reference = known.GetSchema(context.Type, isIntegerEnumeration: false);
    }
}
