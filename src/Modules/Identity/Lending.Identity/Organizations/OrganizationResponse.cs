using System.Text.Json.Serialization;
using Mapster;

namespace Lending.Identity.Organizations;

/// <summary>An organisation.</summary>
internal sealed record OrganizationResponse
{
    /// <summary>The organisation's id.</summary>
    /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Sonnenschein Solar GmbH</example>
    public required string Name { get; init; }

    /// <summary>How customers know it, if by another name.</summary>
    /// <example>Sonnenschein</example>
    public required string? DisplayName { get; init; }

    /// <summary>The country: ISO 3166-1 alpha-2.</summary>
    /// <example>DE</example>
    public required string Country { get; init; }

    /// <summary>The currency of its loans: ISO 4217.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The time zone that decides which day it is there: IANA name.</summary>
    /// <example>Europe/Berlin</example>
    public required string TimeZone { get; init; }

    /// <summary>Whether loans may be paid out while their customers can still withdraw.</summary>
    /// <example>false</example>
    public required bool AllowPayoutBeforeWithdrawalEnds { get; init; }

    /// <summary>Whether customers accept offers only with a code that was mailed to them, through the API, too.</summary>
    /// <example>true</example>
    public required bool AcceptanceNeedsCode { get; init; }

    /// <summary>The colour of its pages; null: ours.</summary>
    /// <example>#0b5563</example>
    public required string? Color { get; init; }

    /// <summary>The language of what it writes to people who have not chosen one: `de` or `en`.</summary>
    /// <example>de</example>
    public required string Locale { get; init; }

    /// <summary>From where its staff may work, in CIDR notation; empty: from everywhere.</summary>
    /// <example>["203.0.113.0/24"]</example>
    public required IReadOnlyList<string> AllowedAddresses { get; init; }

    /// <summary>Whether installers, too, make installers.</summary>
    /// <example>false</example>
    public required bool InstallersMayInviteInstallers { get; init; }

    /// <summary>Whether its users work only once they have accepted its terms and privacy policy in force.</summary>
    /// <example>false</example>
    public required bool TermsMandatory { get; init; }

    /// <summary>Since when it is suspended; null: it is not.</summary>
    public required DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-11-21T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<Organization, OrganizationResponse>();
    }
}
