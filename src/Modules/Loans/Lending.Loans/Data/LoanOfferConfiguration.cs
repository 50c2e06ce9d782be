using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of loan offers. Its constraints hold the entity's invariants even against a bug in the entity.</summary>
internal sealed class LoanOfferConfiguration : IEntityTypeConfiguration<LoanOffer>
{
    public void Configure(EntityTypeBuilder<LoanOffer> builder)
    {
        builder.Property(offer => offer.Id).ValueGeneratedNever();
        builder.Property(offer => offer.Status).IsStatus();
        builder.Property(offer => offer.Version).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(offer => offer.Customer);
        builder.ComplexProperty(offer => offer.CreatedBy);
        builder.Ignore(offer => offer.Terms);
        builder.Ignore(offer => offer.ObstacleToChange);
        builder
            .HasMany(offer => offer.History)
            .WithOne(transition => transition.Offer)
            .HasForeignKey(OfferTransitionConfiguration.OfferId)
            .OnDelete(DeleteBehavior.Cascade);
        // A third index, of a customer's offers, stands in the migration: EF has no index over a complex property.
        builder
            .HasIndex(offer => new
            {
                offer.OrganizationId,
                offer.CreatedAt,
                offer.Id,
            })
            .IsDescending(false, true, true);
        builder
            .HasIndex(offer => new
            {
                offer.OrganizationId,
                offer.Status,
                offer.CreatedAt,
                offer.Id,
            })
            .IsDescending(false, false, true, true);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_offers_loan_amount",
                FormattableString.Invariant($"loan_amount BETWEEN {LoanLimits.MinimumAmount} AND {LoanLimits.MaximumAmount}")
            );
            table.HasCheckConstraint(
                "ck_offers_annual_rate_percent",
                FormattableString.Invariant($"annual_rate_percent BETWEEN 0 AND {LoanLimits.MaximumAnnualRatePercent}")
            );
            table.HasCheckConstraint(
                "ck_offers_term_months",
                FormattableString.Invariant($"term_months BETWEEN {LoanLimits.MinimumTermMonths} AND {LoanLimits.MaximumTermMonths}")
            );
            table.HasCheckConstraint("ck_offers_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_offers_monthly_payment", "monthly_payment > 0");
            table.HasCheckConstraint("ck_offers_total_payment", "total_payment >= loan_amount");
            table.HasCheckConstraint("ck_offers_total_interest", "total_interest = total_payment - loan_amount");
            table.HasCheckConstraint("ck_offers_status", "status IN ('PENDING', 'APPROVED', 'REJECTED', 'DISBURSED')");
        });
    }
}
