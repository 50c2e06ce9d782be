using System.Net;
using Lending.Identity.Users;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Tokens that are valid in themselves stop working within 30 seconds; each test has its own clock.</summary>
public sealed class RevocationTests
{
    [Theory]
    [InlineData("{\"active\":false}")]
    [InlineData("{\"role\":\"CUSTOMER\"}")]
    public async Task Deactivated_and_demoted_users_lose_their_tokens_within_30_seconds(string patch)
    {
        await using var own = await IdentityFixture.StartAsync();
        var (admin, installer, id, refreshToken) = await NewInstallerAsync(own);
        await installer.GetAsync("/users/me", HttpStatusCode.OK);
        await admin.ExpectAsync("PATCH", $"/users/{id}", patch, HttpStatusCode.OK);
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await installer.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
    }

    [Fact]
    public async Task A_changed_password_ends_tokens_and_sessions_and_new_ones_work()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        var user = ClientOf(own, session);
        await user.PostAsync(
            "/users/me/password",
            new
            {
                currentPassword = body.password,
                password = IdentityFixture.OtherPassword,
                passwordConfirm = IdentityFixture.OtherPassword,
            },
            HttpStatusCode.NoContent
        );
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await user.SendAsync("GET", "/users/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = session["refreshToken"] })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        var again = await own.Client.PostAsync(
            "/auth/login",
            new { body.username, password = IdentityFixture.OtherPassword },
            HttpStatusCode.OK
        );
        await ClientOf(own, again).GetAsync("/users/me", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_share_a_snapshot_for_ten_seconds_and_do_not_wait_before_twenty()
    {
        await using var own = await IdentityFixture.StartAsync();
        var revocations = own.Services.GetRequiredService<Lending.Platform.Security.IAccessRevocations>();
        var userId = Unique.Id();
        (await revocations.IsRevokedAsync(userId, 0, Unique.Id(), CancellationToken.None)).ShouldBeFalse();
        await RevokeAsync(own, userId, 1);
        own.Clock.Advance(TimeSpan.FromSeconds(9));
        (await revocations.IsRevokedAsync(userId, 0, Unique.Id(), CancellationToken.None)).ShouldBeFalse("the snapshot is young");
        own.Clock.Advance(TimeSpan.FromSeconds(11));
        (await revocations.IsRevokedAsync(userId, 0, Unique.Id(), CancellationToken.None)).ShouldBeTrue();
        (await revocations.IsRevokedAsync(userId, 1, Unique.Id(), CancellationToken.None)).ShouldBeFalse("newer tokens work");
        (await revocations.IsRevokedAsync(Unique.Id(), 0, Unique.Id(), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_older_snapshot_is_replaced_in_the_background()
    {
        await using var own = await IdentityFixture.StartAsync();
        var revocations = own.Services.GetRequiredService<Lending.Platform.Security.IAccessRevocations>();
        var userId = Unique.Id();
        await revocations.IsRevokedAsync(userId, 0, Unique.Id(), CancellationToken.None);
        await RevokeAsync(own, userId, AccessRevocation.AllVersions);
        own.Clock.Advance(TimeSpan.FromSeconds(11));
        var waited = 0;
        while (!await revocations.IsRevokedAsync(userId, 1000, Unique.Id(), CancellationToken.None))
        {
            waited.ShouldBeLessThan(6_000);
            waited++;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Nobody_gets_in_while_the_database_cannot_be_read()
    {
        await using var own = await IdentityFixture.StartAsync();
        var revocations = own.Services.GetRequiredService<Lending.Platform.Security.IAccessRevocations>();
        own.Clock.Stop();
        await revocations.IsRevokedAsync(Unique.Id(), 0, Unique.Id(), CancellationToken.None);
        await own.ExecuteSqlAsync("ALTER TABLE identity.access_revocations RENAME TO hidden");
        own.Clock.Advance(TimeSpan.FromSeconds(15));
        (await revocations.IsRevokedAsync(Unique.Id(), 0, Unique.Id(), CancellationToken.None)).ShouldBeFalse(
            "a young snapshot bridges a short failure"
        );
        own.Clock.Advance(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<PostgresException>(async () =>
            await revocations.IsRevokedAsync(Unique.Id(), 0, Unique.Id(), CancellationToken.None)
        );
        await own.ExecuteSqlAsync("ALTER TABLE identity.hidden RENAME TO access_revocations");
        (await revocations.IsRevokedAsync(Unique.Id(), 0, Unique.Id(), CancellationToken.None)).ShouldBeFalse("it recovers by itself");
    }

    private static async Task<(HttpClient Admin, HttpClient Installer, Guid Id, string RefreshToken)> NewInstallerAsync(ModuleHost own)
    {
        var admin = await own.LogInAsChiefAsync();
        var created = await admin.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created);
        var acceptance = new
        {
            token = created["token"],
            password = IdentityFixture.Password,
            passwordConfirm = IdentityFixture.Password,
        };
        var session = await own.Client.PostAsync("/auth/invitations/accept", acceptance, HttpStatusCode.OK);
        return (admin, ClientOf(own, session), created.Id, session["refreshToken"]!);
    }

    private static Task RevokeAsync(ModuleHost own, Guid userId, int version) =>
        own.ExecuteSqlAsync(
            FormattableString.Invariant($"INSERT INTO identity.access_revocations VALUES (gen_random_uuid(), '{userId}', {version}, now())")
        );

    private static HttpClient ClientOf(ModuleHost own, Answer session) =>
        new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(session["accessToken"]!);
}
