using System.Data.Common;
using Lending.Platform.Audit;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Lets EF's queries, and SQL that is run through EF, tell PostgreSQL whose rows they are about and which slice they are of, and takes what the audit log is to know along with what EF
/// saves. Whose rows those are is told by the context.
/// </summary>
internal sealed class RowScopeInterceptor : DbCommandInterceptor
{
    public static readonly RowScopeInterceptor Instance = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Tell(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Tell(command, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>EF wants the command's own rows, which are the second result.</summary>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        if (RowScope.IsToldIn((NpgsqlCommand)command))
        {
            await result.NextResultAsync(cancellationToken);
        }
        return result;
    }

    private static void Tell(DbCommand command, CommandEventData eventData)
    {
        if (eventData is not { Context: ModuleDbContext context, CommandSource: not CommandSource.Migrations })
        {
            return;
        }
        if (eventData.CommandSource == CommandSource.SaveChanges)
        {
            // Behind what EF saves: it finds what became of a statement by its place among all.
            AuditInserts.AddTo(command, context.TakeUnwritten());
            command.CommandText = context.OfSlice(command.CommandText);
            return;
        }
        context.NoteIfWrites(command.CommandText);
        var scopeToTell = context.ScopeToTell(command.CommandText.StartsWith(EveryOrganization.Mark, StringComparison.Ordinal));
        command.CommandText = context.OfSlice(command.CommandText);
        // In front of it: that statement is everybody's, and so prepared once.
        if (scopeToTell is { } scope)
        {
            scope.TellIn((NpgsqlCommand)command);
        }
    }
}
