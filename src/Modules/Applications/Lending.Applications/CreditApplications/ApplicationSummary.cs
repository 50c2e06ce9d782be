using Lending.Applications.Contracts;
using Mapster;

namespace Lending.Applications.CreditApplications;

/// <summary>One of the organisation's applications, without what applicants say.</summary>
internal sealed record ApplicationSummary
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>Where it is.</summary>
    /// <example>SUBMITTED</example>
    public required ApplicationStatus Status { get; init; }

    /// <summary>Who applies.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>Who applies, too.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a11</example>
    public required Guid? SecondCustomerId { get; init; }

    /// <summary>The offer that it is about.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid? OfferId { get; init; }

    /// <summary>What is to be borrowed.</summary>
    /// <example>25000.00</example>
    public required decimal? LoanAmount { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>Who decides on it; null for nobody.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a12</example>
    public required Guid? ClaimedById { get; init; }

    /// <summary>When it was started.</summary>
    /// <example>2026-11-29T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed or moved last.</summary>
    /// <example>2026-11-29T09:30:00Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was submitted.</summary>
    /// <example>2026-11-29T09:40:00Z</example>
    public required DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it was decided on last.</summary>
    /// <example>2026-11-29T09:40:05Z</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it expires unless something happens.</summary>
    /// <example>2027-01-28T09:40:05Z</example>
    public required DateTimeOffset? ExpiresAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<CreditApplication, ApplicationSummary>();
    }
}
