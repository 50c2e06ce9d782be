using System.Collections.Concurrent;
using System.Net;
using Lending.Identity.Users;
using Lending.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Authentication;

/// <summary>Failures lock accounts and addresses, and keep nobody out who is trusted already. Each test has its own host, whose clock it moves.</summary>
public sealed class LockoutTests : IAsyncLifetime
{
    private const string Wrong = "not-the-password-at-all";

    private ModuleHost own = null!;
    private AccountBody account = null!;

    public async ValueTask InitializeAsync()
    {
        own = await IdentityFixture.StartAsync(services =>
            services.Configure<Identity.Authentication.LoginLockoutOptions>(settings => settings.FailuresPerAddress = 40)
        );
        account = await RegisterAsync();
    }

    public ValueTask DisposeAsync() => own.DisposeAsync();

    [Fact]
    public async Task Five_failures_lock_the_account_for_15_minutes_and_each_further_five_for_twice_as_long_up_to_a_day()
    {
        var minutes = 15;
        for (var round = 0; round < 9; round++)
        {
            await FailAsync(5);
            (await LogInAsync()).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
            own.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(20));
            (await LogInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, $"locked for {minutes} minutes");
            own.Clock.Advance(TimeSpan.FromSeconds(20));
            minutes = Math.Min(minutes * 2, 1440);
            await own.ExecuteSqlAsync("DELETE FROM identity.login_addresses");
        }
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await FailAsync(5);
        own.Clock.Advance(TimeSpan.FromMinutes(15));
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK, "a login forgets the locks before it");
    }

    [Fact]
    public async Task Four_failures_do_not_lock_and_a_login_forgets_them()
    {
        for (var round = 0; round < 3; round++)
        {
            await FailAsync(4);
            (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Failures_are_forgotten_after_two_days()
    {
        await FailAsync(4);
        own.Clock.Advance(TimeSpan.FromDays(2));
        await FailAsync(4);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_failures_from_one_address_lock_it_for_every_account_for_a_while()
    {
        var others = new List<AccountBody>();
        for (var i = 0; i < 10; i++)
        {
            others.Add(await RegisterAsync());
        }
        for (var i = 0; i < 40; i++)
        {
            await own.Client.SendAsync("POST", "/auth/login", new { others[i % 10].username, password = Wrong });
        }
        (await LogInAsync()).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        (await own.ReadSqlAsync($"SELECT access_failed_count FROM identity.users WHERE username = '{account.username}'")).ShouldBe(
            0,
            "attempts from a locked address do not lock accounts"
        );
        own.Clock.Advance(TimeSpan.FromMinutes(15));
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logins_do_not_count_for_the_address()
    {
        for (var i = 0; i < 45; i++)
        {
            (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        }
        (await own.ReadSqlAsync("SELECT max(failed_count) FROM identity.login_addresses")).ShouldBe(0);
    }

    [Fact]
    public async Task Addresses_are_forgotten_when_others_come()
    {
        await own.ExecuteSqlAsync(
            "INSERT INTO identity.login_addresses SELECT '10.0.0.' || n, 1, now() + interval '1 hour' FROM generate_series(1, 25) AS n"
        );
        own.Clock.Advance(TimeSpan.FromHours(2));
        await FailAsync(3);
        (await own.ReadSqlAsync("SELECT count(*) FROM identity.login_addresses")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_lock_keeps_out_neither_a_session_nor_a_known_device()
    {
        var session = await own.Client.PostAsync("/auth/login", new { account.username, account.password }, HttpStatusCode.OK);
        var deviceToken = session["deviceToken"]!;
        await FailAsync(40);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "address and account are locked");

        var refreshed = await own.Client.PostAsync(
            "/auth/token/refresh",
            new { refreshToken = session["refreshToken"] },
            HttpStatusCode.OK
        );
        await ClientOf(refreshed).GetAsync("/users/me", HttpStatusCode.OK);
        (await LogInAsync(deviceToken: deviceToken)).Status.ShouldBe(HttpStatusCode.OK);
        (await LogInAsync(deviceToken: deviceToken))["deviceToken"].ShouldBe(deviceToken);
        (await LogInAsync(deviceToken: "made-up")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var stranger = await own.Client.SendAsync(
            "POST",
            "/auth/login",
            new
            {
                username = "chief",
                password = IdentityFixture.AdminPassword,
                deviceToken,
            }
        );
        stranger.Status.ShouldBe(HttpStatusCode.Unauthorized, "another user's device");
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "the lock goes on for others");
    }

    [Fact]
    public async Task A_device_is_trusted_for_five_failures_only()
    {
        var deviceToken = (await LogInAsync())["deviceToken"]!;
        await FailAsync(5);
        for (var i = 0; i < 5; i++)
        {
            (await LogInAsync(Wrong, deviceToken)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        (await LogInAsync(deviceToken: deviceToken)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Parallel_guesses_on_a_device_cannot_outrun_its_limit()
    {
        var deviceToken = (await LogInAsync())["deviceToken"]!;
        await FailAsync(5);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LogInAsync(Wrong, deviceToken)));
        (await own.ReadSqlAsync("SELECT max(failed_count) FROM identity.devices")).ShouldBe(5);
    }

    [Fact]
    public async Task A_user_who_is_logged_in_changes_their_password_while_the_account_is_locked()
    {
        var session = await LogInAsync();
        await FailAsync(5);
        await ClientOf(session)
            .PostAsync(
                "/users/me/password",
                new
                {
                    currentPassword = account.password,
                    password = IdentityFixture.OtherPassword,
                    passwordConfirm = IdentityFixture.OtherPassword,
                },
                HttpStatusCode.NoContent
            );
    }

    [Fact]
    public async Task An_administrator_unlocks()
    {
        var chief = ClientOf(
            await own.Client.PostAsync(
                "/auth/login",
                new { username = "chief", password = IdentityFixture.AdminPassword },
                HttpStatusCode.OK
            )
        );
        var id = (await LogInAsync())["user.id"];
        await FailAsync(5);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await chief.PostAsync($"/users/{id}/unlock", null, HttpStatusCode.NoContent);
        (await LogInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        await chief.PostAsync($"/users/{id}/unlock", null, HttpStatusCode.NoContent);
        (await chief.SendAsync("POST", $"/users/{Unique.Id()}/unlock")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_login_of_a_known_an_unknown_and_a_locked_user_does_the_same_work()
    {
        await using var watched = await IdentityFixture.StartAsync(services =>
            services.AddSingleton<IPasswordHasher<User>, WatchedHasher>()
        );
        var hasher = (WatchedHasher)watched.Services.GetRequiredService<IPasswordHasher<User>>();
        var names = new Dictionary<string, string> { ["unknown"] = Unique.Username() };
        foreach (var name in (string[])["known", "locked"])
        {
            var body = IdentityFixture.Account();
            await watched.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
            names[name] = body.username;
        }
        for (var i = 0; i < 5; i++)
        {
            await TryAsync("locked");
        }

        foreach (var name in names.Keys)
        {
            hasher.Verified.Clear();
            await TryAsync(name);
            // A hash's first bytes name its algorithm, how often it is applied, and the length of its salt: all that its time depends on.
            Convert.FromBase64String(hasher.Verified.ShouldHaveSingleItem(name))[..13].ShouldBe(hasher.Work, name);
        }

        Task<Answer> TryAsync(string name) =>
            watched.Client.SendAsync("POST", "/auth/login", new { username = names[name], password = Wrong });
    }

    private async Task<AccountBody> RegisterAsync()
    {
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        return body;
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await LogInAsync(Wrong)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        }
    }

    private Task<Answer> LogInAsync(string? password = null, string? deviceToken = null) =>
        own.Client.SendAsync(
            "POST",
            "/auth/login",
            new
            {
                account.username,
                password = password ?? account.password,
                deviceToken,
            }
        );

    private HttpClient ClientOf(Answer session) =>
        new HttpClient { BaseAddress = own.Client.BaseAddress }.WithToken(session["accessToken"]!);

    // Hashing takes nearly all of a login's time.
    private sealed class WatchedHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<User>(options)
    {
        public byte[] Work => Convert.FromBase64String(HashPassword(null!, Wrong))[..13];

        public ConcurrentQueue<string> Verified { get; } = [];

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Verified.Enqueue(hashedPassword);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
