using Lending.Identity.Authentication;
using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> device)
    {
        device.ToTable(table =>
        {
            table.HasCheckConstraint("ck_devices_token_hash", $"length(token_hash) = {Secret.HashBytes}");
            table.HasCheckConstraint("ck_devices_failed_count", "failed_count >= 0");
        });
        device.Property(row => row.Id).ValueGeneratedNever();
        device.Property(row => row.TokenHash).HasMaxLength(Secret.HashBytes);
        device.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        device.HasIndex(row => row.TokenHash).IsUnique();
        device.HasIndex(row => new { row.UserId, row.LastUsedAt });
    }
}
