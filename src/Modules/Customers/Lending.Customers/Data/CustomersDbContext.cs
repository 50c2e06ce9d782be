using Lending.Customers.Profiles;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Data;

internal sealed class CustomersDbContext(DbContextOptions<CustomersDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "customers";

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Erasure> Erasures => Set<Erasure>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Trigram indexes make "contains" searches fast.
        modelBuilder.HasPostgresExtension("pg_trgm");
        modelBuilder.Entity<Customer>().HasQueryFilter(CustomerFilter, customer => CustomerScope == null || customer.Id == CustomerScope);
    }
}
