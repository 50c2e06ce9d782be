using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Tells which second factors the caller has.</summary>
internal sealed class GetSecondFactors(IdentityDbContext db, Caller caller)
    : EndpointWithoutRequest<Results<Ok<GetSecondFactors.Factors>, Problem>>
{
    /// <summary>The caller's second factors.</summary>
    internal sealed record Factors
    {
        /// <summary>Whether there is an authenticator app.</summary>
        /// <example>true</example>
        public required bool Totp { get; init; }

        /// <summary>The passkeys, oldest first.</summary>
        public required IReadOnlyList<PasskeyEntry> Passkeys { get; init; }

        /// <summary>How many recovery codes are left.</summary>
        /// <example>9</example>
        public required int RecoveryCodesLeft { get; init; }
    }

    /// <summary>A passkey.</summary>
    /// <param name="Id">The passkey's id.</param>
    /// <param name="Name">What the user calls it.</param>
    /// <param name="CreatedAt">When it was registered.</param>
    /// <param name="LastUsedAt">When it was used last; null: never.</param>
    internal sealed record PasskeyEntry(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

    public override void Configure()
    {
        Get("users/me/second-factors");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<Ok<Factors>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var factors = await db
            .Users.Where(user => user.Id == caller.UserId)
            .Select(user => new Factors
            {
                Totp = db.TotpAuthenticators.Any(row => row.UserId == user.Id && row.ConfirmedAt != null),
                Passkeys = db
                    .Passkeys.Where(row => row.UserId == user.Id)
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new PasskeyEntry(row.Id, row.Name, row.CreatedAt, row.LastUsedAt))
                    .ToList(),
                RecoveryCodesLeft = db.RecoveryCodes.Count(row => row.UserId == user.Id),
            })
            .SingleOrDefaultAsync(ct);
        return factors is null ? Problem.NotFound : TypedResults.Ok(factors);
    }
}
