using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Http;

/// <summary>Turns exceptions into answers: lost races and broken constraints have statuses and codes of their own, everything else is a 500.</summary>
internal sealed class ProblemExceptionHandler(IEnumerable<ConstraintError> constraintErrors, ILogger<ProblemExceptionHandler> logger)
    : IExceptionHandler
{
    private readonly Dictionary<string, Error> errorsByConstraint = constraintErrors.ToDictionary(
        entry => entry.Constraint,
        entry => entry.Error,
        StringComparer.Ordinal
    );

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await ProblemFor(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ProblemFor(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The request body is too large.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return StatusProblems.For(StatusCodes.Status415UnsupportedMediaType);
            case BadHttpRequestException bad:
                return Problem.Of(bad.StatusCode, "bad-request", "The request cannot be read.");
            case DbUpdateConcurrencyException:
                return LostRace(context);
        }
        if (exception.GetBaseException() is PostgresException postgres)
        {
            // Two transactions waited for each other. PostgreSQL has ended this one, so that the other can go on.
            if (postgres.SqlState is PostgresErrorCodes.DeadlockDetected)
            {
                return LostRace(context);
            }
            if (postgres.ConstraintName is { } constraint && errorsByConstraint.TryGetValue(constraint, out var error))
            {
                return Problem.From(error);
            }
            if (postgres.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter)
            {
                return Problem.Of(StatusCodes.Status400BadRequest, "bad-character", "The request holds a character that cannot be stored.");
            }
        }
        logger.LogError(exception, "Unhandled exception");
        return Problem.Of(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong on our side.");
    }

    private static Problem LostRace(HttpContext context) =>
        context.Request.Headers.IfMatch.Count > 0 ? Problem.PreconditionFailed : Problem.From(Error.ConcurrentChange);
}
