using Lending.Customers.Contracts;
using Lending.Disclosures.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Deletes what a customer was given, except for offers that they accepted: it proves that they were informed before there was a contract.</summary>
internal sealed class DisclosureErasure(
    DisclosuresDbContext db,
    IAcceptedOffers accepted,
    IOrganizationDirectory organizations,
    Caller caller
) : ICustomerErasure
{
    public Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) => Task.FromResult<Error?>(null);

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var given = await db
            .Disclosures.Where(disclosure => disclosure.CustomerId == customerId)
            .Select(disclosure => new
            {
                disclosure.Id,
                disclosure.OfferId,
                disclosure.CreatedAt,
            })
            .ToListAsync(ct);
        var bound = new HashSet<Guid>();
        foreach (var offerId in given.Select(disclosure => disclosure.OfferId).Distinct())
        {
            if (await accepted.FindAsync(offerId, ct) is not null)
            {
                bound.Add(offerId);
            }
        }
        var kept = bound.ToArray();
        await db.Disclosures.Where(row => row.CustomerId == customerId && !kept.Contains(row.OfferId)).ExecuteDeleteAsync(ct);
        await db.WithdrawalReminders.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
        var timeZone = (await organizations.GetAsync(caller.OrganizationId, ct)).TimeZone;
        return
        [
            .. given
                .Where(disclosure => bound.Contains(disclosure.OfferId))
                .Select(disclosure =>
                    KeptRecord.FromYearsEnd(
                        "DISCLOSURE",
                        disclosure.Id,
                        "§ 257 HGB, § 147 AO",
                        LocalDay.Of(disclosure.CreatedAt, timeZone),
                        KeptRecord.YearsOfLetters
                    )
                ),
        ];
    }
}
