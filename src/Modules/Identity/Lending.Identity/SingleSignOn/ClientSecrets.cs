using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Lending.Identity.SingleSignOn;

/// <summary>Encrypts the secrets with which we introduce ourselves to identity providers.</summary>
internal sealed class ClientSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Lending.Identity.ClientSecrets");

    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>The secret; null where its key is gone.</summary>
    public string? Reveal(string protectedSecret)
    {
        try
        {
            return protector.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
