using System.Security.Cryptography;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Products;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Loans.Data;

/// <summary>The table of loan offers. Its constraints hold the entity's invariants even against a bug in the entity.</summary>
internal sealed class LoanOfferConfiguration : IEntityTypeConfiguration<LoanOffer>
{
    /// <summary>The foreign key to the version of a product that an offer was made with; it keeps that product from being deleted.</summary>
    public const string MadeWith = "fk_offers_product_versions_product_id_product_version";

    public void Configure(EntityTypeBuilder<LoanOffer> builder)
    {
        builder.Property(offer => offer.Id).ValueGeneratedNever();
        builder.Property(offer => offer.Status).IsStatus();
        builder.Property(offer => offer.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.ComplexProperty(offer => offer.Customer);
        builder.ComplexProperty(offer => offer.CreatedBy);
        builder.ComplexProperty(offer => offer.TermsBy);
        builder.ComplexProperty(offer => offer.Fees);
        builder.Ignore(offer => offer.Terms);
        builder.Ignore(offer => offer.ObstacleToChange);
        builder
            .HasMany(offer => offer.History)
            .WithOne(transition => transition.Offer)
            .HasForeignKey(OfferTransitionConfiguration.OfferId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasMany(offer => offer.EarlierVersions)
            .WithOne(version => version.Offer)
            .HasForeignKey(OfferVersionConfiguration.OfferId)
            .OnDelete(DeleteBehavior.Cascade);
        builder
            .HasOne(offer => offer.Acceptance)
            .WithOne(acceptance => acceptance.Offer)
            .HasForeignKey<OfferAcceptance>(acceptance => acceptance.OfferId)
            .OnDelete(DeleteBehavior.Cascade);
        // What the deadlines job looks for, and nothing else.
        builder.HasIndex(offer => offer.ValidUntil).HasFilter("status = 'APPROVED'");
        builder.HasIndex(offer => offer.WithdrawalEndsAt).HasFilter("status IN ('ACCEPTED', 'DISBURSED') AND withdrawal_ended_at IS NULL");
        builder
            .Property(offer => offer.ProductContent)
            .HasColumnType("jsonb")
            .HasConversion(content => content!.ToJson(), json => ProductContent.Parse(json));
        builder
            .HasOne<ProductVersion>()
            .WithMany()
            .HasForeignKey(offer => new { offer.ProductId, offer.ProductVersion })
            .HasPrincipalKey(version => new { version.ProductId, version.Number })
            .HasConstraintName(MadeWith)
            .OnDelete(DeleteBehavior.Restrict);
        // Most offers are made without a product, and nobody looks for those by it.
        builder.HasIndex(offer => new { offer.ProductId, offer.ProductVersion }).HasFilter("product_id IS NOT NULL");
        builder.HasIndex(offer => new { offer.OrganizationId, offer.LoanAmount });
        // Two more, of a customer's offers and of those that a user made, stand in the migrations: EF has no index over a complex property.
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
            table.HasCheckConstraint(
                "ck_offers_fees",
                "fees_upfront >= 0 AND fees_financed >= 0 AND fees_monthly >= 0 AND fees_dealer >= 0"
            );
            table.HasCheckConstraint("ck_offers_fees_dealer", "fees_dealer < loan_amount");
            table.HasCheckConstraint("ck_offers_amount_owed", "amount_owed = loan_amount + fees_financed");
            table.HasCheckConstraint("ck_offers_total_payment", "total_payment >= amount_owed");
            table.HasCheckConstraint("ck_offers_total_interest", "total_interest = total_payment - amount_owed");
            table.HasCheckConstraint(
                "ck_offers_total_payable",
                "total_payable = fees_upfront + total_payment + term_months * fees_monthly"
            );
            table.HasCheckConstraint("ck_offers_aprc_percent", "aprc_percent >= 0");
            table.HasCheckConstraint(
                "ck_offers_method",
                $"method IN ({string.Join(", ", ScheduleMethods.Names.Select(name => $"'{name}'"))})"
            );
            table.HasCheckConstraint("ck_offers_method_version", "method_version > 0");
            table.HasCheckConstraint("ck_offers_first_due_date", "first_due_date >= payout_date");
            table.HasCheckConstraint(
                "ck_offers_status",
                $"status IN ({string.Join(", ", Enum.GetValues<OfferStatus>().Select(StatusColumn.Literal))})"
            );
            table.HasCheckConstraint("ck_offers_version", FormattableString.Invariant($"version BETWEEN 1 AND {LoanOffer.MaximumVersion}"));
            table.HasCheckConstraint("ck_offers_document_hash", $"length(document_hash) = {SHA256.HashSizeInBytes}");
            table.HasCheckConstraint("ck_offers_valid_until", "valid_until IS NOT NULL OR status NOT IN ('APPROVED', 'ACCEPTED')");
            table.HasCheckConstraint("ck_offers_withdrawal_ends_at", "withdrawal_ends_at IS NOT NULL OR status <> 'ACCEPTED'");
            table.HasCheckConstraint("ck_offers_disbursed_on", "disbursed_on IS NOT NULL OR status <> 'DISBURSED'");
            table.HasCheckConstraint(
                "ck_offers_repayable_until",
                "repayable_until IS NULL OR disbursed_on IS NOT NULL AND repayable_until >= disbursed_on AND status = 'WITHDRAWN'"
            );
            table.HasCheckConstraint(
                "ck_offers_product",
                "num_nulls(product_id, product_version, product_name, product_content) IN (0, 4)"
            );
        });
    }
}
