using System.Globalization;
using FastEndpoints;
using FastEndpoints.Swagger;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.WebUtilities;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Lending.Platform.OpenApi;

/// <summary>What is answered, with the codes of the errors: the usual ones by themselves, the others by the slice's <c>response</c> tags.</summary>
internal sealed class ProblemResponses : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        var slice = context.GetEndpointDefinition()!;
        var answers = context.OperationDescription.Operation.Responses;
        foreach (var (status, answer) in answers)
        {
            answer.Description = ReasonPhrases.GetReasonPhrase(int.Parse(status, CultureInfo.InvariantCulture));
        }
        var described = slice
            .EndpointType.GetXmlDocsElement()
            ?.Elements("response")
            .Select(tag => (Status: tag.Attribute("code")!.Value, Description: tag.ToXmlDocsContent()));
        var needsStepUp = ((AspNetCoreOperationProcessorContext)context)
            .ApiDescription.ActionDescriptor.EndpointMetadata.OfType<StepUpNeeded>()
            .Any();
        foreach (var (status, codes) in UsualProblems(slice, context.OperationDescription.Operation).Concat(described ?? []))
        {
            var description =
                needsStepUp && status == "403"
                    ? $"{codes.TrimEnd()} `step-up-required`: give the second factor again, at `POST /users/me/step-up`, or log in again."
                    : codes;
            // What the slice answers itself is described; everything else is a problem.
            if (status[0] < '4' && answers.TryGetValue(status, out var answer))
            {
                answer.Description = description;
            }
            else
            {
                answers[status] = ProblemOf(description, context);
            }
        }
        return true;
    }

    /// <summary>Adds codes to those that a status has already.</summary>
    public static void AddTo(OpenApiOperation operation, string status, string codes, OperationProcessorContext context)
    {
        var known = operation.Responses.TryGetValue(status, out var answer) ? $"{answer.Description.TrimEnd()} " : "";
        operation.Responses[status] = ProblemOf($"{known}{codes}", context);
    }

    private static IEnumerable<(string Status, string Description)> UsualProblems(EndpointDefinition slice, OpenApiOperation operation)
    {
        if (slice.ReqDtoType != typeof(EmptyRequest))
        {
            yield return ("400", "`validation-failed`: all wrong fields at once; `malformed-json`.");
        }
        if (slice.AnonymousVerbs is null)
        {
            yield return ("401", "`unauthenticated`: no access token or API key, one that does not work any more, or both.");
            yield return (
                "403",
                "`forbidden`: the caller's role or API key does not permit this. `organization-mismatch`: a header `X-Organization-Id` names another organisation."
            );
        }
        if (operation.Parameters.Any(parameter => parameter.Kind == OpenApiParameterKind.Path))
        {
            yield return ("404", "`not-found`: there is no such thing, or none that the caller may see.");
        }
        if (operation.RequestBody is not null)
        {
            yield return ("413", "`body-too-large`.");
            yield return ("415", "`unsupported-media-type`: the body is not JSON.");
        }
        yield return ("429", "`too-many-requests`: wait as long as `Retry-After` says. `RateLimit` tells what is left of which budget.");
        yield return (
            "503",
            "Wait as long as `Retry-After` says. `busy`: too many requests wait already. `try-again`: too many wanted to change the same at once. "
                + "`database-unavailable`: the database does not answer; a change may have been made or not: repeat it with the same `Idempotency-Key`, or look first."
        );
    }

    private static OpenApiResponse ProblemOf(string description, OperationProcessorContext context)
    {
        var schema = context.SchemaGenerator.GenerateWithReference<JsonSchema>(
            typeof(ProblemBody).ToContextualType(),
            context.SchemaResolver
        );
        var answer = new OpenApiResponse { Description = description };
        answer.Content[Problem.ContentType] = new OpenApiMediaType { Schema = schema };
        return answer;
    }
}
