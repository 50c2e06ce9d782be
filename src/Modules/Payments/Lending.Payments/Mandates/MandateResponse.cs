using Mapster;

namespace Lending.Payments.Mandates;

/// <summary>A customer's permission to collect the instalments of a loan.</summary>
internal sealed record MandateResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>Whose loan it is.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The mandate's reference.</summary>
    /// <example>MD0123456789ABCD</example>
    public required string Reference { get; init; }

    /// <summary>The creditor identifier under which it was given.</summary>
    /// <example>DE98ZZZ09999999999</example>
    public required string CreditorIdentifier { get; init; }

    /// <summary>Whose account it is.</summary>
    /// <example>Erika Muster</example>
    public required string HolderName { get; init; }

    /// <summary>The account, masked.</summary>
    /// <example>DE89…3000</example>
    public required string Iban { get; init; }

    /// <summary>The bank's code.</summary>
    /// <example>COBADEFFXXX</example>
    public required string? Bic { get; init; }

    /// <summary>When it was signed.</summary>
    /// <example>2026-11-02</example>
    public required DateOnly SignedOn { get; init; }

    /// <summary>How it was signed.</summary>
    /// <example>ELECTRONIC</example>
    public required SignatureKind Signature { get; init; }

    /// <summary>The SHA-256 of the signed document.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string EvidenceHash { get; init; }

    /// <summary>Whether it may be used.</summary>
    /// <example>ACTIVE</example>
    public required MandateStatus Status { get; init; }

    /// <summary>Why it is suspended: the bank's reason.</summary>
    /// <example>AC04</example>
    public required string? SuspendedBecause { get; init; }

    /// <summary>The day of the last debit.</summary>
    /// <example>2027-01-01</example>
    public required DateOnly? LastCollectedOn { get; init; }

    /// <summary>The last day on which it may be used, if it is not used before: 36 months after the last debit.</summary>
    /// <example>2030-01-01</example>
    public required DateOnly UsableUntil { get; init; }

    /// <summary>When it was revoked.</summary>
    /// <example>2027-03-01T09:30:00Z</example>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was recorded.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<Mandate, MandateResponse>().Map(response => response.Iban, mandate => Sepa.Iban.Mask(mandate.Iban.Text));
    }
}
