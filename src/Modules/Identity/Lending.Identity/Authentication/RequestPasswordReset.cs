using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Mails a link with which a new password can be set, to the owner of every account with this e-mail.</summary>
/// <remarks>The answer, and the time that it takes, are the same whether there is an account. The link works once, for 30 minutes.</remarks>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RequestPasswordReset(
    IdentityDbContext db,
    AccountTokens tokens,
    AccountMail mail,
    Transactions transactions,
    Caller caller,
    EvenTime evenTime
) : Endpoint<RequestPasswordReset.Request, Accepted>
{
    internal sealed class Request
    {
        /// <summary>The e-mail of the account.</summary>
        /// <example>max@example.org</example>
        public string Email { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Email).Email();
    }

    public override void Configure()
    {
        Post("auth/password-reset");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.PasswordReset));
    }

    public override async Task<Accepted> ExecuteAsync(Request request, CancellationToken ct)
    {
        await evenTime.SpendAsync(() => MailAsync(Users.User.Normalize(request.Email), ct), ct);
        return TypedResults.Accepted((string?)null);
    }

    private async Task MailAsync(string email, CancellationToken ct)
    {
        var owners = await db
            .Users.IgnoreQueryFilters()
            .Where(user => user.NormalizedEmail == email && user.Active)
            .OrderBy(user => user.CreatedAt)
            .Take(Login.MaximumCandidates)
            .ToListAsync(ct);
        foreach (var owner in owners)
        {
            caller.ActFor(owner.OrganizationId, owner.Reference);
            await using var transaction = await transactions.BeginAsync(ct);
            var (token, expiresAt) = await tokens.IssueAsync(owner, AccountTokenPurpose.PasswordReset, ct);
            await db.SaveChangesAsync(ct);
            await mail.SendAsync(owner, from => Message.PasswordReset(owner.Email!, from, owner.UserName!, token, expiresAt), ct);
            await transaction.CommitAsync(ct);
        }
    }
}
