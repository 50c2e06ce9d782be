using Lending.Platform.Idempotency;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Lending.Platform.OpenApi;

/// <summary>The header of operations that can be repeated, and what is answered because of it.</summary>
internal sealed class IdempotencyFacts : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        if (
            !IdempotencyExtensions.TakesKey(((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata)
        )
        {
            return true;
        }
        var operation = context.OperationDescription.Operation;
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = IdempotencyKeys.Header,
                Kind = OpenApiParameterKind.Header,
                Description =
                    "Lets the request be sent again without doing it twice: for a day, the same key and body are answered what they were answered before.",
                Schema = new JsonSchema
                {
                    Type = JsonObjectType.String,
                    MinLength = 1,
                    MaxLength = IdempotencyKeys.MaximumLength,
                    Pattern = "^[!-~]+$",
                },
                Example = "8e03978e-40d5-43dd-bc93-6894a57f9324",
            }
        );
        ProblemResponses.AddTo(operation, "400", "`invalid-idempotency-key`.", context);
        ProblemResponses.AddTo(
            operation,
            "409",
            "`idempotency-key-reused`: another request had this key. `idempotency-key-in-use`: the same request is under way.",
            context
        );
        foreach (var (_, answer) in operation.Responses.Where(answer => answer.Key[0] == '2'))
        {
            answer.Headers[IdempotencyKeys.ReplayedHeader] = new OpenApiHeader
            {
                Description = "`true` where it was answered before.",
                Schema = new JsonSchema { Type = JsonObjectType.String },
            };
        }
        return true;
    }
}
