using System.Security.Cryptography;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Persistence;
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
        builder.Property(acceptance => acceptance.CodeChannel).HasConversion(new EnumText.Converter<CodeChannel>());
        builder.HasIndex(acceptance => acceptance.DocumentHash);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_offer_acceptances_code_channel", $"code_channel IN ({EnumText.ListOf<CodeChannel>()})");
            table.HasCheckConstraint("ck_offer_acceptances_content_format_version", "content_format_version > 0");
            table.HasCheckConstraint("ck_offer_acceptances_document_hash", $"length(document_hash) = {SHA256.HashSizeInBytes}");
        });
    }
}
