using System.Security.Cryptography;
using Lending.Loans.Offers.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of earlier versions.</summary>
internal sealed class OfferVersionConfiguration : IEntityTypeConfiguration<OfferVersion>
{
    /// <summary>The foreign key, which only the database needs.</summary>
    public const string OfferId = "OfferId";

    public void Configure(EntityTypeBuilder<OfferVersion> builder)
    {
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.ComplexProperty(version => version.MadeBy);
        builder.Property<Guid>(OfferId);
        builder.HasIndex(OfferId, nameof(OfferVersion.Number)).IsUnique();
        builder.HasIndex(version => version.CustomerId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_offer_versions_number", "number >= 1");
            table.HasCheckConstraint("ck_offer_versions_content_format_version", "content_format_version > 0");
            table.HasCheckConstraint("ck_offer_versions_document_hash", $"length(document_hash) = {SHA256.HashSizeInBytes}");
        });
    }
}
