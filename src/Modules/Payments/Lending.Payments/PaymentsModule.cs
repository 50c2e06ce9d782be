using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Payments.Cards;
using Lending.Payments.Collections;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Lending.Payments.Statements;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Payments;

/// <summary>Money at banks: mandates and what is collected by them, payouts to payees, and what banks tell of an account.</summary>
public sealed class PaymentsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<PaymentsDbContext>(PaymentsDbContext.Schema)
            .AddSingleton(new PermissionGrant(PaymentsPermission.Read, Role.Installer, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(PaymentsPermission.Post, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(PaymentsPermission.Release, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(PaymentsPermission.Card, Role.Customer, Role.Admin, Role.Underwriter))
            .AddConstraintError(CreditorConfiguration.OneOfOrganization, Error.ConcurrentChange)
            .AddConstraintError(PaymentReferenceConfiguration.OneOfLoanAccount, Error.ConcurrentChange)
            .AddConstraintError(MandateConfiguration.UniqueReference, PaymentsErrors.ReferenceTaken)
            .AddConstraintError(MandateConfiguration.OneInUse, PaymentsErrors.HasMandate)
            .AddConstraintError(CollectionConfiguration.OneAttempt, Error.ConcurrentChange)
            .AddConstraintError(BankStatementFileConfiguration.OneOfContent, Error.ConcurrentChange)
            .AddConstraintError(BankLineConfiguration.OnePlace, Error.ConcurrentChange)
            .AddConstraintError(PayoutConfiguration.OnceInRuns, PayoutErrors.PaidAlready)
            .AddConstraintError(CardPaymentConfiguration.OneOfRequest, Error.ConcurrentChange)
            .AddConstraintError(CardReturnConfiguration.OneOfRequest, CardErrors.RequestIdTaken)
            .AddCards(environment)
            .AddScoped<CollectionPlan>()
            .AddScoped<CollectionNotices>()
            .AddScoped<LineMatcher>()
            .AddScoped<LineBooking>()
            .AddScoped<StatusReports>()
            .AddScoped<IReversalGuard, SentRefunds>()
            .AddScoped<ILenderAccounts, LenderAccounts>()
            .AddScoped<ICustomerErasure, PaymentErasure>()
            .AddScoped<ICustomerRecords, PaymentRecords>();
}
