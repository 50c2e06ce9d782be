namespace Lending.Loans.Offers.Acceptance;

/// <summary>A code that a customer was sent and gave.</summary>
/// <param name="Channel">How it came.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="GivenAt">When it was given, and was right.</param>
/// <param name="SessionHash">The SHA-256 of the secret of the session that had it sent, and that gave it.</param>
internal sealed record GivenCode(CodeChannel Channel, DateTimeOffset SentAt, DateTimeOffset GivenAt, byte[] SessionHash);
