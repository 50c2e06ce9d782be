using Lending.Kernel;
using Mapster;

namespace Lending.Customers.Consents;

/// <summary>That a customer consented to something, and whether that still holds.</summary>
internal sealed record ConsentResponse
{
    /// <summary>The consent's id.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid Id { get; init; }

    /// <summary>What for.</summary>
    /// <example>newsletter</example>
    public required string Purpose { get; init; }

    /// <summary>Which version of the text the customer saw.</summary>
    /// <example>2026-03</example>
    public required string TextVersion { get; init; }

    /// <summary>The SHA-256 of the text that the customer saw; null where nobody told it.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string? TextHash { get; init; }

    /// <summary>The language of that text, as a BCP 47 tag; null where nobody told it.</summary>
    /// <example>de</example>
    public required string? Locale { get; init; }

    /// <summary>How: `ONLINE` (the customer, logged in), `PAPER`, `TELEPHONE` or `IN_PERSON`.</summary>
    /// <example>ONLINE</example>
    public required GivenOver Channel { get; init; }

    /// <summary>When the customer gave it.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The customer, or who recorded it for them.</summary>
    public required UserReference RecordedBy { get; init; }

    /// <summary>When it was recorded.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>From when on it does not hold any more; null: it holds.</summary>
    /// <example>2026-12-01T10:00:00.123456Z</example>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why: `WITHDRAWN`, `REPLACED` by another version of the text, or `CUSTOMER_REMOVED`.</summary>
    /// <example>WITHDRAWN</example>
    public required ConsentEnd? End { get; init; }

    /// <summary>How the customer said that it does not; null where they are gone.</summary>
    /// <example>ONLINE</example>
    public required GivenOver? EndChannel { get; init; }

    /// <summary>Who ended it.</summary>
    public required UserReference? EndedBy { get; init; }

    internal sealed class Mapping : IRegister
    {
        // Column by column: for a UserReference as a whole, EF would read the whole row.
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Consent, ConsentResponse>()
                .Map(response => response.Channel, consent => consent.GivenOver)
                .Map(response => response.RecordedBy, consent => new UserReference(consent.RecordedBy.Id, consent.RecordedBy.Username))
                .Map(response => response.RecordedAt, consent => consent.CreatedAt)
                .Map(response => response.EndChannel, consent => consent.EndedOver)
                .Map(
                    response => response.EndedBy,
                    consent => consent.EndedById == null ? null : new UserReference(consent.EndedById.Value, consent.EndedByUsername!)
                );
    }
}
