using Lending.Loans.Contracts;
using Lending.Servicing.Books;
using Mapster;

namespace Lending.Servicing.LoanAccounts;

/// <summary>One of the organisation's loan accounts.</summary>
internal sealed record LoanAccountSummary
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The offer that was accepted.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid OfferId { get; init; }

    /// <summary>Whose loan it is.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>The product with which the offer was made; null without one, and for accounts that were opened before it was kept.</summary>
    /// <example>0199f3a0-9b7d-7c21-8e44-5a6b7c8d9e0f</example>
    public required Guid? ProductId { get; init; }

    /// <summary>Its version, as it was when the offer was accepted.</summary>
    /// <example>3</example>
    public required int? ProductVersion { get; init; }

    /// <summary>Who borrows, as the law tells them apart: it stays what it was at the acceptance.</summary>
    /// <example>CONSUMER</example>
    public required BorrowerKind BorrowerKind { get; init; }

    /// <summary>Whether land secures the loan.</summary>
    /// <example>false</example>
    public required bool IsSecuredByLand { get; init; }

    /// <summary>What is lent in all.</summary>
    /// <example>24500.00</example>
    public required decimal Principal { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>Which law the contract is under: that of Directive 2008/48/EC, or that of Directive (EU) 2023/2225.</summary>
    /// <example>CCD1</example>
    public required RegulatoryRegime RegulatoryRegime { get; init; }

    /// <summary>When the offer was accepted.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When the account was opened.</summary>
    /// <example>2026-11-02T09:30:01Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<LoanAccount, LoanAccountSummary>();
    }
}
