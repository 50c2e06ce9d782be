using Lending.Identity.Organizations;
using Lending.Identity.SingleSignOn;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class IdentityProviderConfiguration : IEntityTypeConfiguration<IdentityProvider>
{
    public void Configure(EntityTypeBuilder<IdentityProvider> provider)
    {
        provider.ToTable(table => table.HasCheckConstraint("ck_identity_providers_authority", "authority ~ '^https?://'"));
        provider.HasKey(row => row.OrganizationId);
        provider.Property(row => row.OrganizationId).ValueGeneratedNever();
        provider.Property(row => row.Authority).HasMaxLength(IdentityProvider.MaximumAuthorityLength);
        provider.Property(row => row.ClientId).HasMaxLength(IdentityProvider.MaximumClientLength);
        provider
            .HasOne<Organization>()
            .WithOne()
            .HasForeignKey<IdentityProvider>(row => row.OrganizationId)
            .OnDelete(DeleteBehavior.Cascade);
        provider.HasMany(row => row.Domains).WithOne().HasForeignKey(domain => domain.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        provider.Navigation(row => row.Domains).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class EmailDomainConfiguration : IEntityTypeConfiguration<EmailDomain>
{
    /// <summary>A domain belongs to one organisation.</summary>
    public const string UniqueDomain = "pk_email_domains";

    public void Configure(EntityTypeBuilder<EmailDomain> domain)
    {
        domain.ToTable("email_domains", table => table.HasCheckConstraint("ck_email_domains_name", "name = lower(name) AND name <> ''"));
        domain.HasKey(row => row.Name).HasName(UniqueDomain);
        domain.Property(row => row.Name).HasMaxLength(EmailDomain.MaximumLength);
    }
}

internal sealed class SignOnConfiguration : IEntityTypeConfiguration<SignOn>
{
    public void Configure(EntityTypeBuilder<SignOn> signOn)
    {
        signOn.ToTable(
            "sign_ons",
            table =>
                table.HasCheckConstraint(
                    "ck_sign_ons_hashes",
                    $"length(state_hash) = {Secret.HashBytes} AND length(login_token_hash) = {Secret.HashBytes}"
                )
        );
        signOn.HasKey(row => row.StateHash);
        signOn.Property(row => row.StateHash).HasMaxLength(Secret.HashBytes);
        signOn.Property(row => row.LoginTokenHash).HasMaxLength(Secret.HashBytes);
        signOn.Property(row => row.Nonce).HasMaxLength(Secret.Length);
        signOn.Property(row => row.CodeVerifier).HasMaxLength(Secret.Length);
        signOn.HasOne<IdentityProvider>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        signOn.HasIndex(row => row.ExpiresAt);
    }
}
