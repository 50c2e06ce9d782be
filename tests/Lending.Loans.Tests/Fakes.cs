using System.Collections.Concurrent;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Loans.Tests;

/// <summary>Customers who exist because a test said so.</summary>
internal sealed class FakeCustomers
{
    private readonly ConcurrentDictionary<Guid, CustomerSummary> customers = new();

    public void Put(CustomerSummary customer) => customers[customer.Id] = customer;

    /// <summary>The customers as a request finds them.</summary>
    public sealed class Directory(FakeCustomers fake, Transactions transactions) : ICustomerDirectory
    {
        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
        {
            // Outside a transaction the real one could not keep the customer from being deleted.
            transactions.IsOpen.ShouldBeTrue();
            return Task.FromResult(fake.customers.GetValueOrDefault(customerId));
        }
    }
}

/// <summary>Staff who have an e-mail because a test said so.</summary>
internal sealed class FakeStaff : IStaffDirectory
{
    public ConcurrentDictionary<Guid, string> Emails { get; } = new();

    public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => Task.FromResult(Emails.ContainsKey(userId));

    public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) => Task.FromResult(Emails.GetValueOrDefault(userId));

    public Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
        throw new NotSupportedException("Nothing in this module tells all of them.");
}

/// <summary>Organisations that exist because a test said so.</summary>
internal sealed class FakeOrganizations : IOrganizationDirectory
{
    private readonly ConcurrentDictionary<Guid, OrganizationSummary> organizations = new();

    public void Put(OrganizationSummary organization) => organizations[organization.Id] = organization;

    /// <summary>As out of a cache that has not heard of what was decided since: whatever rests on that has to be read.</summary>
    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(
            organizations[organizationId] with
            {
                ApprovalTiers = ApprovalTier.Default,
                AllowPayoutBeforeWithdrawalEnds = false,
                AcceptanceNeedsCode = false,
            }
        );

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => Task.FromResult(organizations[organizationId]);

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>What customers were given beside their offers, as a test says.</summary>
internal sealed class FakeInformation : IGivenInformation
{
    /// <summary>By the hash of the offer's version.</summary>
    public ConcurrentDictionary<string, GivenInformation> Given { get; } = new(StringComparer.Ordinal);

    public Task<GivenInformation?> FindAsync(Guid offerId, string documentHash, CancellationToken ct) =>
        Task.FromResult(Given.GetValueOrDefault(documentHash));
}

/// <summary>Guards of other modules, which object to what a test says.</summary>
internal sealed class FakeGuards
{
    /// <summary>By offer, what is objected to its approval.</summary>
    public ConcurrentDictionary<Guid, Error> ToApproval { get; } = new();

    /// <summary>By offer, what is objected to its acceptance.</summary>
    public ConcurrentDictionary<Guid, Error> ToAcceptance { get; } = new();

    /// <summary>Who was asked about which offer of which organisation.</summary>
    public ConcurrentQueue<(Type Guard, Guid OrganizationId, GuardedOffer Offer)> Asked { get; } = new();

    public sealed class OfApproval(FakeGuards fake, Transactions transactions, Caller caller) : IOfferApprovalGuard
    {
        public Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
        {
            // Else the answer could be wrong by the time of the commit.
            transactions.IsOpen.ShouldBeTrue();
            fake.Asked.Enqueue((typeof(OfApproval), caller.OrganizationId, offer));
            return Task.FromResult(fake.ToApproval.GetValueOrDefault(offer.Id));
        }
    }

    public sealed class OfAcceptance(FakeGuards fake, Transactions transactions, Caller caller) : IAcceptanceGuard
    {
        public Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct)
        {
            transactions.IsOpen.ShouldBeTrue();
            fake.Asked.Enqueue((typeof(OfAcceptance), caller.OrganizationId, offer));
            return Task.FromResult(fake.ToAcceptance.GetValueOrDefault(offer.Id));
        }
    }

    /// <summary>Told of new terms.</summary>
    public sealed class OfChanges(FakeGuards fake, Transactions transactions, Caller caller) : IChangedOffers
    {
        public Task FollowAsync(GuardedOffer offer, CancellationToken ct)
        {
            transactions.IsOpen.ShouldBeTrue();
            fake.Asked.Enqueue((typeof(OfChanges), caller.OrganizationId, offer));
            return Task.CompletedTask;
        }
    }

    /// <summary>Stands before the other one, and never objects: one that does not must not speak for the rest.</summary>
    public sealed class Silent : IAcceptanceGuard
    {
        public Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct) => Task.FromResult<Error?>(null);
    }
}
