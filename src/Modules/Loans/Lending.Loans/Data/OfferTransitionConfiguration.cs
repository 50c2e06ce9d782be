using Lending.Loans.Offers;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of histories. No offer enters a state twice, nor by a way that there is not.</summary>
internal sealed class OfferTransitionConfiguration : IEntityTypeConfiguration<OfferTransition>
{
    /// <summary>The foreign key, which only the database needs.</summary>
    public const string OfferId = "OfferId";

    public void Configure(EntityTypeBuilder<OfferTransition> builder)
    {
        builder.Property(transition => transition.Id).ValueGeneratedNever();
        builder.Property(transition => transition.From).IsStatus();
        builder.Property(transition => transition.To).IsStatus();
        builder.Property(transition => transition.Reason).HasConversion(new EnumText.Converter<RejectionReason>());
        builder.Property(transition => transition.Comment).HasMaxLength(OfferTransition.MaximumCommentLength);
        builder.ComplexProperty(transition => transition.By);
        builder.Property<Guid>(OfferId);
        // No state is entered twice, and none left twice.
        builder.HasIndex(OfferId, nameof(OfferTransition.To)).IsUnique();
        builder.HasIndex(OfferId, nameof(OfferTransition.From)).IsUnique();
        builder.ToTable(table =>
        {
            var moves = OfferDiagram.Moves.Select(move => $"({StatusColumn.Literal(move.From)}, {StatusColumn.Literal(move.To)})");
            table.HasCheckConstraint(
                "ck_offer_transitions_from_to",
                $"""
                "from" IS NULL AND "to" = 'PENDING'
                OR "from" IS NOT NULL AND ("from", "to") IN ({string.Join(", ", moves)})
                """
            );
            table.HasCheckConstraint("ck_offer_transitions_reason", $"reason IN ({EnumText.ListOf<RejectionReason>()})");
            table.HasCheckConstraint(
                "ck_offer_transitions_rejection",
                """("to" = 'REJECTED') = (reason IS NOT NULL) AND ("to" <> 'REJECTED' OR comment IS NOT NULL)"""
            );
        });
    }
}
