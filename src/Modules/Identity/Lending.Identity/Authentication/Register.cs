using FastEndpoints;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Makes an account with the role CUSTOMER in the default organisation. Only where the configuration allows it.</summary>
/// <remarks>
/// Where e-mails have to be confirmed, the answer is 202: the account works as soon as the link is used that was mailed. It is the same for an e-mail that has an account
/// already, whose owner is told by mail.
/// </remarks>
/// <response code="403">`self-registration-disabled`: nobody can sign up here by themselves.</response>
/// <response code="409">
/// `username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail; only where e-mails need not be confirmed.
/// </response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class Register(
    SelfRegistration registration,
    IdentityDbContext db,
    UserManager<User> users,
    AccountMail mail,
    Transactions transactions,
    EvenTime evenTime,
    Caller caller,
    TimeProvider clock
) : Endpoint<Register.Request, Results<Created<UserResponse>, Accepted, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
        /// <example>max.muster</example>
        public string Username { get; init; } = "";

        /// <summary>The e-mail; one can log in with it too.</summary>
        /// <example>max@example.org</example>
        public string Email { get; init; } = "";

        /// <summary>12 to 128 characters; not common, not digits alone, not like the user name or e-mail.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string Password { get; init; } = "";

        /// <summary>The password again.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string PasswordConfirm { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Username();
            RuleFor(request => request.Email).Email();
            this.NewPassword(
                request => request.Password,
                request => request.PasswordConfirm,
                request => request.Username,
                request => request.Email
            );
        }
    }

    public override void Configure()
    {
        Post("auth/register");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Registration));
        // Where sign-up is off, the answer to any readable request is 403.
        DontThrowIfValidationFails();
    }

    public override async Task<Results<Created<UserResponse>, Accepted, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!registration.IsAllowed)
        {
            return Problem.From(IdentityErrors.SelfRegistrationDisabled);
        }
        ThrowIfAnyErrors();
        var now = clock.GetStorableNow();
        var user = new Users.User(Guid.CreateVersion7(now), request.Username, request.Email, Role.Customer, Organization.DefaultId, now);
        caller.ActFor(user.OrganizationId, user.Reference);
        if (!registration.RequiresConfirmedEmail)
        {
            var result = await users.CreateAsync(user, request.Password);
            return result.Succeeded
                ? TypedResults.Created("/api/v1/users/me", user.Adapt<UserResponse>())
                : Problem.From(result.ToErrors());
        }
        IReadOnlyList<Error> errors = [];
        await evenTime.SpendAsync(async () => errors = await RegisterUnconfirmedAsync(user, request.Password, ct), ct);
        return errors.Count == 0 ? TypedResults.Accepted((string?)null) : Problem.From(errors);
    }

    private async Task<IReadOnlyList<Error>> RegisterUnconfirmedAsync(Users.User user, string password, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Two who sign up with one e-mail at once come one after the other: else the loser would learn that there is somebody.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({user.NormalizedEmail}, 0))", ct);
        // Whether a user name is taken may be asked, but the answer must not depend on the e-mail.
        if (await users.FindByNameAsync(user.UserName!) is not null)
        {
            return [IdentityErrors.UsernameTaken];
        }
        if (await db.Users.SingleOrDefaultAsync(other => other.NormalizedEmail == user.NormalizedEmail, ct) is { } owner)
        {
            // Told by mail only, and only the owner.
            await mail.SendAsync(owner, Message.AccountExists(owner.Email!), ct);
            await transaction.CommitAsync(ct);
            return [];
        }
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
        {
            return result.ToErrors();
        }
        await mail.AskToConfirmEmailAsync(user, ct);
        await transaction.CommitAsync(ct);
        return [];
    }
}
