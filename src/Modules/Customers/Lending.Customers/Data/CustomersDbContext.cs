using Lending.Customers.Consents;
using Lending.Customers.Links;
using Lending.Customers.Profiles;
using Lending.Customers.Retention;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Data;

internal sealed class CustomersDbContext(DbContextOptions<CustomersDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "customers";

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerLink> CustomerLinks => Set<CustomerLink>();

    public DbSet<Erasure> Erasures => Set<Erasure>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<RetentionRule> RetentionRules => Set<RetentionRule>();

    public DbSet<RetentionReport> RetentionReports => Set<RetentionReport>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Trigram indexes make "contains" searches fast.
        modelBuilder.HasPostgresExtension("pg_trgm");
        modelBuilder.Entity<Customer>().HasQueryFilter(CustomerFilter, customer => CustomerScope == null || customer.Id == CustomerScope);
        modelBuilder
            .Entity<Consent>()
            .HasQueryFilter(CustomerFilter, consent => CustomerScope == null || consent.CustomerId == CustomerScope);
        modelBuilder
            .Entity<CustomerLink>()
            .HasQueryFilter(CustomerFilter, link => CustomerScope == null || link.CustomerId == CustomerScope);
    }
}
