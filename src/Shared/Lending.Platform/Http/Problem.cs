using System.Diagnostics;
using System.Text.Json.Serialization;
using FluentValidation.Results;
using Lending.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lending.Platform.Http;

/// <summary>An error answer: problem details (RFC 9457) with a stable <c>code</c>. The one place where an error becomes a status.</summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    /// <summary>The media type of every error answer.</summary>
    public const string ContentType = "application/problem+json";

    private readonly ProblemBody body;

    private Problem(ProblemBody body) => this.body = body;

    /// <inheritdoc />
    public int? StatusCode => body.Status;

    /// <summary>There is no such thing, or none that the caller may see: 404 either way, so existence is not told.</summary>
    public static Problem NotFound => From(Error.NoSuchThing);

    /// <summary>The resource changed since the caller read it: 412.</summary>
    public static Problem PreconditionFailed =>
        Of(
            StatusCodes.Status412PreconditionFailed,
            "precondition-failed",
            "It was changed since you read it. Read it again, then repeat your change."
        );

    /// <summary>The answer to a request that failed in this way.</summary>
    public static Problem From(Error error)
    {
        var status = error.Kind switch
        {
            ErrorKind.Validation => StatusCodes.Status400BadRequest,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            _ => throw new UnreachableException(),
        };
        var errors = error.Field is null ? null : new[] { new FieldError(error.Field, error.Code, error.Message) };
        return Of(status, error.Code, error.Message, errors);
    }

    /// <summary>The answer to a request that failed in these ways, of which there is at least one; a conflict goes before wrong fields.</summary>
    public static Problem From(IReadOnlyList<Error> errors) =>
        errors.FirstOrDefault(error => error.Kind != ErrorKind.Validation) is { } first
            ? From(first)
            : Invalid([.. errors.Select(error => new FieldError(error.Field ?? "", error.Code, error.Message))]);

    /// <summary>The answer to a request whose fields are wrong, with all failures at once.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) =>
        Of(StatusCodes.Status400BadRequest, "validation-failed", "One or more fields are not valid; see errors.", errors);

    /// <summary>The answer to what a validator found that a slice has asked itself, with the fields as clients write them.</summary>
    public static Problem FromValidation(IReadOnlyCollection<ValidationFailure> failures) => ValidationProblems.From(failures);

    /// <summary>An answer with this status and stable code.</summary>
    public static Problem Of(int status, string code, string detail, IReadOnlyList<FieldError>? errors = null) =>
        new(new ProblemBody($"urn:lending:problem:{code}", ReasonPhrases.GetReasonPhrase(status), status, detail, code, errors));

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (HostedPage.Of(httpContext) is { } page)
        {
            return page.TellAsync(httpContext, body.Status);
        }
        httpContext.Response.StatusCode = body.Status;
        return httpContext.Response.WriteAsJsonAsync(For(httpContext), options: null, ContentType, httpContext.RequestAborted);
    }

    internal ProblemBody For(HttpContext context) =>
        body with
        {
            Instance = context.Request.Path,
            TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
}

/// <summary>The body of every error answer: problem details (RFC 9457).</summary>
/// <param name="Type">A URN that names the sort of problem.</param>
/// <param name="Title">The HTTP status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong, for people.</param>
/// <param name="Code">What went wrong, for programs; stable.</param>
/// <param name="Errors">One entry for each wrong field; only for 400 and for conflicts about one field.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors
)
{
    /// <summary>The path that was asked for.</summary>
    public string? Instance { get; init; }

    /// <summary>Give this id when you ask for help: the log lines of the request carry it.</summary>
    public string? TraceId { get; init; }
}

/// <summary>One wrong field of a request.</summary>
/// <param name="Name">The field as the client writes it: <c>loanAmount</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For people.</param>
public sealed record FieldError(string Name, string Code, string Reason);
