using Mapster;

namespace Lending.Payments.Payees;

/// <summary>An account to which money goes.</summary>
internal sealed record PayeeAccountResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The customer whose account it is; null for an installer's.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>The installer to whom alone loans are paid to it: who made their offers. Null for a customer's, and where it is open to all of the organisation's installers.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14</example>
    public required Guid? InstallerId { get; init; }

    /// <summary>The account holder's name.</summary>
    /// <example>Solarbau Nord GmbH</example>
    public required string HolderName { get; init; }

    /// <summary>The account, masked.</summary>
    /// <example>DE89…3000</example>
    public required string Iban { get; init; }

    /// <summary>The bank's code.</summary>
    /// <example>COBADEFFXXX</example>
    public required string? Bic { get; init; }

    /// <summary>The street's name.</summary>
    /// <example>Hauptstraße</example>
    public required string? Street { get; init; }

    /// <summary>The number of the house.</summary>
    /// <example>1</example>
    public required string? BuildingNumber { get; init; }

    /// <summary>The postal code.</summary>
    /// <example>10115</example>
    public required string? PostCode { get; init; }

    /// <summary>The town.</summary>
    /// <example>Berlin</example>
    public required string Town { get; init; }

    /// <summary>The country.</summary>
    /// <example>DE</example>
    public required string Country { get; init; }

    /// <summary>Whether money may go to it.</summary>
    /// <example>VERIFIED</example>
    public required PayeeAccountStatus Status { get; init; }

    /// <summary>How it was found out whose account it is.</summary>
    /// <example>BANK_ANSWER</example>
    public required VerificationMethod? Method { get; init; }

    /// <summary>Who recorded it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid CreatedById { get; init; }

    /// <summary>When it was recorded.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who verified it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? VerifiedById { get; init; }

    /// <summary>When it was verified.</summary>
    /// <example>2026-11-02T10:30:00Z</example>
    public required DateTimeOffset? VerifiedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<PayeeAccount, PayeeAccountResponse>()
                .Map(response => response.Iban, account => Sepa.Iban.Mask(account.Iban.Text))
                .Map(response => response.CreatedById, account => account.CreatedBy.Id)
                .Map(response => response.VerifiedById, account => account.VerifiedAt == null ? (Guid?)null : account.VerifiedBy.Id);
    }
}
