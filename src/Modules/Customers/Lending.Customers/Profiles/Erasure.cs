using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Customers.Profiles;

/// <summary>What stays in the place of a customer who was erased: that and when it happened, and what had to be kept. Never changed.</summary>
internal sealed class Erasure : ITenantOwned
{
    private Erasure() { }

    public Erasure(Guid customerId, UserReference by, IReadOnlyList<KeptRecord> kept, DateTimeOffset now)
    {
        CustomerId = customerId;
        ErasedBy = by;
        ErasedAt = now;
        Kept = kept;
    }

    public Guid CustomerId { get; private init; }

    public Guid OrganizationId { get; private init; }

    public UserReference ErasedBy { get; private init; } = null!;

    public DateTimeOffset ErasedAt { get; private init; }

    [NotPersonal]
    public IReadOnlyList<KeptRecord> Kept { get; private init; } = [];
}
