using Lending.Loans.Offers.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of comments.</summary>
internal sealed class OfferCommentConfiguration : IEntityTypeConfiguration<OfferComment>
{
    public void Configure(EntityTypeBuilder<OfferComment> builder)
    {
        builder.Property(comment => comment.Id).ValueGeneratedNever();
        builder
            .Property(comment => comment.Visibility)
            .HasConversion(visibility => visibility.ToString().ToUpperInvariant(), text => Enum.Parse<CommentVisibility>(text, true));
        builder.Property(comment => comment.Text).HasMaxLength(OfferComment.MaximumTextLength);
        builder.ComplexProperty(comment => comment.CreatedBy);
        builder.HasOne(comment => comment.Offer).WithMany().HasForeignKey(comment => comment.OfferId).OnDelete(DeleteBehavior.Cascade);
        builder
            .HasIndex(comment => new
            {
                comment.OfferId,
                comment.CreatedAt,
                comment.Id,
            })
            .IsDescending(false, true, true);
        builder.HasIndex(comment => comment.CustomerId);
        builder.ToTable(table => table.HasCheckConstraint("ck_offer_comments_visibility", "visibility IN ('INTERNAL', 'CUSTOMER')"));
    }
}
