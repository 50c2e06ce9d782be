using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Disclosures.Data;
using Lending.Disclosures.Disclosures;
using Lending.Disclosures.Form;
using Lending.Disclosures.Reminders;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Disclosures;

/// <summary>The information that customers are given before they accept an offer: its forms, when and how each was given, and reminders of the right to withdraw.</summary>
public sealed class DisclosuresModule : IModule
{
    /// <summary>The SHA-256 of the only style of the module's pages, for the host's Content-Security-Policy.</summary>
    public static string PageStyleHash => FormHtml.StyleHash;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment) =>
        services
            .AddModuleDbContext<DisclosuresDbContext>(DisclosuresDbContext.Schema)
            .AddSingleton(new PermissionGrant(DisclosuresPermission.Read, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter))
            .AddSingleton(new PermissionGrant(DisclosuresPermission.Issue, Role.Installer, Role.Admin))
            .AddSingleton(new PermissionGrant(DisclosuresPermission.Settings, Role.Admin))
            .AddConstraintError(DisclosureSettingsConfiguration.OneForEach, Error.ConcurrentChange)
            .AddScoped<FormDeliveries>()
            .AddScoped<IAcceptanceGuard, AcceptanceGuard>()
            .AddScoped<IGivenForms, GivenForms>()
            .AddScoped<IGivenInformation, GivenForms>()
            .AddScoped<IIssuedDocuments, IssuedForms>()
            .AddScoped<ILetterheads, Letterheads>()
            .AddEventHandler<LoanOfferAccepted, ReminderPlan>()
            .AddEventHandler<LoanOfferWithdrawn, ReminderPlan>()
            .AddHostedService<WithdrawalReminders>()
            .AddScoped<ICustomerErasure, DisclosureErasure>()
            .AddScoped<ICustomerRecords, DisclosureRecords>();
}
