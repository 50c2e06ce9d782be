using Lending.Identity.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class AccessRevocationConfiguration : IEntityTypeConfiguration<AccessRevocation>
{
    public void Configure(EntityTypeBuilder<AccessRevocation> revocation)
    {
        revocation.HasKey(row => new { row.UserId, row.AccessVersion });
        revocation.HasIndex(row => row.RevokedAt);
    }
}
