using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lending.Platform.Security;

/// <summary>Tokens that are looked up: 256 random bits for the client, a hash for the database.</summary>
public static class Secret
{
    /// <summary>The length of a new secret.</summary>
    public const int Length = 43;

    /// <summary>The length of a hash in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>A secret that nobody had before.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of it. A fast hash is enough for what nobody can guess.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
