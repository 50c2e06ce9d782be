using FastEndpoints;
using Lending.Identity.Users;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Mails a link with which a new password can be set, to the owner of every account with this e-mail.</summary>
/// <remarks>The answer, and the time that it takes, are the same whether there is an account. The link works once, for 30 minutes.</remarks>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RequestPasswordReset(EmailOwners owners, AccountMail mail) : Endpoint<EmailRequest, Accepted>
{
    public override void Configure()
    {
        Post("auth/password-reset");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.PasswordReset));
    }

    public override async Task<Accepted> ExecuteAsync(EmailRequest request, CancellationToken ct)
    {
        await owners.TellAsync(
            request,
            _ => true,
            user =>
                mail.SendSecretAsync(
                    user,
                    AccountTokenPurpose.PasswordReset,
                    (token, expiresAt) => Message.PasswordReset(user.Email!, user.UserName!, token, expiresAt),
                    ct
                ),
            ct
        );
        return TypedResults.Accepted((string?)null);
    }
}
