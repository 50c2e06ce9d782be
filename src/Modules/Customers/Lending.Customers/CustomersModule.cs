using Lending.Customers.Consents;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Customers.Links;
using Lending.Customers.Profiles;
using Lending.Customers.Retention;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Customers;

/// <summary>The customers of an organisation: their profiles, and the way to their login accounts.</summary>
public sealed class CustomersModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<CustomersDbContext>(CustomersDbContext.Schema);
        services.AddConstraintError(CustomerConfiguration.UniqueEmail, CustomerErrors.EmailTaken);
        services.AddSingleton(
            new PermissionGrant(CustomersPermission.CustomersRead, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
            {
                Keys = KeyGrant.All,
            }
        );
        services.AddSingleton(new PermissionGrant(CustomersPermission.CustomersWrite, Role.Installer, Role.Admin) { Keys = KeyGrant.All });
        services.AddSingleton(new PermissionGrant(CustomersPermission.CustomersExport, Role.Customer, Role.Admin));
        services.AddSingleton(new PermissionGrant(CustomersPermission.CustomersErase, Role.Admin));
        services.AddSingleton(new PermissionGrant(CustomersPermission.CustomersAssign, Role.Admin));
        services.AddSingleton(new PermissionGrant(CustomersPermission.RetentionManage, Role.Admin));
        services.AddSingleton(new PermissionGrant(CustomersPermission.ConsentsWrite, Role.Customer, Role.Installer, Role.Admin));
        services.AddConstraintError(ConsentConfiguration.OneForAPurpose, Error.ConcurrentChange);
        services.AddConstraintError(RetentionRuleConfiguration.OneForRecords, Error.ConcurrentChange);
        services.AddScoped<ConsentLedger>();
        services.AddScoped<ICustomerRecords, ConsentRecords>();
        services.AddScoped<ICustomerRecords, LinkRecords>();
        services.AddScoped<ICustomerErasure, ConsentErasure>();
        services.AddScoped<IOldRecords, OldCustomers>();
        services.AddScoped<IOldRecords, OldErasures>();
        services.AddScoped<IOldRecords, OldConsents>();
        services.AddSingleton<RetentionRun>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionRun>());
        services.AddScoped<ProfileWriter>();
        services.AddScoped<CustomerRemoval>();
        services.AddScoped<ICustomerDirectory, CustomerDirectory>();
        services.AddScoped<IMessageRecipients, MessageRecipients>();
        services.AddScoped<ICustomerLinks, CustomerLinks>();
    }
}
