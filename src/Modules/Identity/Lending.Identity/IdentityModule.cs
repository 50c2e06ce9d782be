using Lending.Identity.ApiKeys;
using Lending.Identity.Authentication;
using Lending.Identity.Bootstrap;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Sandboxes;
using Lending.Identity.SecondFactors;
using Lending.Identity.SingleSignOn;
using Lending.Identity.Terms;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lending.Identity;

/// <summary>Users, organisations, sessions: who somebody is, and what they may do.</summary>
public sealed class IdentityModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IHostEnvironment environment)
    {
        services.AddModuleDbContext<IdentityDbContext>(IdentityDbContext.Schema);
        services.AddConstraintError(UserConfiguration.UniqueUsername, IdentityErrors.UsernameTaken);
        services.AddConstraintError(UserConfiguration.UniqueEmail, IdentityErrors.EmailTaken);
        services.AddConstraintError(UserConfiguration.UniqueCustomer, IdentityErrors.CustomerHasAccount);
        services.AddConstraintError(ApprovalTiersChangeConfiguration.OneOpen, IdentityErrors.ProposalOpen);
        services.AddConstraintError(PasskeyConfiguration.UniqueCredential, IdentityErrors.PasskeyRegistered);

        services.AddConstraintError(UserConfiguration.ExistingGroup, IdentityErrors.GroupInUse);
        services.AddConstraintError(PermissionGroupConfiguration.UniqueName, IdentityErrors.GroupNameTaken);
        services.AddConstraintError(TermsVersionConfiguration.UniqueNumber, TermsErrors.TermsPublished);

        services.AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.AddIdentityCore<User>().AddUserStore<UserStore>();
        // OWASP's advice for PBKDF2 with HMAC-SHA512, which ASP.NET Core Identity uses.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<DecoyHash>();
        services
            .AddOptions<LoginLockoutOptions>()
            .BindConfiguration(LoginLockoutOptions.Section)
            .PostConfigure(limits => limits.FailuresPerAddress ??= environment.IsDevelopment() ? 100_000 : 100)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddScoped<ClientOfRequest>();
        services.AddScoped<Attempts>();
        services.AddSingleton<LoginMetrics>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<AccountTokens>();
        services.AddScoped<AccountMail>();
        services.AddScoped<ProfileChange>();
        services.AddScoped<EmailOwners>();
        services.AddScoped<StaffAccounts>();
        AddSecondFactors(services, environment);

        services.AddSingleton(
            new PermissionGrant(IdentityPermission.OwnAccount, Role.Customer, Role.Installer, Role.Admin, Role.Underwriter)
        );
        services.AddSingleton(
            new PermissionGrant(Caller.WholeOrganizationPermission, Role.Installer, Role.Admin, Role.Underwriter) { Keys = KeyGrant.All }
        );
        services.AddSingleton(new PermissionGrant(IdentityPermission.InstallersCreate, Role.Installer, Role.Admin));
        services.AddSingleton(new PermissionGrant(IdentityPermission.UsersManage, Role.Admin));
        services.AddSingleton(new PermissionGrant(IdentityPermission.ApiKeysManage, Role.Admin));
        services.AddSingleton(new PermissionGrant(IdentityPermission.OrganizationSettings, Role.Admin));
        services.AddSingleton(new PermissionGrant(IdentityPermission.SandboxManage, Role.Admin) { Keys = KeyGrant.Sandbox });
        services.AddSingleton(new PermissionGrant(IdentityPermission.OrganizationsManage) { IsForPlatform = true });
        services.AddSingleton(new PermissionGrant(IdentityPermission.EventsManage) { IsForPlatform = true });
        services.AddSingleton<RolePermissions>();

        services.AddSingleton<AccessTokenIssuer>();
        services.AddScoped<Sessions>();
        services.AddScoped<NewDeviceNotice>();
        services.AddSingleton<AccessRevocationSnapshots>();
        services.AddSingleton<IAccessRevocations>(provider => provider.GetRequiredService<AccessRevocationSnapshots>());
        services.AddSingleton<IOrganizationGates, OrganizationGates>();

        services.AddSingleton<ApiKeyScopes>();
        services.AddSingleton<ApiKeyUsage>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUsage>());
        services.AddSingleton<IApiKeys, ApiKeyChecks>();
        services.AddConstraintError(OrganizationConfiguration.OneSandbox, Error.ConcurrentChange);
        services.AddSingleton<ISandboxDirectory, SandboxDirectory>();

        services.AddSingleton<ClientSecrets>();
        services.AddOidcClient();
        services.AddConstraintError(EmailDomainConfiguration.UniqueDomain, SignOnErrors.DomainTaken);

        services.AddMemoryCache();
        services.AddScoped<IOrganizationDirectory, OrganizationDirectory>();
        services.AddScoped<IMessageSenders, MessageSenders>();
        services.AddScoped<IStaffDirectory, StaffDirectory>();
        services.AddScoped<IMessageStaff, MessageStaff>();
        services.AddScoped<ICustomerAccounts, CustomerAccounts>();
        services.AddScoped<ICustomerRecords, AccountRecords>();
        services.AddScoped<IOldRecords, OldLogins>();

        services.AddOptions<BootstrapOptions>().BindConfiguration(BootstrapOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<IDatabasePreparation, FirstAdministrator>();
        services.AddScoped<IAdministratorRecovery, AdministratorRecovery>();
    }

    private static void AddSecondFactors(IServiceCollection services, IHostEnvironment environment)
    {
        services
            .AddOptions<SecondFactorOptions>()
            .BindConfiguration(SecondFactorOptions.Section)
            .PostConfigure(settings => settings.RequiredRoles ??= environment.IsDevelopment() ? [] : ["ADMIN", "UNDERWRITER"])
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddDataProtection().SetApplicationName("lending");
        services.AddSingleton<EncryptedKeyRepository>();
        services
            .AddOptions<KeyManagementOptions>()
            // The repository encrypts, so nothing has to do it before; without an encryptor, Data Protection warns that nobody does.
            .Configure<EncryptedKeyRepository>(
                (keys, repository) => (keys.XmlRepository, keys.XmlEncryptor) = (repository, new NullXmlEncryptor())
            );
        services.AddSingleton<TotpCodes>();
        services.AddScoped<IDatabasePreparation, OldTotpSecrets>();
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicUrl>(RelyingParty.Configure);
        services.AddScoped<SecondFactorCheck>();
        services.AddScoped<Challenges>();
        services.AddScoped<PasskeyChallenges>();
        services.AddScoped<OwnFactors>();
        services.AddScoped<OwnProof>();
    }
}
