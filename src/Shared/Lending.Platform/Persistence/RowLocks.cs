using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Lending.Platform.Persistence;

/// <summary>
/// Locks for the rows of a query, which EF has no words for: <c>TagWith(RowLocks.KeyShare)</c>. Raw SQL would do, too, but EF then makes the
/// statement anew for each call.
/// </summary>
public static class RowLocks
{
    /// <summary>The lock that a foreign key takes: updates go on, a deletion waits.</summary>
    public const string KeyShare = "FOR KEY SHARE";

    /// <summary>Moves the lock from the comment before the statement, where EF puts tags, to its end.</summary>
    internal sealed class Interceptor : DbCommandInterceptor
    {
        private const string Tag = $"-- {KeyShare}";

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (command.CommandText.StartsWith(Tag, StringComparison.Ordinal))
            {
                command.CommandText = $"{command.CommandText}\n{KeyShare}";
            }
            return ValueTask.FromResult(result);
        }
    }
}
