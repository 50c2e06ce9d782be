using System.Text.Json;
using Lending.Identity.SecondFactors;
using Lending.Identity.Users;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class TotpAuthenticatorConfiguration : IEntityTypeConfiguration<TotpAuthenticator>
{
    public void Configure(EntityTypeBuilder<TotpAuthenticator> authenticator)
    {
        authenticator.ToTable(table => table.HasCheckConstraint("ck_totp_authenticators_last_time_step", "last_time_step >= 0"));
        authenticator.HasKey(row => row.UserId);
        authenticator.HasOne<User>().WithOne().HasForeignKey<TotpAuthenticator>(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key) => key.Property(row => row.Id).ValueGeneratedNever();
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable(table => table.HasCheckConstraint("ck_recovery_codes_code_hash", $"length(code_hash) = {Secret.HashBytes}"));
        code.HasKey(row => new { row.UserId, row.CodeHash });
        code.Property(row => row.CodeHash).HasMaxLength(Secret.HashBytes);
        code.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<Passkey>
{
    public const string UniqueCredential = "ix_passkeys_credential_id";

    public void Configure(EntityTypeBuilder<Passkey> passkey)
    {
        passkey.ToTable(table =>
        {
            table.HasCheckConstraint("ck_passkeys_name", "name <> ''");
            table.HasCheckConstraint("ck_passkeys_sign_count", "sign_count >= 0");
        });
        passkey.Property(row => row.Id).ValueGeneratedNever();
        passkey.Property(row => row.Name).HasMaxLength(Passkey.MaximumNameLength);
        passkey.Property(row => row.CredentialId).HasMaxLength(Passkey.MaximumCredentialIdBytes);
        passkey.HasIndex(row => row.CredentialId).IsUnique().HasDatabaseName(UniqueCredential);
        passkey.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChallengeConfiguration : IEntityTypeConfiguration<Challenge>
{
    public void Configure(EntityTypeBuilder<Challenge> challenge)
    {
        challenge.ToTable(table =>
        {
            table.HasCheckConstraint("ck_challenges_token_hash", $"length(token_hash) = {Secret.HashBytes}");
            table.HasCheckConstraint("ck_challenges_tries", $"tries BETWEEN 0 AND {Challenge.MostTries}");
            table.HasCheckConstraint("ck_challenges_user_id", "(user_id IS NULL) = (purpose = 'passkey-login')");
        });
        challenge.HasKey(row => row.TokenHash);
        challenge.Property(row => row.TokenHash).HasMaxLength(Secret.HashBytes);
        challenge
            .Property(row => row.Purpose)
            .HasConversion(
                purpose => JsonNamingPolicy.KebabCaseLower.ConvertName(purpose.ToString()),
                text => Enum.Parse<ChallengePurpose>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)
            )
            .HasMaxLength(16);
        challenge.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        challenge.HasIndex(row => row.ExpiresAt);
    }
}
