using Lending.Identity.Organizations;
using Lending.Identity.Terms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class TermsVersionConfiguration : IEntityTypeConfiguration<TermsVersion>
{
    public const string UniqueNumber = "ak_terms_versions_organization_id_kind_number_language";

    public void Configure(EntityTypeBuilder<TermsVersion> version)
    {
        version.ToTable(
            "terms_versions",
            table =>
            {
                table.HasCheckConstraint("ck_terms_versions_kind", "kind IN ('TERMS', 'PRIVACY')");
                table.HasCheckConstraint("ck_terms_versions_language", "language ~ '^[a-z]{2}$'");
                table.HasCheckConstraint("ck_terms_versions_number", "number > 0");
                table.HasCheckConstraint("ck_terms_versions_text", "num_nonnulls(text, url) = 1 AND text IS DISTINCT FROM ''");
                table.HasCheckConstraint("ck_terms_versions_url", "url LIKE 'https://%'");
                table.HasCheckConstraint("ck_terms_versions_hash", "hash ~ '^[0-9a-f]{64}$'");
            }
        );
        version.Property(row => row.Id).ValueGeneratedNever();
        version.Property(row => row.Kind).IsTermsKind();
        version.Property(row => row.Language).HasMaxLength(2);
        version.Property(row => row.Text).HasMaxLength(TermsVersion.MaximumTextLength);
        version.Property(row => row.Url).HasMaxLength(TermsVersion.MaximumUrlLength);
        version.Property(row => row.Hash).HasMaxLength(TermsVersion.HashLength);
        version.ComplexProperty(row => row.PublishedBy);
        version.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        version
            .HasAlternateKey(row => new
            {
                row.OrganizationId,
                row.Kind,
                row.Number,
                row.Language,
            })
            .HasName(UniqueNumber);
    }
}

internal static class TermsKindColumn
{
    /// <summary>Stores the kind as the API writes it.</summary>
    public static PropertyBuilder<TermsKind> IsTermsKind(this PropertyBuilder<TermsKind> property) =>
        property.HasConversion(kind => kind.ToString().ToUpperInvariant(), text => Enum.Parse<TermsKind>(text, true)).HasMaxLength(16);
}
