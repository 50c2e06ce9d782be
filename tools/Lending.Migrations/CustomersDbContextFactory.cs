using Lending.Customers.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Design;

namespace Lending.Migrations;

internal sealed class CustomersDbContextFactory : IDesignTimeDbContextFactory<CustomersDbContext>
{
    public CustomersDbContext CreateDbContext(string[] args) =>
        new(
            ModuleDatabaseExtensions.DesignTimeOptions<CustomersDbContext>(CustomersDbContext.Schema),
            new Caller(new HttpContextAccessor())
        );
}
