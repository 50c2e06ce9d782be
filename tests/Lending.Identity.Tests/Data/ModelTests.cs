using Npgsql;

namespace Lending.Identity.Tests.Data;

public sealed class ModelTests(IdentityFixture host)
{
    [Theory]
    [InlineData("role = 'BOSS'", "ck_users_role")]
    [InlineData("role = 'admin'", "ck_users_role")]
    [InlineData("username = ''", "ck_users_username")]
    [InlineData("email = ''", "ck_users_email")]
    [InlineData("access_version = -1", "ck_users_access_version")]
    [InlineData("access_failed_count = -1", "ck_users_access_failed_count")]
    [InlineData("role = 'ADMIN', customer_id = gen_random_uuid()", "ck_users_customer_id")]
    [InlineData("organization_id = gen_random_uuid()", "fk_users_organizations_organization_id")]
    [InlineData("normalized_username = 'CHIEF'", "ix_users_normalized_username")]
    public async Task The_database_keeps_what_the_code_promises(string change, string constraint)
    {
        var user = await host.NewRegisteredUserAsync();
        var failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync($"UPDATE identity.users SET {change} WHERE id = '{user.Id}'")
        );
        failure.ConstraintName.ShouldBe(constraint);
    }

    [Theory]
    [InlineData(
        "UPDATE identity.sessions SET expires_at = created_at + interval '31 days' WHERE user_id = '{0}'",
        "ck_sessions_expires_at"
    )]
    [InlineData("UPDATE identity.devices SET failed_count = -1 WHERE user_id = '{0}'", "ck_devices_failed_count")]
    [InlineData("UPDATE identity.devices SET token_hash = 'x' WHERE user_id = '{0}'", "ck_devices_token_hash")]
    [InlineData("INSERT INTO identity.recovery_codes VALUES ('{0}', 'x')", "ck_recovery_codes_code_hash")]
    [InlineData(
        "INSERT INTO identity.challenges (token_hash, purpose, access_version, tries, expires_at) VALUES (sha256('{0}'), 'login', 0, 0, now())",
        "ck_challenges_user_id"
    )]
    [InlineData(
        "INSERT INTO identity.challenges (token_hash, purpose, access_version, tries, expires_at) VALUES (sha256('{0}'), 'passkey-login', 0, 6, now())",
        "ck_challenges_tries"
    )]
    public async Task The_database_keeps_what_sign_in_promises(string statement, string constraint)
    {
        var user = await host.NewRegisteredUserAsync();
        var failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync(statement.Replace("{0}", user.Id.ToString(), StringComparison.Ordinal))
        );
        failure.ConstraintName.ShouldBe(constraint);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""[{"approver":"installer"}]""")]
    [InlineData("""[{"amountUpTo":null}]""")]
    [InlineData("""[{"amountUpTo":100,"approver":"installer"}]""")]
    [InlineData("""[{"amountUpTo":null,"approver":"anybody"}]""")]
    [InlineData("""[{"amountUpTo":0,"approver":"installer"},{"amountUpTo":null,"approver":"installer"}]""")]
    [InlineData("""[{"amountUpTo":null,"approver":"installer"},{"amountUpTo":null,"approver":"installer"}]""")]
    public async Task The_database_takes_no_tiers_without_sense(string tiers)
    {
        var id = await host.NewOrganizationAsync();
        var failure = await Should.ThrowAsync<PostgresException>(() =>
            host.Host.ExecuteSqlAsync($"UPDATE identity.organizations SET approval_tiers = '{tiers}' WHERE id = '{id}'")
        );
        failure.ConstraintName.ShouldBe("ck_organizations_approval_tiers");
    }

    [Fact]
    public async Task The_database_keeps_secrets_as_hashes_only()
    {
        var user = await host.NewRegisteredUserAsync();
        var rows = (string)
            (
                await host.Host.ReadSqlAsync(
                    $"SELECT (SELECT string_agg(users::text, ' ') FROM identity.users WHERE id = '{user.Id}')"
                        + $" || (SELECT string_agg(sessions::text, ' ') FROM identity.sessions WHERE user_id = '{user.Id}')"
                )
            )!;
        rows.ShouldContain(user.Username);
        rows.ShouldNotContain(IdentityFixture.Password);
        rows.ShouldNotContain(user.RefreshToken);
        rows.ShouldNotContain(user.RefreshToken[32..]);
    }
}
