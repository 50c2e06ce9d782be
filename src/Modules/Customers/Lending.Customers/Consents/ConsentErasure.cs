using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>Consents outlive their customer, without a name: who advertised has to be able to prove that it was allowed to.</summary>
internal sealed class ConsentErasure(CustomersDbContext db, OrganizationClock clock) : ICustomerErasure
{
    /// <summary>How long a consent has to be kept after its last use (§ 7a (2) UWG).</summary>
    public const int Years = 5;

    public Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) => Task.FromResult<Error?>(null);

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var consents = await db
            .Consents.Where(consent => consent.CustomerId == customerId)
            .OrderBy(consent => consent.CreatedAt)
            .Select(consent => new { consent.Id, consent.EndedAt })
            .ToListAsync(ct);
        return consents.ConvertAll(consent => new KeptRecord(
            "CONSENT",
            consent.Id,
            "§ 7a UWG, Art. 17 (3) (e) GDPR",
            DateOnly.FromDateTime((consent.EndedAt ?? clock.GetUtcNow()).UtcDateTime).AddYears(Years)
        ));
    }
}
