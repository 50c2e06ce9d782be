using Lending.Kernel;
using Lending.Platform.Http;
using NJsonSchema.Generation;

namespace Lending.Platform.OpenApi;

/// <summary>What the types are called in the API document.</summary>
internal sealed class SchemaNames : ISchemaNameGenerator
{
    public string Generate(Type type) =>
        type switch
        {
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Page<>) => ArgumentOf(type) + "Page",
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(MergePatch<>) => ArgumentOf(type) + "Patch",
            // A nested type is named after its slice, too: CreateOffer.Request becomes CreateOfferRequest.
            { IsNested: true } => type.DeclaringType!.Name + type.Name,
            _ when type == typeof(ProblemBody) => nameof(Problem),
            _ => type.Name,
        };

    private string ArgumentOf(Type type) => Generate(type.GetGenericArguments()[0]);
}
