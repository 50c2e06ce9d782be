using System.Security.Cryptography;
using Lending.Platform.Audit;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Identity.SecondFactors;

/// <summary>A code that takes the place of a second factor once, for users who have lost theirs. It is deleted when it is used.</summary>
[NotAudited("They are made ten at once, which has one entry.")]
internal sealed class RecoveryCode(Guid userId, byte[] codeHash)
{
    /// <summary>So many a user has at first.</summary>
    public const int Count = 10;

    /// <summary>Six groups of four characters: 120 bits, so that a fast hash is enough.</summary>
    public const int Length = 29;

    // No characters that are taken for others.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public Guid UserId { get; private set; } = userId;

    [Secret]
    public byte[] CodeHash { get; private set; } = codeHash;

    /// <summary>A code that nobody had before.</summary>
    public static string New() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, 24).Chunk(4).Select(group => new string(group)));

    /// <summary>What is stored of it; people may type it in lower case.</summary>
    public static byte[] Hash(string code) => Secret.Hash(code.ToUpperInvariant());
}
