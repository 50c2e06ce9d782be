using Lending.Customers.Consents;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Customers.Data;

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    /// <summary>The index that allows a customer one consent for a purpose that holds; the second of two who give one breaks it.</summary>
    public const string OneForAPurpose = "ux_consents_customer_id_purpose";

    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable(
            "consents",
            table =>
            {
                table.HasCheckConstraint("ck_consents_purpose", $"purpose ~ '{Consent.PurposePattern}'");
                table.HasCheckConstraint("ck_consents_text_version", "text_version <> ''");
                table.HasCheckConstraint("ck_consents_text_hash", $"text_hash ~ '{Consent.TextHashPattern}'");
                table.HasCheckConstraint("ck_consents_locale", "(locale IS NULL) = (text_hash IS NULL) AND locale <> ''");
                table.HasCheckConstraint("ck_consents_given_over", $"given_over IN ({EnumText.ListOf<GivenOver>()})");
                table.HasCheckConstraint("ck_consents_ended_over", $"ended_over IN ({EnumText.ListOf<GivenOver>()})");
                table.HasCheckConstraint("ck_consents_given_at", "given_at <= created_at");
                table.HasCheckConstraint("ck_consents_end", $"\"end\" IN ({EnumText.ListOf<ConsentEnd>()})");
                table.HasCheckConstraint(
                    "ck_consents_ended_at",
                    "num_nulls(ended_at, \"end\", ended_by_id, ended_by_username) IN (0, 4) AND (ended_over IS NULL) = (\"end\" IS NULL OR \"end\" = 'CUSTOMER_REMOVED')"
                );
            }
        );
        builder.Property(consent => consent.Id).ValueGeneratedNever();
        builder.Property(consent => consent.Purpose).HasMaxLength(Consent.MaximumPurposeLength);
        builder.Property(consent => consent.TextVersion).HasMaxLength(Consent.MaximumTextVersionLength);
        builder.Property(consent => consent.TextHash).HasMaxLength(Consent.TextHashLength);
        builder.Property(consent => consent.Locale).HasMaxLength(Consent.MaximumLocaleLength);
        builder.Property(consent => consent.GivenOver).HasConversion(new EnumText.Converter<GivenOver>());
        builder.Property(consent => consent.EndedOver).HasConversion(new EnumText.Converter<GivenOver>());
        builder.Property(consent => consent.End).HasConversion(new EnumText.Converter<ConsentEnd>());
        builder.ComplexProperty(consent => consent.RecordedBy);
        // No key to the customer, whom consents outlive.
        builder
            .HasIndex(consent => new { consent.CustomerId, consent.Purpose })
            .IsUnique()
            .HasFilter("ended_at IS NULL")
            .HasDatabaseName(OneForAPurpose);
        builder.HasIndex(consent => new
        {
            consent.CustomerId,
            consent.CreatedAt,
            consent.Id,
        });
        builder.HasIndex(consent => new { consent.OrganizationId, consent.EndedAt }).HasFilter("ended_at IS NOT NULL");
    }
}
