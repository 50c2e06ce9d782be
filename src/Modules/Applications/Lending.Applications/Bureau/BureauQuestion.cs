using System.Text.Json.Serialization;

namespace Lending.Applications.Bureau;

/// <summary>What a credit bureau is asked. Its JSON is what goes over the wire.</summary>
internal sealed record BureauQuestion
{
    /// <summary>Repeated with this, the bureau answers the same and charges once.</summary>
    public required Guid IdempotencyKey { get; init; }

    /// <summary>What for: <c>CREDIT</c>, which other lenders see, or <c>CONDITIONS</c>, which they do not.</summary>
    public required string Purpose { get; init; }

    /// <summary>Why the organisation may ask.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Who it is.</summary>
    public required string FullName { get; init; }

    /// <summary>For finding the person, and for nothing else.</summary>
    public required string PostalAddress { get; init; }

    /// <summary>What is to be borrowed.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The code of its currency.</summary>
    public required string Currency { get; init; }

    /// <summary>In how many instalments.</summary>
    public required int TermMonths { get; init; }

    /// <summary>What the organisation calls it.</summary>
    public required Guid Reference { get; init; }

    /// <summary>Where the person lives, for the policy: the bureau is not told.</summary>
    [JsonIgnore]
    public string? Country { get; init; }
}

/// <summary>What a credit bureau answers over the wire.</summary>
internal sealed record BureauReply
{
    /// <summary><c>HIT</c>, <c>AMBIGUOUS</c> or <c>NONE</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>1, the best, to 5.</summary>
    public int? Class { get; init; }

    /// <summary>Its own score.</summary>
    public decimal? Value { get; init; }

    /// <summary>The scale of it, such as <c>0-100</c>.</summary>
    public string? Scale { get; init; }

    /// <summary>Whether more is better.</summary>
    public string? Direction { get; init; }

    /// <summary>The probability of a default by the bureau, as a fraction.</summary>
    public decimal? DefaultProbability { get; init; }

    /// <summary>The bureau's reasons, as it codes them.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>How many negative entries there are.</summary>
    public int? NegativeEntries { get; init; }

    /// <summary>As of when.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What the bureau calls its answer.</summary>
    public string? Reference { get; init; }

    /// <summary>What it answered, as it came.</summary>
    [JsonIgnore]
    public string Raw { get; init; } = "";
}
