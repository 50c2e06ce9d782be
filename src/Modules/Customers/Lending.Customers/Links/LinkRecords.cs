using Lending.Customers.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Links;

/// <summary>The links to their pages that a customer was mailed.</summary>
internal sealed class LinkRecords(CustomersDbContext db) : ICustomerRecords
{
    public string Name => "pageLinks";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        // As entities: the e-mail is decrypted with them.
        var links = await db
            .CustomerLinks.AsNoTracking()
            .Where(link => link.CustomerId == customerId)
            .OrderBy(link => link.CreatedAt)
            .ToListAsync(ct);
        return links.Count == 0
            ? null
            : links.ConvertAll(link => new
            {
                Email = link.Email.Text,
                link.CreatedAt,
                link.ExpiresAt,
                link.CreatedBy,
            });
    }
}
