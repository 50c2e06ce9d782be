using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Mails the link with which an e-mail is confirmed once more, when the first was lost or has expired.</summary>
/// <remarks>The answer, and the time that it takes, are the same whether there is such an account.</remarks>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RequestEmailConfirmation(
    IdentityDbContext db,
    EmailConfirmations confirmations,
    Transactions transactions,
    Caller caller,
    EvenTime evenTime
) : Endpoint<RequestEmailConfirmation.Request, Accepted>
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
        Post("auth/email-confirmation/mail");
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
            .Where(user => user.NormalizedEmail == email && user.Active && user.PasswordHash != null && !user.EmailConfirmed)
            .OrderBy(user => user.CreatedAt)
            .Take(Login.MaximumCandidates)
            .ToListAsync(ct);
        foreach (var owner in owners)
        {
            caller.ActFor(owner.OrganizationId, owner.Reference);
            await using var transaction = await transactions.BeginAsync(ct);
            await confirmations.AskAsync(owner, ct);
            await transaction.CommitAsync(ct);
        }
    }
}
