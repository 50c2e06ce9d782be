using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Lists the caller's sessions: where they are logged in. Newest login first.</summary>
internal sealed class ListSessions(IdentityDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<ListSessions.Request, Results<Ok<Page<ListSessions.Entry>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    /// <summary>A place where the caller is logged in.</summary>
    internal sealed record Entry
    {
        /// <summary>The session's id.</summary>
        /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
        public required Guid Id { get; init; }

        /// <summary>With what the user logged in, as far as the client told.</summary>
        /// <example>Firefox on Windows</example>
        public required string Device { get; init; }

        /// <summary>From where the session was used last.</summary>
        /// <example>203.0.113.7</example>
        public required string Address { get; init; }

        /// <summary>When the user logged in.</summary>
        /// <example>2026-11-21T09:30:00Z</example>
        public required DateTimeOffset CreatedAt { get; init; }

        /// <summary>When the session was started or refreshed last.</summary>
        /// <example>2026-11-22T17:04:00Z</example>
        public required DateTimeOffset LastUsedAt { get; init; }

        /// <summary>Whether the request belongs to this session.</summary>
        /// <example>true</example>
        public required bool Current { get; init; }
    }

    public override void Configure()
    {
        Get("users/me/sessions");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<Ok<Page<Entry>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sessions = await db
            .Sessions.Where(session => session.UserId == caller.UserId && session.ExpiresAt > now)
            .Where(session => db.Users.Any(user => user.Id == session.UserId && user.AccessVersion == session.AccessVersion))
            .PageNewestFirst(request)
            .Select(session => new Entry
            {
                Id = session.Id,
                Device = session.DeviceName,
                Address = session.Address,
                CreatedAt = session.CreatedAt,
                LastUsedAt = session.LastUsedAt,
                Current = session.Id == caller.SessionId,
            })
            .ToListAsync(ct);
        return TypedResults.Ok(request.Page(sessions, null, session => Cursor.At(session.CreatedAt, session.Id)));
    }
}
