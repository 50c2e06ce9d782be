using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lending.Identity.Authentication;

/// <summary>Tokens that are looked up: 256 random bits for the client, a hash for the database.</summary>
internal static class Secret
{
    /// <summary>The length of a new secret.</summary>
    public const int Length = 43;

    /// <summary>The length of a hash in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A fast hash is enough for what nobody can guess.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
