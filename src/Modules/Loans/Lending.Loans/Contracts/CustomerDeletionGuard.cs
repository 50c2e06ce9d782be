using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Keeps customers who have offers.</summary>
internal sealed class CustomerDeletionGuard(LoansDbContext db) : ICustomerDeletionGuard
{
    // Offers that the caller may not see keep the customer, too, and so does what was made for them before an offer became another one's.
    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) =>
        await db.Offers.IgnoreQueryFilters([LoansDbContext.CustomerFilter]).AnyAsync(offer => offer.Customer.Id == customerId, ct)
        || await db.OfferVersions.IgnoreQueryFilters([LoansDbContext.CustomerFilter]).AnyAsync(row => row.CustomerId == customerId, ct)
        || await db.OfferComments.IgnoreQueryFilters([LoansDbContext.CustomerFilter]).AnyAsync(row => row.CustomerId == customerId, ct)
            ? OfferErrors.CustomerHasOffers
            : null;
}
