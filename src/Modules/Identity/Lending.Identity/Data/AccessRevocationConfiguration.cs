using Lending.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class AccessRevocationConfiguration : IEntityTypeConfiguration<AccessRevocation>
{
    public void Configure(EntityTypeBuilder<AccessRevocation> revocation)
    {
        // The user is no part of the key, or the second of two who revoke a user's access at once would break it. So the second fails at the version
        // of the user's row, which is answered as a lost race.
        revocation.Property(row => row.Id).ValueGeneratedNever();
        revocation.HasIndex(row => row.RevokedAt);
    }
}
