using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<AccountToken>
{
    public void Configure(EntityTypeBuilder<AccountToken> token)
    {
        token.ToTable(table =>
        {
            table.HasCheckConstraint("ck_account_tokens_token_hash", $"length(token_hash) = {Secret.HashBytes}");
            table.HasCheckConstraint("ck_account_tokens_new_email", "(new_email IS NOT NULL) = (purpose = 'EmailChange')");
        });
        token.Property(row => row.Id).ValueGeneratedNever();
        token.Property(row => row.Purpose).HasConversion<string>().HasMaxLength(20);
        token.Property(row => row.TokenHash).HasMaxLength(Secret.HashBytes);
        token.Property(row => row.NormalizedEmail).HasMaxLength(2 * AccountLimits.MaximumEmailLength);
        token.Property(row => row.NewEmail).HasMaxLength(AccountLimits.MaximumEmailLength);
        token.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        token.HasIndex(row => row.TokenHash).IsUnique();
        token.HasIndex(row => new { row.UserId, row.Purpose }).IsUnique();
    }
}
