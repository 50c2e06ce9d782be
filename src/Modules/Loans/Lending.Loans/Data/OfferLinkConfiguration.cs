using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of links. Their tokens are stored as hashes only.</summary>
internal sealed class OfferLinkConfiguration : IEntityTypeConfiguration<OfferLink>
{
    /// <summary>The index that allows an offer one link that works.</summary>
    public const string OneLinkThatWorks = "ix_offer_links_offer_id";

    public void Configure(EntityTypeBuilder<OfferLink> builder)
    {
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.ComplexProperty(link => link.CreatedBy);
        builder.HasOne(link => link.Offer).WithMany().HasForeignKey(link => link.OfferId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => link.OfferId).IsUnique().HasFilter("used_at IS NULL AND revoked_at IS NULL");
        // Deleting an offer looks for all its links, also for those that do not work any more.
        builder.HasIndex(link => link.OfferId, "ix_offer_links_offer_id_all");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_offer_links_token_hash", $"length(token_hash) = {Secret.HashBytes}");
            CodeColumns.AddChecks(table, "offer_links");
        });
    }
}
