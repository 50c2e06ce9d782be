using Lending.Platform.Persistence.Standby;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Lending.Platform.OpenApi;

/// <summary>The header with which somebody reads in a list what they have just written.</summary>
internal sealed class StandbyFacts : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        if (
            !((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ReadFromStandby>().Any()
        )
        {
            return true;
        }
        context.OperationDescription.Operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = StandbyReads.Header,
                Kind = OpenApiParameterKind.Header,
                Description =
                    "The header of the same name in the answer to a change: then this list has the change. Without it, the list may be late by a moment, where the operator lets a standby answer lists.",
                Schema = new JsonSchema { Type = JsonObjectType.String },
                Example = "0/16B3748",
            }
        );
        return true;
    }
}
