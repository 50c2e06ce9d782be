using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Changes the caller's password and ends all their sessions, this one too: log in again. A mail tells of it.</summary>
/// <remarks>A wrong present password is `wrong-password`, and counts as a failed attempt to log in.</remarks>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class ChangePassword(
    IdentityDbContext db,
    Attempts attempts,
    PasswordCheck passwords,
    IPasswordHasher<User> hasher,
    AccountMail mail,
    Sessions sessions,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<ChangePassword.Request, Results<NoContent, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The present password.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string CurrentPassword { get; init; } = "";

        /// <summary>The new one: 12 to 128 characters; not common, not digits alone, not like the user name or e-mail.</summary>
        /// <example>seven-lanterns-above-rome</example>
        public string Password { get; init; } = "";

        /// <summary>The new password again.</summary>
        /// <example>seven-lanterns-above-rome</example>
        public string PasswordConfirm { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.CurrentPassword).NotEmpty().MaximumLength(PasswordRules.MaximumLength);
            this.NewPassword(request => request.Password, request => request.PasswordConfirm, _ => null, _ => null);
        }
    }

    public override void Configure()
    {
        Post("users/me/password");
        Permissions(IdentityPermission.OwnAccount);
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
        // A counted attempt has to last, also where the client hangs up in the middle.
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.UserId, ct);
        var attempt = await attempts.BeginInSessionAsync(caller.UserId, caller.SessionId, ct);
        if (!await passwords.FitsAsync(account, attempt, request.CurrentPassword, ct))
        {
            await attempts.FailAsync(account, attempt);
            return Problem.From(IdentityErrors.WrongPassword);
        }
        await attempts.SucceedAsync(attempt, ct);
        // Read again, because the check has counted the attempt in this row.
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is not { } user)
        {
            return Problem.NotFound;
        }
        // A validator cannot check this: name and e-mail stand in the account.
        if (PasswordRules.Check(request.Password, user.UserName, user.Email) is { Count: > 0 } broken)
        {
            return Problem.From(broken);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        db.Add(user.ChangePassword(hasher.HashPassword(user, request.Password), clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(user.Id, ct);
        await mail.SendAsync(user, Message.PasswordChanged(user.Email!, user.UserName!), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
