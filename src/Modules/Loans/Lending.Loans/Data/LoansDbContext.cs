using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Comments;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Data;

/// <summary>The module's schema. Customers see what is theirs; staff see the whole organisation.</summary>
internal sealed class LoansDbContext(DbContextOptions<LoansDbContext> options) : ModuleDbContext(options, Schema), IHasOutbox
{
    public const string Schema = "loans";

    public DbSet<LoanOffer> Offers => Set<LoanOffer>();

    public DbSet<OfferTransition> OfferTransitions => Set<OfferTransition>();

    public DbSet<OfferVersion> OfferVersions => Set<OfferVersion>();

    public DbSet<OfferView> OfferViews => Set<OfferView>();

    public DbSet<OfferAcceptance> OfferAcceptances => Set<OfferAcceptance>();

    public DbSet<OfferLink> OfferLinks => Set<OfferLink>();

    public DbSet<AccountCode> AccountCodes => Set<AccountCode>();

    public DbSet<OfferReceipt> OfferReceipts => Set<OfferReceipt>();

    public DbSet<OfferComment> OfferComments => Set<OfferComment>();

    public DbSet<LoanProduct> Products => Set<LoanProduct>();

    public DbSet<ProductVersion> ProductVersions => Set<ProductVersion>();

    /// <summary>Each product's current version.</summary>
    public IQueryable<ProductVersion> CurrentProductVersions =>
        ProductVersions.Where(version => version.Number == version.Product.CurrentVersion);

    /// <summary>A version of a product to make something with: the current one, or one with this number.</summary>
    public Task<UsableProduct?> FindUsableProductAsync(Guid productId, CancellationToken ct, int? number = null) =>
        ProductVersions
            .Where(version => version.ProductId == productId && version.Number == (number ?? version.Product.CurrentVersion))
            .Select(UsableProduct.Projection)
            .SingleOrDefaultAsync(ct);

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
        // An offer may have been another customer's before: what was meant for them stays theirs.
        modelBuilder
            .Entity<OfferVersion>()
            .HasQueryFilter(
                CustomerFilter,
                version => CustomerScope == null || (version.CustomerId == CustomerScope && version.Offer.Customer.Id == CustomerScope)
            );
        modelBuilder
            .Entity<OfferComment>()
            .HasQueryFilter(
                CustomerFilter,
                comment =>
                    CustomerScope == null
                    || (
                        comment.Visibility == CommentVisibility.Customer
                        && comment.CustomerId == CustomerScope
                        && comment.Offer.Customer.Id == CustomerScope
                    )
            );
        modelBuilder
            .Entity<OfferView>()
            .HasQueryFilter(CustomerFilter, view => CustomerScope == null || view.Offer.Customer.Id == CustomerScope);
        modelBuilder
            .Entity<OfferAcceptance>()
            .HasQueryFilter(CustomerFilter, acceptance => CustomerScope == null || acceptance.Offer.Customer.Id == CustomerScope);
        modelBuilder
            .Entity<OfferReceipt>()
            .HasQueryFilter(CustomerFilter, receipt => CustomerScope == null || receipt.Offer.Customer.Id == CustomerScope);
        modelBuilder
            .Entity<AccountCode>()
            .HasQueryFilter(CustomerFilter, code => CustomerScope == null || code.Offer.Customer.Id == CustomerScope);
        modelBuilder
            .Entity<OfferLink>()
            .HasQueryFilter(CustomerFilter, link => CustomerScope == null || link.Offer.Customer.Id == CustomerScope);
    }
}
