using Lending.Customers.Contracts;
using Lending.Kernel;
using Mapster;

namespace Lending.Customers.Profiles;

/// <summary>That a customer was erased, and what had to be kept.</summary>
internal sealed record ErasureResponse
{
    /// <summary>The id that the customer had.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10</example>
    public required Guid CustomerId { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>Who did it.</summary>
    public required UserReference ErasedBy { get; init; }

    /// <summary>What the law makes the organisation keep; nobody needs the rest, so it is gone.</summary>
    public required IReadOnlyList<KeptRecord> Kept { get; init; }

    internal sealed class Mapping : IRegister
    {
        // Column by column: for a UserReference as a whole, EF would read the whole row.
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Erasure, ErasureResponse>()
                .Map(response => response.ErasedBy, erasure => new UserReference(erasure.ErasedBy.Id, erasure.ErasedBy.Username));
    }
}
