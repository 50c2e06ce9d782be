using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Keeps customers who have offers.</summary>
internal sealed class CustomerDeletionGuard(LoansDbContext db) : ICustomerDeletionGuard
{
    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) =>
        // Offers that the caller may not see keep the customer, too.
        await db.Offers.IgnoreQueryFilters([LoansDbContext.CustomerFilter]).AnyAsync(offer => offer.Customer.Id == customerId, ct)
            ? OfferErrors.CustomerHasOffers
            : null;
}
