using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Users;

/// <summary>Makes a new e-mail the account's, with the link that was mailed there. The old and the new address are told.</summary>
/// <response code="409">`email-taken`: somebody in the organisation has this e-mail by now. `concurrent-change`: the link was just used.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class ConfirmEmailChange(
    IdentityDbContext db,
    AccountTokens tokens,
    AccountMail mail,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<ConfirmEmailChange.Request, Results<NoContent, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The secret of the link.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Token { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(Secret.Length);
    }

    public override void Configure()
    {
        Post("auth/email-change");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await tokens.TakeAsync(request.Token, AccountTokenPurpose.EmailChange, ct) is not { User: var user, NewEmail: { } newEmail })
        {
            return Problem.From(IdentityErrors.InvalidToken);
        }
        caller.ActFor(user.OrganizationId, user.Reference);
        var oldEmail = user.Email!;
        await using var transaction = await transactions.BeginAsync(ct);
        user.ConfirmEmail(newEmail, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        foreach (var address in (string[])[oldEmail, newEmail])
        {
            await mail.SendAsync(user, Message.EmailChanged(address, user.UserName!, newEmail), ct);
        }
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
