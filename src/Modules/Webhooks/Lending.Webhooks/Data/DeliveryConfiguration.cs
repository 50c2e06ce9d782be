using Lending.Platform.Outbox;
using Lending.Webhooks.Deliveries;
using Lending.Webhooks.Events;
using Lending.Webhooks.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Webhooks.Data;

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_deliveries_status", "status IN ('WAITING', 'SENDING', 'DELIVERED', 'FAILED')");
            table.HasCheckConstraint("ck_deliveries_attempts", "attempts >= 0");
            table.HasCheckConstraint("ck_deliveries_finished_at", "(finished_at IS NOT NULL) = (status IN ('DELIVERED', 'FAILED'))");
            table.HasCheckConstraint("ck_deliveries_last_failure", "status <> 'FAILED' OR last_failure IS NOT NULL");
        });
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.Property(delivery => delivery.EventType).HasMaxLength(EventType.MaximumNameLength);
        // Not jsonb, which would write it another way than it was signed.
        builder.Property(delivery => delivery.Body).HasColumnType("json");
        builder
            .Property(delivery => delivery.Status)
            .HasConversion(status => status.ToString().ToUpperInvariant(), text => Enum.Parse<DeliveryStatus>(text, ignoreCase: true))
            // PostgreSQL would write the filter of the index below another way for varchar.
            .HasColumnType("text");
        builder.Property(delivery => delivery.LastFailure).HasMaxLength(Delivery.MaximumFailureLength);
        builder.Property(delivery => delivery.TraceParent).HasMaxLength(OutboxMessage.TraceParentLength);
        // With the organisation, so that no event hangs on a webhook of another one.
        builder
            .HasOne<Webhook>()
            .WithMany()
            .HasForeignKey(delivery => new { delivery.WebhookId, delivery.OrganizationId })
            .HasPrincipalKey(webhook => new { webhook.Id, webhook.OrganizationId })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.EventId }).IsUnique();
        builder.HasIndex(delivery => new
        {
            delivery.WebhookId,
            delivery.OrganizationId,
            delivery.CreatedAt,
            delivery.Id,
        });
        builder
            .HasIndex(
                delivery => new
                {
                    delivery.Status,
                    delivery.WebhookId,
                    delivery.NextAttemptAt,
                },
                "ix_deliveries_due"
            )
            .HasFilter("status IN ('WAITING', 'SENDING')");
    }
}
