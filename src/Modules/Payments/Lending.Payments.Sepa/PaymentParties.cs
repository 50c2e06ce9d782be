namespace Lending.Payments.Sepa;

/// <summary>An address as banks take it since 22 November 2026: in parts. Town and country are always there.</summary>
/// <param name="Street">The street's name.</param>
/// <param name="BuildingNumber">The number of the house.</param>
/// <param name="PostCode">The postal code.</param>
/// <param name="Town">The town.</param>
/// <param name="Country">The country's two letters.</param>
public sealed record StructuredAddress(string? Street, string? BuildingNumber, string? PostCode, string Town, string Country);

/// <summary>Who pays or is paid.</summary>
/// <param name="Name">The account holder's name.</param>
/// <param name="Iban">The account.</param>
/// <param name="Bic">The bank; inside SEPA it is not needed.</param>
/// <param name="Address">The address, where it is known.</param>
public sealed record PaymentParty(string Name, Iban Iban, string? Bic = null, StructuredAddress? Address = null);

/// <summary>Whether a mandate is used for the first time.</summary>
public enum SequenceType
{
    /// <summary>For the first time: FRST.</summary>
    First,

    /// <summary>Again: RCUR.</summary>
    Recurring,

    /// <summary>For the last time: FNAL.</summary>
    Final,

    /// <summary>For the only time: OOFF.</summary>
    OneOff,
}

/// <summary>One debit.</summary>
/// <param name="EndToEndId">What the bank names it by in everything that it tells of it, at most 35 characters.</param>
/// <param name="CollectOn">The day on which it is collected.</param>
/// <param name="Sequence">Whether the mandate is used for the first time.</param>
/// <param name="Amount">How much, in euros.</param>
/// <param name="MandateReference">The mandate's reference.</param>
/// <param name="SignedOn">When the mandate was signed.</param>
/// <param name="Debtor">Who pays.</param>
/// <param name="Remittance">What the debtor reads.</param>
public sealed record DirectDebit(
    string EndToEndId,
    DateOnly CollectOn,
    SequenceType Sequence,
    decimal Amount,
    string MandateReference,
    DateOnly SignedOn,
    PaymentParty Debtor,
    string Remittance
);

/// <summary>One transfer.</summary>
/// <param name="EndToEndId">What the bank names it by in everything that it tells of it, at most 35 characters.</param>
/// <param name="ExecuteOn">The day on which the bank sends it.</param>
/// <param name="Amount">How much, in euros.</param>
/// <param name="Creditor">Who is paid.</param>
/// <param name="Remittance">What the payee reads.</param>
public sealed record CreditTransfer(string EndToEndId, DateOnly ExecuteOn, decimal Amount, PaymentParty Creditor, string Remittance);
