using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Kernel;
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
        services.AddScoped<ProfileWriter>();
        services.AddScoped<CustomerRemoval>();
        services.AddScoped<ICustomerDirectory, CustomerDirectory>();
    }
}
