using FastEndpoints;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Mails the link with which an e-mail is confirmed once more, when the first was lost or has expired.</summary>
/// <remarks>The answer, and the time that it takes, are the same whether there is such an account.</remarks>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RequestEmailConfirmation(EmailOwners owners, AccountMail mail) : Endpoint<EmailRequest, Accepted>
{
    public override void Configure()
    {
        Post("auth/email-confirmation/mail");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.PasswordReset));
    }

    public override async Task<Accepted> ExecuteAsync(EmailRequest request, CancellationToken ct)
    {
        await owners.TellAsync(
            request,
            user => user.PasswordHash != null && !user.EmailConfirmed,
            user => mail.AskToConfirmEmailAsync(user, ct),
            ct
        );
        return TypedResults.Accepted((string?)null);
    }
}
