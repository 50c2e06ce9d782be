using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Starts to set an authenticator app up: answers the secret that the app needs. It counts once a code has confirmed it.</summary>
/// <remarks>Called again before that, it answers a new secret.</remarks>
/// <response code="409">`totp-active`: there is an app already; delete it first.</response>
internal sealed class StartTotp(IdentityDbContext db, OwnFactors factors, Transactions transactions, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<StartTotp.Setup>, Problem>>
{
    /// <summary>What an authenticator app needs.</summary>
    internal sealed record Setup
    {
        /// <summary>The secret, to be typed in.</summary>
        /// <example>JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP</example>
        public required string Secret { get; init; }

        /// <summary>The secret as an address that apps understand.</summary>
        /// <example>otpauth://totp/Lending:erika.installer?secret=JBSWY3DPEHPK3PXP&amp;issuer=Lending</example>
        public required string Uri { get; init; }

        /// <summary>The address as a QR code, to be scanned: an SVG picture.</summary>
        /// <example>&lt;svg xmlns="http://www.w3.org/2000/svg"&gt;&lt;/svg&gt;</example>
        public required string QrCode { get; init; }
    }

    public override void Configure()
    {
        Post("users/me/totp");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsFreshProof();
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<Setup>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        if (!await db.Users.AnyAsync(row => row.Id == caller.UserId, ct))
        {
            return Problem.NotFound;
        }
        await db.TotpAuthenticators.Where(row => row.UserId == caller.UserId && row.ConfirmedAt == null).ExecuteDeleteAsync(ct);
        if (await db.TotpAuthenticators.AnyAsync(row => row.UserId == caller.UserId, ct))
        {
            return Problem.From(IdentityErrors.TotpActive);
        }
        var secret = TotpCodes.NewSecret();
        db.Add(new TotpAuthenticator(caller.UserId, secret, clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        var uri = TotpCodes.Uri(secret, caller.Username);
        return TypedResults.Ok(
            new Setup
            {
                Secret = secret,
                Uri = uri,
                QrCode = TotpCodes.QrCode(uri),
            }
        );
    }
}
