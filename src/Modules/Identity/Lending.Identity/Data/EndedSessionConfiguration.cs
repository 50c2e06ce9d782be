using Lending.Identity.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class EndedSessionConfiguration : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> ended)
    {
        ended.HasKey(row => row.SessionId);
        ended.Property(row => row.SessionId).ValueGeneratedNever();
        ended.HasIndex(row => row.TokensExpireAt);
    }
}
