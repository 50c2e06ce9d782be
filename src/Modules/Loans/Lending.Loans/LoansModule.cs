using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Versions;
using Lending.Loans.Products;
using Lending.Loans.Quotes;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Loans;

/// <summary>Loan products, quotes, and offers: their figures, their decisions and their history.</summary>
public sealed class LoansModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<LoansDbContext>(LoansDbContext.Schema)
            .AddSingleton(
                new PermissionGrant(LoansPermission.OffersRead, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
                {
                    Keys = KeyGrant.All,
                }
            )
            .AddSingleton(new PermissionGrant(LoansPermission.OffersWrite, Role.Installer, Role.Admin) { Keys = KeyGrant.All })
            .AddSingleton(
                new PermissionGrant(LoansPermission.OffersDecide, Role.Installer, Role.Admin, Role.Underwriter) { Keys = KeyGrant.Sandbox }
            )
            .AddSingleton(new PermissionGrant(LoansPermission.OffersDisburse, Role.Admin, Role.Underwriter) { Keys = KeyGrant.Sandbox })
            .AddSingleton(new PermissionGrant(LoansPermission.OffersUnderwrite, Role.Underwriter))
            .AddSingleton(new PermissionGrant(LoansPermission.OffersAccept, Role.Customer))
            .AddSingleton(
                new PermissionGrant(LoansPermission.OffersComment, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
                {
                    Keys = KeyGrant.All,
                }
            )
            .AddSingleton(
                new PermissionGrant(LoansPermission.ProductsRead, Role.Installer, Role.Admin, Role.Underwriter) { Keys = KeyGrant.All }
            )
            .AddSingleton(new PermissionGrant(LoansPermission.ProductsWrite, Role.Admin))
            .AddScoped<OfferRemoval>()
            .AddScoped<OfferSteps>()
            .AddScoped<OfferMessages>()
            .AddScoped<OfferGuards>()
            .AddScoped<SeenMarks>()
            .AddScoped<VersionReader>()
            .AddScoped<CustomerVoice>()
            .AddScoped<CustomerAnswers>()
            .AddScoped<MailedCodes>()
            .AddScoped<EvidenceReader>()
            .AddScoped<AcceptanceReceipts>()
            .AddScoped<IIssuedDocuments, IssuedDocuments>()
            .AddHostedService<OfferDeadlines>()
            .AddSingleton(OfferFigures.ByStatus)
            .AddSingleton<QuoteMetrics>()
            .AddScoped<IDatabasePreparation, MissingDocumentHashes>()
            .AddConstraintError(OfferLinkConfiguration.OneLinkThatWorks, Error.ConcurrentChange)
            .AddConstraintError(OfferViewConfiguration.OfOffer, OfferErrors.Seen)
            .AddConstraintError(LoanProductConfiguration.UniqueName, ProductErrors.NameTaken)
            .AddConstraintError(LoanOfferConfiguration.MadeWith, ProductErrors.InUse)
            .AddConstraintError(ProductVersionConfiguration.UniqueNumber, Error.ConcurrentChange)
            .AddScoped<IAcceptedOffers, AcceptedOffers>()
            .AddScoped<IOfferedCredits, OfferedCredits>()
            .AddScoped<ILinkedOffers, LinkedOffers>()
            .AddScoped<IWithdrawalLinks, WithdrawalLinks>()
            .AddScoped<ICustomerDeletionGuard, CustomerDeletionGuard>()
            .AddScoped<ICustomerErasure, OfferErasure>()
            .AddScoped<ICustomerRecords, OfferRecords>()
            .AddScoped<IOldRecords, OldClosedOffers>()
            .AddScoped<IOldRecords, OldWithdrawnOffers>();
}
