using Lending.Identity.ApiKeys;
using Lending.Identity.Authentication;
using Lending.Identity.Organizations;
using Lending.Identity.SecondFactors;
using Lending.Identity.SingleSignOn;
using Lending.Identity.Terms;
using Lending.Identity.Users;
using Lending.Identity.Users.PermissionGroups;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Data;

/// <summary>Users, organisations and sessions: schema <c>identity</c>.</summary>
internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "identity";

    public DbSet<User> Users => Set<User>();

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<ApprovalTiersChange> ApprovalTiersChanges => Set<ApprovalTiersChange>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<LoginAddress> LoginAddresses => Set<LoginAddress>();

    public DbSet<TotpAuthenticator> TotpAuthenticators => Set<TotpAuthenticator>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<Challenge> Challenges => Set<Challenge>();

    /// <summary>Read and written by <see cref="EncryptedKeyRepository"/>.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<PermissionGroup> PermissionGroups => Set<PermissionGroup>();

    public DbSet<TermsVersion> TermsVersions => Set<TermsVersion>();

    public DbSet<TermsAcceptance> TermsAcceptances => Set<TermsAcceptance>();

    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();

    public DbSet<IdentityProvider> IdentityProviders => Set<IdentityProvider>();

    public DbSet<SignOn> SignOns => Set<SignOn>();

    public DbSet<AccessRevocation> AccessRevocations => Set<AccessRevocation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Trigram indexes make "contains" searches fast.
        modelBuilder.HasPostgresExtension("pg_trgm");
    }
}
