using Lending.Identity.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class AccessRevocationConfiguration : IEntityTypeConfiguration<AccessRevocation>
{
    public void Configure(EntityTypeBuilder<AccessRevocation> revocation)
    {
        // The key says nothing of the user, so that of two who revoke at once the second fails at the user's row, as a lost race.
        revocation.Property(row => row.Id).ValueGeneratedNever();
        revocation.HasIndex(row => row.RevokedAt);
    }
}
