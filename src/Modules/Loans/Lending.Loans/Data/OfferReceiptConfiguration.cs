using System.Security.Cryptography;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of receipts, one for an acceptance.</summary>
internal sealed class OfferReceiptConfiguration : IEntityTypeConfiguration<OfferReceipt>
{
    public void Configure(EntityTypeBuilder<OfferReceipt> builder)
    {
        builder.HasKey(receipt => receipt.OfferId);
        builder
            .HasOne(receipt => receipt.Offer)
            .WithOne()
            .HasForeignKey<OfferReceipt>(receipt => receipt.OfferId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.Property(receipt => receipt.KeyId).HasMaxLength(SealKeys.MaximumKeyIdLength);
        builder.HasIndex(receipt => receipt.FileHash);
        builder.ToTable(table => table.HasCheckConstraint("ck_offer_receipts_file_hash", $"length(file_hash) = {SHA256.HashSizeInBytes}"));
    }
}
