using Lending.Identity.Authentication;
using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable(table =>
        {
            table.HasCheckConstraint("ck_sessions_token_hash", $"length(token_hash) = {Secret.HashBytes}");
            table.HasCheckConstraint("ck_sessions_expires_at", "expires_at <= created_at + interval '720 hours'");
        });
        session.Property(row => row.Id).ValueGeneratedNever();
        session.Property(row => row.TokenHash).HasMaxLength(Secret.HashBytes);
        session.Property(row => row.DeviceName).HasMaxLength(ClientOfRequest.MaximumDeviceLength);
        session.Property(row => row.Address).HasMaxLength(ClientOfRequest.MaximumAddressLength);
        session.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        session.HasOne<Device>().WithMany().HasForeignKey(row => row.DeviceId).OnDelete(DeleteBehavior.SetNull);
        session.HasIndex(row => new
        {
            row.UserId,
            row.CreatedAt,
            row.Id,
        });
    }
}
