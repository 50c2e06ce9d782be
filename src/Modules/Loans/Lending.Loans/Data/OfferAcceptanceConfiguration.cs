using System.Security.Cryptography;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of acceptances, one for an offer.</summary>
internal sealed class OfferAcceptanceConfiguration : IEntityTypeConfiguration<OfferAcceptance>
{
    private const int MaximumLanguageLength = 2;
    private const int MaximumTimeZoneLength = 100;

    public void Configure(EntityTypeBuilder<OfferAcceptance> builder)
    {
        builder.HasKey(acceptance => acceptance.OfferId);
        builder.Property(acceptance => acceptance.TypedName).HasMaxLength(Signature.MaximumNameLength);
        builder.Property(acceptance => acceptance.UserAgent).HasMaxLength(Signature.MaximumUserAgentLength);
        builder.Property(acceptance => acceptance.CodeChannel).HasConversion(new EnumText.Converter<CodeChannel>());
        builder.ComplexProperty(
            acceptance => acceptance.Evidence,
            evidence =>
            {
                evidence.Property(kept => kept.Language).HasMaxLength(MaximumLanguageLength);
                evidence.Property(kept => kept.TimeZone).HasMaxLength(MaximumTimeZoneLength);
            }
        );
        builder.HasIndex(acceptance => acceptance.DocumentHash);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_offer_acceptances_code_channel", $"code_channel IN ({EnumText.ListOf<CodeChannel>()})");
            table.HasCheckConstraint("ck_offer_acceptances_content_format_version", "content_format_version > 0");
            table.HasCheckConstraint(
                "ck_offer_acceptances_evidence_code",
                "num_nulls(evidence_code_sent_at, evidence_code_given_at, evidence_code_session_hash) IN (0, 3)"
            );
            table.HasCheckConstraint(
                "ck_offer_acceptances_evidence_information",
                $"(evidence_informed_at IS NULL) = (evidence_information_hash IS NULL) AND length(evidence_information_hash) = {SHA256.HashSizeInBytes}"
            );
            table.HasCheckConstraint("ck_offer_acceptances_document_hash", $"length(document_hash) = {SHA256.HashSizeInBytes}");
        });
    }
}
