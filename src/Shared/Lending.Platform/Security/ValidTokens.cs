using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lending.Platform.Security;

/// <summary>
/// Tokens whose signature was checked, by their SHA-256, so that the tokens themselves are not kept. At most two generations of
/// <paramref name="size"/>: when the young one is full it becomes the old one, and who is still used moves on.
/// </summary>
internal sealed class ValidTokens(int size)
{
    private ConcurrentDictionary<(UInt128, UInt128), AccessTokenIdentity> young = new();
    private ConcurrentDictionary<(UInt128, UInt128), AccessTokenIdentity> old = new();

    public static (UInt128, UInt128) Hash(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[AccessTokens.MaximumTokenLength * 3];
        Span<UInt128> hash = stackalloc UInt128[2];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], MemoryMarshal.AsBytes(hash));
        return (hash[0], hash[1]);
    }

    public AccessTokenIdentity? Find((UInt128, UInt128) hash)
    {
        if (young.TryGetValue(hash, out var identity))
        {
            return identity;
        }
        if (old.TryGetValue(hash, out identity))
        {
            Add(hash, identity);
        }
        return identity;
    }

    public void Add((UInt128, UInt128) hash, AccessTokenIdentity identity)
    {
        if (young.Count >= size)
        {
            old = young;
            young = new();
        }
        young[hash] = identity;
    }
}
