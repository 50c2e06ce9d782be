using Lending.Platform.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Lending.Identity.Data;

/// <summary>Secrets of authenticator apps that an earlier release had encrypted with Data Protection, and whose column is encrypted since.</summary>
internal sealed class OldTotpSecrets(IdentityDbContext db, IDataProtectionProvider protection) : IDatabasePreparation
{
    /// <summary>What the migration has put before a secret that Data Protection has encrypted, which then follows in hexadecimal digits.</summary>
    public const string Prefix = "data-protection:";

    public async Task PrepareAsync(CancellationToken ct)
    {
        // Longer than a secret alone is.
        var old = await db
            .TotpAuthenticators.FromSql($"SELECT * FROM identity.totp_authenticators WHERE length(secret) > 200")
            .ToListAsync(ct);
        var protector = protection.CreateProtector("Lending.Identity.Totp");
        foreach (var authenticator in old.Where(row => row.Secret.Text.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var secret = protector.Unprotect(Convert.FromHexString(authenticator.Secret.Text[Prefix.Length..]));
            authenticator.ReplaceSecret(Base32Encoding.ToString(secret));
        }
        await db.SaveChangesAsync(ct);
    }
}
