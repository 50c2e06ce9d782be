using System.Text.Json;
using Lending.Notifications.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Notifications.Data;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    // Values are never changed, only erased.
    private static readonly ValueComparer<IReadOnlyDictionary<string, string>> SameValues = new(
        (left, right) => ReferenceEquals(left, right),
        values => values.Count,
        values => values
    );

    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_notifications_recipient", "recipient <> ''");
            table.HasCheckConstraint("ck_notifications_status", "status IN ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'KEPT')");
            table.HasCheckConstraint("ck_notifications_attempts", "attempts >= 0");
            // What is done holds no secret any more, outside of sandboxes.
            table.HasCheckConstraint("ck_notifications_values", "(values IS NOT NULL) = (status IN ('QUEUED', 'SENDING', 'KEPT'))");
            table.HasCheckConstraint("ck_notifications_file_content", "file_content IS NULL OR file_name IS NOT NULL");
            table.HasCheckConstraint("ck_notifications_finished_at", "(finished_at IS NOT NULL) = (status IN ('SENT', 'FAILED', 'KEPT'))");
            table.HasCheckConstraint("ck_notifications_failure", "status <> 'FAILED' OR failure IS NOT NULL");
        });
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(50);
        builder.Property(row => row.Recipient).HasMaxLength(Notification.MaximumRecipientLength);
        builder.Property(row => row.OrganizationName).HasMaxLength(Notification.MaximumNameLength);
        builder.Property(row => row.Language).HasMaxLength(10);
        builder.Property(row => row.TimeZone).HasMaxLength(100);
        builder.Property(row => row.FileName).HasMaxLength(Notification.MaximumFileNameLength);
        builder.Property(row => row.TemplateVersion).HasMaxLength(MailTemplates.VersionLength);
        builder.Property(row => row.Failure).HasMaxLength(Notification.MaximumFailureLength);
        builder
            .Property(row => row.Status)
            .HasConversion(status => status.ToString().ToUpperInvariant(), text => Enum.Parse<NotificationStatus>(text, ignoreCase: true))
            // PostgreSQL would write the filter of the index below another way for varchar.
            .HasColumnType("text");
        builder
            .Property(row => row.Values)
            .HasColumnType("json")
            .HasConversion(
                values => JsonSerializer.Serialize(values, JsonSerializerOptions.Web),
                text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Web)!,
                SameValues
            );
        builder.HasIndex(row => new
        {
            row.OrganizationId,
            row.CreatedAt,
            row.Id,
        });
        builder.HasIndex(row => new
        {
            row.OrganizationId,
            row.CustomerId,
            row.CreatedAt,
            row.Id,
        });
        builder
            .HasIndex(
                row => new
                {
                    row.OrganizationId,
                    row.UserId,
                    row.CreatedAt,
                    row.Id,
                },
                "ix_notifications_user_id"
            )
            .HasFilter("user_id IS NOT NULL");
        builder.HasIndex(row => row.NextAttemptAt, "ix_notifications_due").HasFilter("status IN ('QUEUED', 'SENDING')");
    }
}
