using Lending.Identity.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class LoginAddressConfiguration : IEntityTypeConfiguration<LoginAddress>
{
    public void Configure(EntityTypeBuilder<LoginAddress> address)
    {
        address.ToTable(table => table.HasCheckConstraint("ck_login_addresses_failed_count", "failed_count >= 0"));
        address.HasKey(row => row.Address);
        address.Property(row => row.Address).HasMaxLength(ClientOfRequest.MaximumAddressLength);
        address.HasIndex(row => row.FailuresExpireAt);
    }
}
