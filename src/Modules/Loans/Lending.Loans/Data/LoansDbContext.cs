using Lending.Loans.Offers;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Data;

/// <summary>The module's schema. Customers see what is theirs; staff see the whole organisation.</summary>
internal sealed class LoansDbContext(DbContextOptions<LoansDbContext> options, Caller caller)
    : ModuleDbContext(options, caller, Schema),
        IHasOutbox
{
    public const string Schema = "loans";

    /// <summary>The name of the query filter that keeps customers apart.</summary>
    public const string CustomerFilter = "customer";

    public DbSet<LoanOffer> Offers => Set<LoanOffer>();

    public DbSet<OfferTransition> OfferTransitions => Set<OfferTransition>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<LoanOffer>()
            .HasQueryFilter(CustomerFilter, offer => CustomerScope == null || offer.Customer.Id == CustomerScope);
        modelBuilder
            .Entity<OfferTransition>()
            .HasQueryFilter(CustomerFilter, transition => CustomerScope == null || transition.Offer.Customer.Id == CustomerScope);
    }
}
