using Lending.Payments.Cards;
using Lending.Payments.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Payments.Data;

/// <summary>The table of payments by card. No more goes back by refunds than came.</summary>
internal sealed class CardPaymentConfiguration : IEntityTypeConfiguration<CardPayment>
{
    /// <summary>The name of the index that makes a request one payment.</summary>
    public const string OneOfRequest = "ux_card_payments_request";

    public void Configure(EntityTypeBuilder<CardPayment> builder)
    {
        builder.Property(payment => payment.Id).ValueGeneratedNever();
        builder.Property(payment => payment.Currency).HasMaxLength(3);
        builder.Property(payment => payment.ProviderId).HasMaxLength(CardPayment.MaximumProviderIdLength);
        builder.Property(payment => payment.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(payment => payment.FailureCode).HasMaxLength(CardPayment.MaximumCodeLength);
        builder.Property(payment => payment.BookingRefusal).HasMaxLength(CardPayment.MaximumCodeLength);
        builder.Property(payment => payment.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(payment => new { payment.OrganizationId, payment.RequestId }).IsUnique().HasDatabaseName(OneOfRequest);
        builder.HasIndex(payment => new
        {
            payment.OrganizationId,
            payment.CreatedAt,
            payment.Id,
        });
        builder.HasIndex(payment => new
        {
            payment.LoanAccountId,
            payment.CreatedAt,
            payment.Id,
        });
        builder.HasIndex(payment => payment.CustomerId);
        // With the organisation, so that nothing hangs on a payment of another one.
        builder
            .HasMany(payment => payment.Returns)
            .WithOne()
            .HasForeignKey(back => new { back.CardPaymentId, back.OrganizationId })
            .HasPrincipalKey(payment => new { payment.Id, payment.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder
            .HasMany<WorkItem>()
            .WithOne()
            .HasForeignKey(item => new { item.CardPaymentId, item.OrganizationId })
            .HasPrincipalKey(payment => new { payment.Id, payment.OrganizationId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_card_payments_amount", "amount > 0");
            table.HasCheckConstraint("ck_card_payments_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_card_payments_status", "status IN ('Requested', 'Open', 'Processing', 'Paid', 'Cancelled')");
            table.HasCheckConstraint("ck_card_payments_provider_id", "status = 'Requested' OR provider_id IS NOT NULL");
            table.HasCheckConstraint("ck_card_payments_paid_on", "(paid_on IS NOT NULL) = (status = 'Paid')");
            table.HasCheckConstraint("ck_card_payments_is_booked", "NOT is_booked OR status = 'Paid'");
            table.HasCheckConstraint(
                "ck_card_payments_refunded_amount",
                "refunded_amount BETWEEN 0 AND CASE WHEN status = 'Paid' THEN amount ELSE 0 END"
            );
        });
    }
}

/// <summary>The table of what goes back.</summary>
internal sealed class CardReturnConfiguration : IEntityTypeConfiguration<CardReturn>
{
    /// <summary>The name of the index that makes a request one refund.</summary>
    public const string OneOfRequest = "ux_card_returns_request";

    public void Configure(EntityTypeBuilder<CardReturn> builder)
    {
        builder.Property(back => back.Id).ValueGeneratedNever();
        builder.Property(back => back.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(back => back.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(back => back.ProviderId).HasMaxLength(CardPayment.MaximumProviderIdLength);
        builder.Property(back => back.Reason).HasMaxLength(CardPayment.MaximumCodeLength);
        builder.Property(back => back.BookingRefusal).HasMaxLength(CardPayment.MaximumCodeLength);
        builder.Property(back => back.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder
            .HasIndex(back => new { back.OrganizationId, back.RequestId })
            .IsUnique()
            .HasFilter("request_id IS NOT NULL")
            .HasDatabaseName(OneOfRequest);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_card_returns_kind", "kind IN ('Refund', 'Dispute')");
            table.HasCheckConstraint("ck_card_returns_amount", "amount > 0");
            table.HasCheckConstraint("ck_card_returns_status", "status IN ('Requested', 'Pending', 'Withdrawn', 'Reinstated', 'Void')");
            table.HasCheckConstraint(
                "ck_card_returns_withdrawn_on",
                "(withdrawn_on IS NOT NULL) = (status IN ('Withdrawn', 'Reinstated'))"
            );
            table.HasCheckConstraint("ck_card_returns_reinstated_on", "(reinstated_on IS NOT NULL) = (status = 'Reinstated')");
            table.HasCheckConstraint("ck_card_returns_is_booked", "NOT is_booked OR withdrawn_on IS NOT NULL");
        });
    }
}
