using Lending.Webhooks.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Webhooks.Data;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_webhooks_url", "url <> ''");
            table.HasCheckConstraint("ck_webhooks_event_types", "cardinality(event_types) > 0");
            table.HasCheckConstraint("ck_webhooks_status", "status IN ('ACTIVE', 'PAUSED')");
            table.HasCheckConstraint("ck_webhooks_paused_because", "(paused_because IS NOT NULL) = (status = 'PAUSED')");
            table.HasCheckConstraint("ck_webhooks_previous_secret_until", "(previous_secret IS NULL) = (previous_secret_until IS NULL)");
        });
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.Property(webhook => webhook.Url).HasMaxLength(Webhook.MaximumUrlLength);
        builder.PrimitiveCollection(webhook => webhook.EventTypes);
        builder
            .Property(webhook => webhook.Status)
            .HasConversion(status => status.ToString().ToUpperInvariant(), text => Enum.Parse<WebhookStatus>(text, ignoreCase: true))
            .HasMaxLength(16);
        builder
            .Property(webhook => webhook.PausedBecause)
            .HasConversion(reason => reason.ToString()!.ToUpperInvariant(), text => Enum.Parse<PauseReason>(text, ignoreCase: true))
            .HasMaxLength(16);
        builder.Property(webhook => webhook.RowVersion).HasColumnName("xmin").IsRowVersion();
        builder.HasIndex(webhook => new
        {
            webhook.OrganizationId,
            webhook.CreatedAt,
            webhook.Id,
        });
    }
}
