using System.Collections.Concurrent;
using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;

namespace Lending.Applications.Tests;

/// <summary>What the module's neighbours know because a test said so.</summary>
internal sealed class FakeNeighbours : IOrganizationDirectory, IMessageSenders
{
    public ConcurrentDictionary<Guid, (Guid OrganizationId, CustomerSummary Customer)> Customers { get; } = new();

    public ConcurrentDictionary<Guid, (Guid OrganizationId, KnownDocument Document)> Documents { get; } = new();

    public ConcurrentDictionary<Guid, (Guid OrganizationId, GuardedOffer Offer)> Offers { get; } = new();

    public ConcurrentDictionary<Guid, (Guid OrganizationId, Role Role, StaffMember Member)> Staff { get; } = new();

    /// <summary>Which documents customers were asked for.</summary>
    public ConcurrentDictionary<Guid, (Guid OrganizationId, Guid CustomerId, DocumentKind Kind, int Count)> Asked { get; } = new();

    /// <summary>For which of these requests all documents are approved.</summary>
    public ConcurrentDictionary<Guid, bool> Brought { get; } = new();

    public ConcurrentDictionary<Guid, bool> Germans { get; } = new();

    public ConcurrentDictionary<Guid, string> Currencies { get; } = new();

    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(
            new OrganizationSummary(
                organizationId,
                "Sonne & Dach",
                Currencies.GetValueOrDefault(organizationId, "EUR"),
                "Europe/Berlin",
                ApprovalTier.Default
            )
        );

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => GetAsync(organizationId, ct).AsTask();

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();

    Task<MessageSender> IMessageSenders.GetAsync(Guid organizationId, CancellationToken ct) =>
        Task.FromResult(new MessageSender("Sonne & Dach", Germans.ContainsKey(organizationId) ? "de" : "en", "Europe/Berlin"));

    /// <summary>The documents as a request finds them: of the caller's organisation.</summary>
    internal sealed class DocumentDirectory(FakeNeighbours fake, Caller caller) : IDocumentDirectory
    {
        public Task<IReadOnlyList<KnownDocument>> FindAsync(IReadOnlyCollection<Guid> documentIds, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<KnownDocument>>([
                .. fake
                    .Documents.Values.Where(known =>
                        documentIds.Contains(known.Document.Id) && known.OrganizationId == caller.OrganizationId
                    )
                    .Select(known => known.Document),
            ]);
    }

    /// <summary>Asks for documents in the caller's transaction.</summary>
    internal sealed class DocumentRequests(FakeNeighbours fake, Caller caller, Transactions transactions) : IDocumentRequests
    {
        public Task<Guid?> AskAsync(Guid customerId, DocumentKind kind, int count, string? note, CancellationToken ct)
        {
            transactions.IsOpen.ShouldBeTrue();
            var id = Unique.Id();
            fake.Asked[id] = (caller.OrganizationId, customerId, kind, count);
            return Task.FromResult<Guid?>(id);
        }

        public Task<bool> AreApprovedAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
            Task.FromResult(requestIds.All(fake.Brought.ContainsKey));
    }

    /// <summary>Those who work for the caller's organisation.</summary>
    internal sealed class StaffDirectory(FakeNeighbours fake, Caller caller) : IStaffDirectory
    {
        private IEnumerable<(Guid OrganizationId, Role Role, StaffMember Member)> All =>
            fake.Staff.Values.Where(known => known.OrganizationId == caller.OrganizationId);

        public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<StaffMember>>([.. All.Where(known => known.Role == role).Select(known => known.Member)]);

        public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
            Task.FromResult(All.Select(known => known.Member).FirstOrDefault(member => member.Id == userId)?.Email);
    }

    /// <summary>The offers as a request finds them: of the caller's organisation.</summary>
    internal sealed class OfferedCredits(FakeNeighbours fake, Caller caller) : IOfferedCredits
    {
        public Task<OfferedCredit?> FindAsync(Guid offerId, CancellationToken ct) =>
            Task.FromResult(
                fake.Offers.TryGetValue(offerId, out var known) && known.OrganizationId == caller.OrganizationId ? Of(known.Offer) : null
            );

        public Task<OfferedCredit?> GiveAsync(Guid offerId, CancellationToken ct) => throw new NotSupportedException();

        private static OfferedCredit Of(GuardedOffer offer) =>
            new()
            {
                OfferId = offer.Id,
                Version = 1,
                DocumentHash = offer.DocumentHash,
                CustomerId = offer.CustomerId,
                Lender = "Sonne & Dach",
                IsOpen = true,
                ValidUntil = null,
                WithdrawalEndsAt = null,
                Currency = offer.Currency,
                AmountOfCredit = offer.AmountOfCredit,
                UpfrontFee = 0,
                FinancedFee = 0,
                MonthlyFee = 1,
                DealerFee = 0,
                TotalCostOfCredit = 0,
                TotalPayable = 0,
                AprcPercent = null,
                AnnualRatePercent = 0,
                LaterRates = [],
                PayoutOn = default,
                DailyInterest = 0,
                Instalments = [new(default, offer.MonthlyInstalment - 1, Principal: 0, Interest: 0, Balance: 0)],
            };
    }

    /// <summary>The customers as a request finds them: of the caller's organisation, and customers themselves alone.</summary>
    internal sealed class Directory(FakeNeighbours fake, Caller caller, Transactions transactions) : ICustomerDirectory
    {
        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
        {
            // Outside a transaction the real one could not keep the customer from being deleted.
            transactions.IsOpen.ShouldBeTrue();
            return Task.FromResult(
                fake.Customers.TryGetValue(customerId, out var known)
                && known.OrganizationId == caller.OrganizationId
                && (caller.CustomerScope is null || caller.CustomerScope == customerId)
                    ? known.Customer
                    : null
            );
        }
    }
}
