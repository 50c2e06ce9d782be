using System.Security.Cryptography;
using Lending.Loans.Offers.Acceptance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of acceptances, one for an offer.</summary>
internal sealed class OfferAcceptanceConfiguration : IEntityTypeConfiguration<OfferAcceptance>
{
    public void Configure(EntityTypeBuilder<OfferAcceptance> builder)
    {
        builder.HasKey(acceptance => acceptance.OfferId);
        builder.Property(acceptance => acceptance.TypedName).HasMaxLength(Signature.MaximumNameLength);
        builder.Property(acceptance => acceptance.UserAgent).HasMaxLength(Signature.MaximumUserAgentLength);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_offer_acceptances_content_format_version", "content_format_version > 0");
            table.HasCheckConstraint("ck_offer_acceptances_document_hash", $"length(document_hash) = {SHA256.HashSizeInBytes}");
        });
    }
}
