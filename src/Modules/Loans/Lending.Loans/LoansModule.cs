using Lending.Customers.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Loans;

/// <summary>Loan products, quotes, and offers: their figures, their decisions and their history.</summary>
public sealed class LoansModule : IModule
{
    /// <inheritdoc />
    public string Name => LoansDbContext.Schema;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<LoansDbContext>(LoansDbContext.Schema)
            .AddScoped<OfferSteps>()
            .AddScoped<SeenMarks>()
            .AddScoped<VersionReader>()
            .AddScoped<CustomerVoice>()
            .AddHostedService<OfferDeadlines>()
            .AddConstraintError(OfferLinkConfiguration.OneLinkThatWorks, OfferErrors.ConcurrentChange)
            .AddConstraintError(OfferCommentConfiguration.OfferMustExist, OfferErrors.ConcurrentChange)
            .AddConstraintError(LoanProductConfiguration.UniqueName, ProductErrors.NameTaken)
            .AddConstraintError(LoanOfferConfiguration.MadeWith, ProductErrors.InUse)
            .AddConstraintError(ProductVersionConfiguration.UniqueNumber, ProductErrors.ConcurrentChange)
            .AddConstraintError(ProductVersionConfiguration.OfProduct, ProductErrors.ConcurrentChange)
            .AddScoped<ICustomerDeletionGuard, CustomerDeletionGuard>();
}
