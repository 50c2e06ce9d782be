using System.Security.Cryptography;
using Lending.Kernel;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>What a code is mailed for: who gives it, in the session that asked for it, reads the customer's mail at this moment.</summary>
internal abstract class CodeHolder
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often somebody may try to give a code; then they need another one.</summary>
    public const int MostTries = 5;

    /// <summary>How many codes are mailed until there was none for a day: with as many tries of each, nobody guesses one of a million.</summary>
    public const int MostCodes = 10;

    /// <summary>Of the code that was mailed last, together with the session that asked for it. Without that secret, the few codes that there are cannot be tried out on it.</summary>
    [Secret]
    public byte[]? CodeHash { get; protected set; }

    public DateTimeOffset? CodeExpiresAt { get; protected set; }

    /// <summary>How often somebody tried to give that code.</summary>
    public int CodeTries { get; protected set; }

    /// <summary>How many codes were mailed, until there was none for a day, or it was answered.</summary>
    public int CodesSent { get; protected set; }

    /// <summary>Remembers a new code, which works in this session alone; or tells why there is none.</summary>
    public Error? SetCode(string session, string code, DateTimeOffset now)
    {
        // So many a day: whoever holds the link alone must not use up for ever what its customer needs.
        if (CodeExpiresAt + TimeSpan.FromDays(1) <= now)
        {
            CodesSent = 0;
        }
        if (CodesSent >= MostCodes)
        {
            return OfferErrors.TooManyCodes;
        }
        CodeHash = HashOf(session, code);
        CodeExpiresAt = now + CodeLifetime;
        CodeTries = 0;
        CodesSent++;
        return null;
    }

    /// <summary>Counts a try, and tells why it is none, or null. A right code may be given again: what it was given for may have failed.</summary>
    public Error? TryCode(string session, string code, DateTimeOffset now)
    {
        if (CodeHash is null || CodeExpiresAt <= now || CodeTries >= MostTries)
        {
            return OfferErrors.CodeExpired;
        }
        CodeTries++;
        return CryptographicOperations.FixedTimeEquals(CodeHash, HashOf(session, code)) ? null : OfferErrors.CodeWrong;
    }

    /// <summary>It has served. Who withdraws later gets codes of their own.</summary>
    protected void ForgetCode() => (CodeHash, CodeExpiresAt, CodeTries, CodesSent) = (null, null, 0, 0);

    private static byte[] HashOf(string session, string code) => Secret.Hash($"{session} {code}");
}
