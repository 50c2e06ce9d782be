using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>Failures of the database that are no mistake of ours, and that pass by themselves.</summary>
internal static class DatabaseFailures
{
    /// <summary>PostgreSQL ended the transaction in favour of another one: all of it is undone, and it may go well when it is run again.</summary>
    public static bool IsClash(this Exception exception) =>
        exception.OfDatabase()
            is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>PostgreSQL gave up waiting for a lock, or ended a statement that took too long.</summary>
    public static bool IsGivenUp(this Exception exception) =>
        exception.OfDatabase() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled };

    /// <summary>PostgreSQL is away, starts, stops, does not answer in time, or takes no more connections.</summary>
    public static bool IsOutage(this Exception exception) =>
        // The operator's interventions (57P01 and so on) are not all transient to Npgsql, nor is what PgBouncer says when it has no server (08P01).
        exception.OfDatabase()
            is { IsTransient: true }
                or PostgresException { SqlState: ['5', '7', 'P', ..] or PostgresErrorCodes.ProtocolViolation };

    /// <summary>What went wrong, without a message, as that can quote data.</summary>
    public static string ReasonOf(Exception exception)
    {
        var failure = exception.OfDatabase() ?? exception;
        return (failure as PostgresException)?.SqlState ?? (failure.InnerException ?? failure).GetType().Name;
    }

    /// <summary>What the database, or the way to it, has thrown; EF wraps it. Null where it is nothing of that.</summary>
    public static NpgsqlException? OfDatabase(this Exception? exception) =>
        exception as NpgsqlException ?? exception?.InnerException.OfDatabase();
}
