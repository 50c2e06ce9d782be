using System.Net;
using System.Text.Json;
using Lending.Identity.Users;
using Lending.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Authentication;

public sealed class LoginTests(IdentityFixture host)
{
    [Fact]
    public async Task Answers_tokens_and_the_user()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var session = await host.LogInAsync(user.Username);
        session
            .Json.EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe(
                [
                    "accessToken",
                    "refreshToken",
                    "deviceToken",
                    "tokenType",
                    "expiresIn",
                    "secondFactorMissing",
                    "termsWaiting",
                    "termsMissing",
                    "user",
                ],
                ignoreOrder: true
            );
        session["tokenType"].ShouldBe("Bearer");
        session["expiresIn"].ShouldBe("3600");
        session
            .Json.GetProperty("user")
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.ToString())
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["id"] = user.Id.ToString(),
                    ["username"] = user.Username,
                    ["email"] = user.Email,
                    ["role"] = "INSTALLER",
                    ["organizationId"] = organizationId.ToString(),
                    ["customerId"] = "",
                },
                ignoreOrder: true
            );
        (await host.ClientWith(session["accessToken"]!).GetAsync("/users/me", HttpStatusCode.OK)).Id.ShouldBe(user.Id);
    }

    [Theory]
    [InlineData(
        "ADMIN",
        $"account:own api-keys:manage audit:read installers:create {IdentityFixture.NeighboursPermission} {IdentityFixture.SandboxPermission} organization:all organization:settings sandbox:manage users:manage"
    )]
    [InlineData("INSTALLER", "account:own installers:create organization:all")]
    [InlineData("UNDERWRITER", $"account:own {IdentityFixture.NeighboursPermission} organization:all")]
    [InlineData("CUSTOMER", "account:own")]
    public async Task The_token_carries_user_organisation_role_and_permissions(string role, string permissions)
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync(role, organizationId);
        var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(user.AccessToken.Split('.')[1])).RootElement;
        payload.GetProperty("sub").GetGuid().ShouldBe(user.Id);
        payload.GetProperty("org").GetGuid().ShouldBe(organizationId);
        payload.GetProperty("role").GetString().ShouldBe(role);
        payload.TryGetProperty("customer_id", out _).ShouldBeFalse();
        payload
            .GetProperty("permissions")
            .EnumerateArray()
            .Select(item => item.GetString()!)
            .Order(StringComparer.Ordinal)
            .ShouldBe(permissions.Split(' '));
    }

    [Fact]
    public async Task Username_and_email_work_in_any_case()
    {
        var user = await host.NewRegisteredUserAsync();
        await host.LogInAsync(user.Username.ToUpperInvariant());
        await host.LogInAsync(user.Email.ToUpperInvariant());
    }

    [Fact]
    public async Task One_email_in_two_organisations_leads_to_the_account_whose_password_fits_and_never_locks_the_other()
    {
        var first = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        var second = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync(), first.Email);
        await second.Client.PostAsync(
            "/users/me/password",
            new
            {
                currentPassword = IdentityFixture.Password,
                password = IdentityFixture.OtherPassword,
                passwordConfirm = IdentityFixture.OtherPassword,
            },
            HttpStatusCode.NoContent
        );
        for (var i = 0; i < 6; i++)
        {
            (await host.LogInAsync(first.Email, IdentityFixture.OtherPassword))["user.id"].ShouldBe(second.Id.ToString());
        }
        (await host.LogInAsync(first.Email))["user.id"].ShouldBe(first.Id.ToString());
    }

    [Fact]
    public async Task Unknown_user_wrong_password_and_deactivated_user_get_the_same_answer()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var deactivated = await host.NewUserAsync("INSTALLER", organizationId);
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{deactivated.Id}", new { active = false }, HttpStatusCode.OK);
        var answers = new List<Answer>();
        foreach (
            var (username, password) in new[]
            {
                (user.Username, IdentityFixture.OtherPassword),
                (user.Email, IdentityFixture.OtherPassword),
                (deactivated.Username, IdentityFixture.Password),
                (Unique.Username(), IdentityFixture.Password),
                (Unique.Email(), IdentityFixture.Password),
            }
        )
        {
            var answer = await host.Client.SendAsync("POST", "/auth/login", new { username, password });
            answers.Add(answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials"));
        }
        answers.Select(answer => answer["detail"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Every_refusal_computes_as_many_hashes_as_a_wrong_password()
    {
        var counter = new CountingHasher();
        await using var own = await IdentityFixture.StartAsync(services => services.AddSingleton<IPasswordHasher<User>>(counter));
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var (deactivated, invited) = (IdentityFixture.Account(), IdentityFixture.Account());
        await own.Client.PostAsync("/auth/register", deactivated, HttpStatusCode.Created);
        await own.Client.PostAsync("/auth/register", invited, HttpStatusCode.Created);
        await own.ExecuteSqlAsync($"UPDATE identity.users SET active = false WHERE username = '{deactivated.username}'");
        await own.ExecuteSqlAsync($"UPDATE identity.users SET password_hash = NULL WHERE username = '{invited.username}'");

        async Task<int> CountAsync(string username)
        {
            var before = counter.Verifications;
            (await own.Client.SendAsync("POST", "/auth/login", new { username, password = "not-the-password-at-all" })).ShouldBeProblem(
                HttpStatusCode.Unauthorized,
                "invalid-credentials"
            );
            return counter.Verifications - before;
        }

        foreach (
            var username in new[]
            {
                body.username,
                body.email,
                Unique.Username(),
                Unique.Email(),
                deactivated.username,
                invited.username,
                invited.email,
            }
        )
        {
            (await CountAsync(username)).ShouldBe(1, username);
        }
        for (var i = 0; i < 10; i++)
        {
            (await CountAsync(body.username)).ShouldBe(1, "locked");
        }
    }

    [Fact]
    public async Task Parallel_guesses_cannot_outrun_the_lock()
    {
        var counter = new CountingHasher();
        await using var own = await IdentityFixture.StartAsync(services => services.AddSingleton<IPasswordHasher<User>>(counter));
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var hash = (string?)await own.ReadSqlAsync($"SELECT password_hash FROM identity.users WHERE username = '{body.username}'");
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => own.Client.SendAsync("POST", "/auth/login", new { body.username, password = $"guess number {i}" }))
        );
        counter.Verified.Count(verified => verified == hash).ShouldBe(5);
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        await host.Client.ShouldBeRefusedAsync("POST", "/auth/login");
        await host.Client.ShouldRefuseAsync(
            "POST",
            "/auth/login",
            new { username = "somebody", password = IdentityFixture.Password },
            ("username", BadFields.Missing, "not-empty"),
            ("username", null, "not-empty"),
            ("username", 1, "wrong-type"),
            ("username", new string('a', 255), "maximum-length"),
            ("password", BadFields.Missing, "not-empty"),
            ("password", null, "not-empty"),
            ("password", false, "wrong-type"),
            ("password", new string('a', 129), "maximum-length"),
            ("remember", true, "unknown-member")
        );
    }

    [Fact]
    public async Task A_password_hashed_with_fewer_rounds_is_hashed_again_at_login()
    {
        await using var own = await IdentityFixture.StartAsync();
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var weak = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 10 })).HashPassword(
            null!,
            body.password
        );
        await own.ExecuteSqlAsync($"UPDATE identity.users SET password_hash = '{weak}' WHERE username = '{body.username}'");
        for (var i = 0; i < 2; i++)
        {
            await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        }
        (await own.ReadSqlAsync($"SELECT password_hash FROM identity.users WHERE username = '{body.username}'")).ShouldNotBe(weak);
    }

    [Fact]
    public async Task The_product_hashes_with_at_least_210000_rounds()
    {
        await using var product = await ModuleHost.StartAsync(new IdentityModule(), settings: IdentityFixture.Settings);
        product.Services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount.ShouldBeGreaterThanOrEqualTo(210_000);
        var hash = Convert.FromBase64String(
            (string)(await product.ReadSqlAsync("SELECT password_hash FROM identity.users WHERE username = 'chief'"))!
        );
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(210_000);
    }

    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> inner = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        public System.Collections.Concurrent.ConcurrentBag<string> Verified { get; } = [];

        public int Verifications => Verified.Count;

        public string HashPassword(User user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Verified.Add(hashedPassword);
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
