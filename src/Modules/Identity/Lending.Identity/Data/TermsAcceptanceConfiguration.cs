using Lending.Identity.Terms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class TermsAcceptanceConfiguration : IEntityTypeConfiguration<TermsAcceptance>
{
    public void Configure(EntityTypeBuilder<TermsAcceptance> acceptance)
    {
        acceptance.ToTable("terms_acceptances");
        acceptance.Property(row => row.Id).ValueGeneratedNever();
        acceptance.Property(row => row.Kind).IsTermsKind();
        acceptance.Property(row => row.Language).HasMaxLength(2);
        acceptance.HasOne(row => row.User).WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        // With the organisation, so that nobody accepts another one's; and what was accepted cannot be deleted.
        acceptance
            .HasOne<TermsVersion>()
            .WithMany()
            .HasForeignKey(row => new
            {
                row.OrganizationId,
                row.Kind,
                row.Number,
                row.Language,
            })
            .HasPrincipalKey(row => new
            {
                row.OrganizationId,
                row.Kind,
                row.Number,
                row.Language,
            })
            .HasConstraintName("fk_terms_acceptances_terms_versions")
            .OnDelete(DeleteBehavior.Restrict);
        acceptance
            .HasIndex(row => new
            {
                row.UserId,
                row.Kind,
                row.Number,
                row.Language,
            })
            .IsUnique();
        acceptance.HasIndex(
            row => new
            {
                row.OrganizationId,
                row.Kind,
                row.Number,
                row.Language,
                row.CreatedAt,
                row.Id,
            },
            "ix_terms_acceptances_of_version"
        );
    }
}
