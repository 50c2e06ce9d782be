using Lending.Loans.Offers.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of marks: which versions of an offer its customer has seen.</summary>
internal sealed class OfferViewConfiguration : IEntityTypeConfiguration<OfferView>
{
    /// <summary>The key that keeps an offer from being deleted which its customer has seen.</summary>
    public const string OfOffer = "fk_offer_views_offers_offer_id";

    public void Configure(EntityTypeBuilder<OfferView> builder)
    {
        builder.HasKey(view => new { view.OfferId, view.Version });
        builder
            .HasOne(view => view.Offer)
            .WithMany()
            .HasForeignKey(view => view.OfferId)
            .HasConstraintName(OfOffer)
            .OnDelete(DeleteBehavior.Restrict);
    }
}
