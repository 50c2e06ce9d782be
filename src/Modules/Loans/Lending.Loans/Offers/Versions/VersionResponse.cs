using System.Text.Json.Serialization;
using Lending.Kernel;

namespace Lending.Loans.Offers.Versions;

/// <summary>A version of a loan offer.</summary>
internal sealed record VersionResponse
{
    /// <summary>The version's number: 1, 2, ….</summary>
    /// <example>1</example>
    public required int Number { get; init; }

    /// <summary>The hash of everything that this version says.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string DocumentHash { get; init; }

    /// <summary>Who made it, or changed it before the customer saw it.</summary>
    public required UserReference MadeBy { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When the customer first saw it; null where they have not.</summary>
    /// <example>2026-11-20T18:05:00.123456Z</example>
    public required DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>What it says; left out in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OfferContent? Content { get; init; }

    public static VersionResponse Of(LoanOffer offer, DateTimeOffset? firstSeenAt)
    {
        var content = OfferContent.Of(offer);
        return new VersionResponse
        {
            Number = offer.Version,
            DocumentHash = content.DocumentHash,
            MadeBy = offer.TermsBy,
            MadeAt = offer.TermsAt,
            FirstSeenAt = firstSeenAt,
            Content = content,
        };
    }

    public static VersionResponse Of(OfferVersion version, DateTimeOffset? firstSeenAt) =>
        new()
        {
            Number = version.Number,
            DocumentHash = Convert.ToHexStringLower(version.DocumentHash),
            MadeBy = version.MadeBy,
            MadeAt = version.MadeAt,
            FirstSeenAt = firstSeenAt,
            Content = OfferContent.Parse(version.Content.Text, version.ContentFormatVersion),
        };
}
