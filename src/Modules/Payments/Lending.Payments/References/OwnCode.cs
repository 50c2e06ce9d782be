using System.Security.Cryptography;

namespace Lending.Payments.References;

/// <summary>Codes that we make, and that customers and banks write: of digits and capital letters, without those that look alike.</summary>
internal static class OwnCode
{
    public const string Characters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // 70 bits: nobody guesses one, and no two are the same.
    public const int Length = 14;

    /// <summary>A new one, behind these letters.</summary>
    public static string New(string letters) => letters + RandomNumberGenerator.GetString(Characters, Length);
}
