using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Platform.Security;

/// <summary>Signs what has to stay as it is with the keys that sign access tokens, and checks such signatures. What is signed is a hash that says what it is of.</summary>
public sealed class SealKeys(IOptions<AccessTokenOptions> options)
{
    // Not before it is asked for: a wrong key is reported by the start, and verbs need none.
    private readonly Lazy<SigningCredentials> active = new(() => options.Value.CreateSigningCredentials());
    private readonly Lazy<Dictionary<string, JsonWebKey>> known = new(() => options.Value.CreatePublicKeys());

    /// <summary>The longest id of a key, in characters.</summary>
    public const int MaximumKeyIdLength = 200;

    /// <summary>The id of the key that signs now.</summary>
    public string ActiveId => active.Value.Kid;

    /// <summary>Signs a hash with that key.</summary>
    public byte[] Sign(byte[] hash)
    {
        using var signer = new AsymmetricSignatureProvider(active.Value.Key, active.Value.Algorithm, willCreateSignatures: true);
        return signer.Sign(hash);
    }

    /// <summary>Checks the signature of a hash.</summary>
    public SignatureState Check(string keyId, byte[] hash, byte[] signature)
    {
        if (!known.Value.TryGetValue(keyId, out var key))
        {
            return SignatureState.UnknownKey;
        }
        using var checker = new AsymmetricSignatureProvider(key, SecurityAlgorithms.EcdsaSha256);
        return checker.Verify(hash, signature) ? SignatureState.Right : SignatureState.Wrong;
    }
}

/// <summary>What becomes of checking a signature.</summary>
public enum SignatureState
{
    /// <summary>It was made with one of the keys, of this hash.</summary>
    Right,

    /// <summary>It was not.</summary>
    Wrong,

    /// <summary>The key that it names is not configured any more.</summary>
    UnknownKey,
}
