using Mapster;

namespace Lending.Servicing.Dunning;

/// <summary>A dunning letter.</summary>
internal sealed record DunningLetterResponse
{
    /// <summary>The id that was sent with the request.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required Guid LoanAccountId { get; init; }

    /// <summary>Its level: 1, 2, ….</summary>
    /// <example>1</example>
    public required int Level { get; init; }

    /// <summary>When it was written.</summary>
    /// <example>2026-06-15</example>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>The last day to pay.</summary>
    /// <example>2026-06-25</example>
    public required DateOnly PayBy { get; init; }

    /// <summary>What it demands in all.</summary>
    /// <example>258.66</example>
    public required decimal Total { get; init; }

    /// <summary>Whether it threatens to call the whole loan due (§ 498 BGB).</summary>
    public required bool IsNotice { get; init; }

    /// <summary>Whether it was sent by mail.</summary>
    public required bool IsMailed { get; init; }

    /// <summary>The SHA-256 of what it says, in hexadecimal digits.</summary>
    public required string DocumentHash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<DunningLetter, DunningLetterResponse>()
                .Map(response => response.DocumentHash, letter => Convert.ToHexStringLower(letter.DocumentHash));
    }
}
