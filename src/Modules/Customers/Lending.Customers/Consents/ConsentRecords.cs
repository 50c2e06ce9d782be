using Lending.Customers.Data;
using Lending.Kernel;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Consents;

/// <summary>What a customer consented to.</summary>
internal sealed class ConsentRecords(CustomersDbContext db) : ICustomerRecords
{
    public string Name => "consents";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var consents = await db
            .Consents.Where(consent => consent.CustomerId == customerId)
            .OrderBy(consent => consent.CreatedAt)
            .ProjectToType<ConsentResponse>()
            .ToListAsync(ct);
        return consents.Count == 0 ? null : consents;
    }
}
