using Lending.Platform.Security;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Audit.Seals;

/// <summary>Signs seals with the keys that sign access tokens, and checks their signatures.</summary>
internal sealed class SealKeys(IOptions<AccessTokenOptions> options)
{
    // Not before it is asked for: a wrong key is reported by the start, and verbs need none.
    private readonly Lazy<SigningCredentials> active = new(() => options.Value.CreateSigningCredentials());
    private readonly Lazy<Dictionary<string, JsonWebKey>> known = new(() => options.Value.CreatePublicKeys());

    /// <summary>The id of the key that signs now.</summary>
    public string ActiveId => active.Value.Kid;

    public byte[] Sign(byte[] hash)
    {
        using var signer = new AsymmetricSignatureProvider(active.Value.Key, active.Value.Algorithm, willCreateSignatures: true);
        return signer.Sign(hash);
    }

    public SignatureState Check(Seal seal)
    {
        if (!known.Value.TryGetValue(seal.KeyId, out var key))
        {
            return SignatureState.UnknownKey;
        }
        using var checker = new AsymmetricSignatureProvider(key, SecurityAlgorithms.EcdsaSha256);
        return checker.Verify(seal.Hash, seal.Signature) ? SignatureState.Right : SignatureState.Wrong;
    }
}

internal enum SignatureState
{
    Right,
    Wrong,
    UnknownKey,
}
