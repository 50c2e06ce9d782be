using Mapster;

namespace Lending.Servicing.Dunning;

/// <summary>An offer of forbearance that was recorded.</summary>
internal sealed record ForbearanceOfferResponse
{
    /// <summary>The id that was sent with it.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required Guid LoanAccountId { get; init; }

    /// <summary>What was offered.</summary>
    /// <example>DEFERRAL</example>
    public required ForbearanceKind Kind { get; init; }

    /// <summary>When it was offered.</summary>
    /// <example>2027-02-01</example>
    public required DateOnly OfferedOn { get; init; }

    /// <summary>For how many months, or how many more.</summary>
    /// <example>3</example>
    public required int? Months { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<ForbearanceOffer, ForbearanceOfferResponse>();
    }
}
