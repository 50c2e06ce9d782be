using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Http;

/// <summary>
/// Turns exceptions into answers: lost races, broken constraints and what passes by itself have statuses and codes of their own, everything else is a 500.
/// </summary>
internal sealed class ProblemExceptionHandler(
    IEnumerable<ConstraintError> constraintErrors,
    TimeProvider clock,
    ILogger<ProblemExceptionHandler> logger
) : IExceptionHandler
{
    private const string AgainAfterClash = "1";
    private const string AgainAfterOutage = "2";

    // An outage fails hundreds of requests for the same reason.
    private static readonly TimeSpan OneLinePer = TimeSpan.FromSeconds(10);

    private long toldOfOutageAt;

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
        if (exception.IsClash() || exception.IsGivenUp())
        {
            logger.LogWarning("The database gave a request up: {Reason}", DatabaseFailures.ReasonOf(exception));
            return Later(context, AgainAfterClash, "try-again", "Too many wanted to change the same at once. Try again.");
        }
        if (exception.IsOutage())
        {
            TellOfOutage(exception);
            return Later(context, AgainAfterOutage, "database-unavailable", "The database does not answer. A change may have been made.");
        }
        if (exception.GetBaseException() is PostgresException postgres)
        {
            if (postgres.ConstraintName is { } constraint && errorsByConstraint.TryGetValue(constraint, out var error))
            {
                return Problem.From(error);
            }
            // What a request refers to was there when it looked.
            if (postgres.SqlState is PostgresErrorCodes.ForeignKeyViolation)
            {
                logger.LogWarning(
                    "What a row refers to, or what no row may refer to, has changed meanwhile: {Constraint}",
                    postgres.ConstraintName
                );
                return Problem.From(Error.ConcurrentChange);
            }
            if (postgres.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter)
            {
                return Problem.Of(StatusCodes.Status400BadRequest, "bad-character", "The request holds a character that cannot be stored.");
            }
        }
        logger.LogError(exception, "Unhandled exception");
        return Problem.Of(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong on our side.");
    }

    private static Problem Later(HttpContext context, string seconds, string code, string detail)
    {
        context.Response.Headers.RetryAfter = seconds;
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, code, detail);
    }

    private void TellOfOutage(Exception exception)
    {
        var last = Interlocked.Read(ref toldOfOutageAt);
        if (
            (last == 0 || clock.GetElapsedTime(last) >= OneLinePer)
            && Interlocked.CompareExchange(ref toldOfOutageAt, clock.GetTimestamp(), last) == last
        )
        {
            logger.LogError("The database is not available: {Reason}", DatabaseFailures.ReasonOf(exception));
        }
    }

    private static Problem LostRace(HttpContext context) =>
        context.Request.Headers.IfMatch.Count > 0 ? Problem.PreconditionFailed : Problem.From(Error.ConcurrentChange);
}
