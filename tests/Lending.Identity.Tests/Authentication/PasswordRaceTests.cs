using System.Net;
using Lending.Identity.Users;
using Lending.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Authentication;

/// <summary>A login is under way while its password is changed.</summary>
public sealed class PasswordRaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_login_with_the_old_password_does_not_bring_it_back(bool rehashes)
    {
        var hasher = new WaitingHasher { Rehashes = rehashes };
        await using var own = await IdentityFixture.StartAsync(services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var session = await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);

        hasher.Waits = true;
        var late = own.Client.SendAsync("POST", "/auth/login", new { body.username, body.password });
        await hasher.Waiting.Task.WaitAsync(TestContext.Current.CancellationToken);
        hasher.Waits = false;
        await new HttpClient { BaseAddress = own.Client.BaseAddress }
            .WithToken(session["accessToken"]!)
            .PostAsync("/users/me/password", NewPassword(body.password), HttpStatusCode.NoContent);
        hasher.GoOn.SetResult();
        var lateSession = await late;

        (await own.Client.SendAsync("POST", "/auth/login", new { body.username, body.password })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-credentials"
        );
        await own.Client.PostAsync("/auth/login", new { body.username, password = IdentityFixture.OtherPassword }, HttpStatusCode.OK);
        if (lateSession.Status == HttpStatusCode.OK)
        {
            (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = lateSession["refreshToken"] })).ShouldBeProblem(
                HttpStatusCode.Unauthorized,
                "invalid-refresh-token"
            );
        }
    }

    [Fact]
    public async Task A_login_writes_the_hash_anew_where_it_was_made_in_an_older_way()
    {
        var hasher = new WaitingHasher { Rehashes = true };
        await using var own = await IdentityFixture.StartAsync(services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        var body = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        var sql = $"SELECT password_hash FROM identity.users WHERE username = '{body.username}'";
        var before = await own.ReadSqlAsync(sql);
        await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
        (await own.ReadSqlAsync(sql)).ShouldNotBe(before);
        await own.Client.PostAsync("/auth/login", new { body.username, body.password }, HttpStatusCode.OK);
    }

    private static object NewPassword(string current) =>
        new
        {
            currentPassword = current,
            password = IdentityFixture.OtherPassword,
            passwordConfirm = IdentityFixture.OtherPassword,
        };

    /// <summary>Checks a password, and then waits before it says what came out.</summary>
    private sealed class WaitingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> inner = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        public bool Rehashes { get; init; }

        public bool Waits { get; set; }

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string HashPassword(User user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            var outcome = inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
            if (Waits)
            {
                Waiting.TrySetResult();
                GoOn.Task.Wait(TimeSpan.FromSeconds(30));
            }
            return outcome == PasswordVerificationResult.Success && Rehashes ? PasswordVerificationResult.SuccessRehashNeeded : outcome;
        }
    }
}
