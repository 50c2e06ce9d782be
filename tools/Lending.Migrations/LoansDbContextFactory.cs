using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Design;

namespace Lending.Migrations;

internal sealed class LoansDbContextFactory : IDesignTimeDbContextFactory<LoansDbContext>
{
    public LoansDbContext CreateDbContext(string[] args) =>
        new(ModuleDatabaseExtensions.DesignTimeOptions<LoansDbContext>(LoansDbContext.Schema), new Caller(new HttpContextAccessor()));
}
