using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Days;
using Lending.Servicing.Dunning;
using Lending.Servicing.LedgerExports;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Papers;
using Lending.Servicing.Rates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Servicing;

/// <summary>Accepted loans from the acceptance to the last cent: what happened, the books that follow from it, and what is owed.</summary>
public sealed class ServicingModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<ServicingDbContext>(ServicingDbContext.Schema)
            .AddSingleton(
                new PermissionGrant(ServicingPermission.Read, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
                {
                    Keys = KeyGrant.Sandbox,
                }
            )
            .AddSingleton(new PermissionGrant(ServicingPermission.Post, Role.Admin, Role.Underwriter) { Keys = KeyGrant.Sandbox })
            .AddSingleton(new PermissionGrant(ServicingPermission.Payout, Role.Admin, Role.Underwriter) { Keys = KeyGrant.Sandbox })
            .AddSingleton(new PermissionGrant(ServicingPermission.WriteOff, Role.Admin))
            .AddScoped<LoanRecorder>()
            .AddScoped<LoanStates>()
            .AddScoped<ILoanPayments, LoanPayments>()
            .AddScoped<ILoanPayouts, LoanPayouts>()
            .AddHostedService<DayRun>()
            .AddSingleton(new PermissionGrant(ServicingPermission.Ledger, Role.Admin))
            .AddScoped<JournalReader>()
            .AddScoped<PartiesReader>()
            .AddSingleton(new PermissionGrant(ServicingPermission.BaseRates) { IsForPlatform = true })
            .AddSingleton<KnownBaseRates>()
            .AddSingleton<DunningStops>()
            .AddSingleton(BaseRateFigures.DaysLeft)
            .AddConstraintError(BaseRateConfiguration.OneForHalfYear, Error.ConcurrentChange)
            .AddConstraintError(DunningPolicyConfiguration.OneForOrganization, Error.ConcurrentChange)
            .AddConstraintError(DunningLetterConfiguration.UniqueId, DunningErrors.LetterIdTaken)
            .AddConstraintError(ForbearanceOfferConfiguration.UniqueId, DunningErrors.OfferIdTaken)
            .AddEventHandler<LoanOfferAccepted, AccountOpening>()
            .AddEventHandler<LoanOfferDisbursed, AccountOpening>()
            .AddEventHandler<LoanOfferWithdrawn, AccountOpening>()
            .AddConstraintError(LoanEventConfiguration.UniqueId, ServicingErrors.EventIdTaken)
            .AddConstraintError(DisbursementConfiguration.UniqueId, ServicingErrors.EventIdTaken)
            .AddConstraintError(LoanStandingConfiguration.UniqueAccount, Error.ConcurrentChange)
            .AddConstraintError(LoanEventConfiguration.UniqueNumber, Error.ConcurrentChange)
            .AddConstraintError(LoanEventConfiguration.ReversedOnce, ServicingErrors.ReversedAlready)
            .AddConstraintError(LedgerSettingsConfiguration.OneForOrganization, Error.ConcurrentChange)
            .AddConstraintError(ClosedPeriodConfiguration.PostedAfterClosing, Error.ConcurrentChange)
            .AddScoped<ICustomerErasure, AccountErasure>()
            .AddScoped<ICustomerRecords, AccountRecords>();
}
