using Lending.Notifications.Preferences;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Notifications.Data;

/// <summary>The table of messages that people do not want.</summary>
internal sealed class OptOutConfiguration : IEntityTypeConfiguration<OptOut>
{
    /// <summary>The index that lets a customer switch something off once.</summary>
    public const string OneOfCustomer = "ux_opt_outs_customer_id";

    /// <summary>The index that lets a user switch something off once.</summary>
    public const string OneOfUser = "ux_opt_outs_user_id";

    public void Configure(EntityTypeBuilder<OptOut> builder)
    {
        builder.ToTable(
            "opt_outs",
            table =>
            {
                table.HasCheckConstraint("ck_opt_outs_topic", $"topic IN ({EnumText.ListOf(Topics.Optional)})");
                table.HasCheckConstraint("ck_opt_outs_channel", $"channel IN ({EnumText.ListOf<NotificationChannel>()})");
                table.HasCheckConstraint("ck_opt_outs_customer_id", "(customer_id IS NULL) <> (user_id IS NULL)");
            }
        );
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Topic).HasConversion(new EnumText.Converter<NotificationTopic>()).HasColumnType("text");
        builder.Property(row => row.Channel).HasConversion(new EnumText.Converter<NotificationChannel>()).HasColumnType("text");
        builder
            .HasIndex(
                row => new
                {
                    row.OrganizationId,
                    row.CustomerId,
                    row.Topic,
                    row.Channel,
                },
                OneOfCustomer
            )
            .IsUnique()
            .HasFilter("customer_id IS NOT NULL");
        builder
            .HasIndex(
                row => new
                {
                    row.OrganizationId,
                    row.UserId,
                    row.Topic,
                    row.Channel,
                },
                OneOfUser
            )
            .IsUnique()
            .HasFilter("user_id IS NOT NULL");
    }
}
