using Mapster;

namespace Lending.Identity.Terms;

/// <summary>What every answer says of a version.</summary>
internal abstract record TermsVersionMembers
{
    /// <summary>The version's id.</summary>
    /// <example>01938c4e-7c1f-7a63-9d6c-6f0f5b8b1a20</example>
    public required Guid Id { get; init; }

    /// <summary>Terms of use, or a privacy policy.</summary>
    /// <example>PRIVACY</example>
    public required TermsKind Kind { get; init; }

    /// <summary>Versions of one kind are numbered 1, 2, …; the same number in another language is a translation.</summary>
    /// <example>2</example>
    public required int Number { get; init; }

    /// <summary>The language: ISO 639-1.</summary>
    /// <example>de</example>
    public required string Language { get; init; }

    /// <summary>Where the text stands; null where it is kept here.</summary>
    /// <example>https://www.example.org/privacy-2.pdf</example>
    public required string? Url { get; init; }

    /// <summary>The SHA-256 of the text in UTF-8, or of what stands at `url`, in hexadecimal digits. Whoever accepts it names it.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public required string Hash { get; init; }

    /// <summary>It is in force from then on, until a higher number is.</summary>
    /// <example>2027-01-01T00:00:00Z</example>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>When it was published.</summary>
    /// <example>2026-11-28T09:30:00Z</example>
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>A version of the terms or the privacy policy, without its text.</summary>
internal sealed record TermsVersionEntry : TermsVersionMembers
{
    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<TermsVersion, TermsVersionEntry>().Map(response => response.PublishedAt, version => version.CreatedAt);
    }
}

/// <summary>A version of the terms or the privacy policy.</summary>
internal sealed record TermsVersionDocument : TermsVersionMembers
{
    /// <summary>The text; null where it stands at `url`.</summary>
    /// <example>We keep your data as long as your loan runs.</example>
    public required string? Text { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config.NewConfig<TermsVersion, TermsVersionDocument>().Map(response => response.PublishedAt, version => version.CreatedAt);
    }
}
