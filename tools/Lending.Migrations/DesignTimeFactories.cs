using Lending.Customers.Data;
using Lending.Identity.Data;
using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Design;

namespace Lending.Migrations;

// A new migration, from the repository's root (after `dotnet tool restore`):
// dotnet ef migrations add NAME --project src/Modules/Identity/Lending.Identity --startup-project tools/Lending.Migrations
//     --context IdentityDbContext --output-dir Data/Migrations
// then make the class internal, as all of a module is but the module itself.
internal sealed class IdentityDbContextFactory : IDesignTimeDbContextFactory<IdentityDbContext>
{
    public IdentityDbContext CreateDbContext(string[] args) =>
        new(ModuleDatabaseExtensions.DesignTimeOptions<IdentityDbContext>(IdentityDbContext.Schema));
}

internal sealed class CustomersDbContextFactory : IDesignTimeDbContextFactory<CustomersDbContext>
{
    public CustomersDbContext CreateDbContext(string[] args) =>
        new(ModuleDatabaseExtensions.DesignTimeOptions<CustomersDbContext>(CustomersDbContext.Schema));
}

internal sealed class LoansDbContextFactory : IDesignTimeDbContextFactory<LoansDbContext>
{
    public LoansDbContext CreateDbContext(string[] args) =>
        new(ModuleDatabaseExtensions.DesignTimeOptions<LoansDbContext>(LoansDbContext.Schema));
}
