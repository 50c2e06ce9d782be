using System.Globalization;
using System.Security.Cryptography;
using Lending.Kernel;
using Lending.Platform.Privacy;

namespace Lending.Platform.Security;

/// <summary>What a code is mailed for: who gives it, in the session that asked for it, reads the customer's mail at this moment.</summary>
public abstract class MailedCode
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often somebody may try to give a code; then they need another one.</summary>
    public const int MostTries = 5;

    /// <summary>How many codes are mailed until there was none for a day: with as many tries of each, nobody guesses one of a million.</summary>
    public const int MostCodes = 10;

    /// <summary>There has to be one.</summary>
    public static readonly Error CodeMissing = Error.Validation(
        "code-missing",
        "This is done with a code. Have one mailed, and send it with the codeSession that you are answered.",
        "code"
    );

    /// <summary>It is another code.</summary>
    public static readonly Error CodeWrong = Error.Validation(
        "code-wrong",
        "This is not the code that was mailed to this session.",
        "code"
    );

    /// <summary>There is none to give.</summary>
    public static readonly Error CodeExpired = Error.Validation(
        "code-expired",
        "There is no code that still works: it was given too late or tried too often. Ask for a new one.",
        "code"
    );

    /// <summary>There is none to send.</summary>
    public static readonly Error TooManyCodes = Error.Conflict(
        "too-many-codes",
        "As many codes were mailed as there can be in a day. Try again tomorrow."
    );

    /// <summary>Of the code that was mailed last, together with the session that asked for it. Without that secret, the few codes that there are cannot be tried out on it.</summary>
    [Secret]
    public byte[]? CodeHash { get; private set; }

    /// <summary>When that code stops working.</summary>
    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>When that code was mailed.</summary>
    public DateTimeOffset? CodeSentAt => CodeExpiresAt - CodeLifetime;

    /// <summary>How often somebody tried to give that code.</summary>
    public int CodeTries { get; private set; }

    /// <summary>How many codes were mailed, until there was none for a day, or it was answered.</summary>
    public int CodesSent { get; private set; }

    /// <summary>Six digits that nobody foresees.</summary>
    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

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
            return TooManyCodes;
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
            return CodeExpired;
        }
        CodeTries++;
        return CryptographicOperations.FixedTimeEquals(CodeHash, HashOf(session, code)) ? null : CodeWrong;
    }

    /// <summary>It has served.</summary>
    protected void ForgetCode() => (CodeHash, CodeExpiresAt, CodeTries, CodesSent) = (null, null, 0, 0);

    private static byte[] HashOf(string session, string code) => Secret.Hash($"{session} {code}");
}
