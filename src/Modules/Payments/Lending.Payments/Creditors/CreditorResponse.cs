using Mapster;

namespace Lending.Payments.Creditors;

/// <summary>The organisation as banks know it, and the account on which it collects.</summary>
internal sealed record CreditorResponse
{
    /// <summary>The account holder's name.</summary>
    /// <example>Sonnenkredit GmbH</example>
    public required string Name { get; init; }

    /// <summary>The creditor identifier.</summary>
    /// <example>DE98ZZZ09999999999</example>
    public required string Identifier { get; init; }

    /// <summary>The account, masked.</summary>
    /// <example>DE87…7890</example>
    public required string Iban { get; init; }

    /// <summary>The bank's code.</summary>
    /// <example>BANKDEFFXXX</example>
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

    /// <summary>How many days before a debit customers are told of it.</summary>
    /// <example>1</example>
    public required int NoticeDays { get; init; }

    /// <summary>When it was set.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<Creditor, CreditorResponse>().Map(response => response.Iban, creditor => Sepa.Iban.Mask(creditor.Iban.Text));
    }
}
