using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class ChangePasswordTests(IdentityFixture host)
{
    private static readonly object Right = new
    {
        currentPassword = IdentityFixture.Password,
        password = IdentityFixture.OtherPassword,
        passwordConfirm = IdentityFixture.OtherPassword,
    };

    [Fact]
    public async Task The_new_password_works_and_the_old_one_no_longer()
    {
        var user = await host.NewRegisteredUserAsync();
        await user.Client.PostAsync("/users/me/password", Right, HttpStatusCode.NoContent);
        await host.LogInAsync(user.Username, IdentityFixture.OtherPassword);
        (
            await host.Client.SendAsync("POST", "/auth/login", new { username = user.Username, password = IdentityFixture.Password })
        ).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = user.RefreshToken })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
    }

    [Fact]
    public async Task A_wrong_present_password_is_refused_and_counts_towards_the_lock()
    {
        var user = await host.NewRegisteredUserAsync();
        var wrong = new
        {
            currentPassword = "not my password",
            password = IdentityFixture.OtherPassword,
            passwordConfirm = IdentityFixture.OtherPassword,
        };
        // Five on the device, which is then trusted no longer, and five for the account.
        for (var i = 0; i < 10; i++)
        {
            (await user.Client.SendAsync("POST", "/users/me/password", wrong))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password")
                .WrongFields.ShouldBe(["currentPassword"]);
        }
        (await user.Client.SendAsync("POST", "/users/me/password", Right)).ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password");
    }

    [Fact]
    public async Task A_password_like_the_users_name_is_refused()
    {
        var user = await host.NewRegisteredUserAsync();
        foreach (var password in new[] { $"xx {user.Username} yy", $"xx {user.Email.Split('@')[0]} yy" })
        {
            var answer = await user.Client.SendAsync(
                "POST",
                "/users/me/password",
                new
                {
                    currentPassword = IdentityFixture.Password,
                    password,
                    passwordConfirm = password,
                }
            );
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe(["password"]);
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_stored()
    {
        var user = await host.NewRegisteredUserAsync();
        await user.Client.ShouldBeRefusedAsync("POST", "/users/me/password");
        await user.Client.ShouldRefuseAsync(
            "POST",
            "/users/me/password",
            Right,
            [
                .. BadFields.OfPasswords(),
                ("currentPassword", BadFields.Missing, "not-empty"),
                ("currentPassword", null, "not-empty"),
                ("currentPassword", 1, "wrong-type"),
                ("currentPassword", new string('x', 129), "maximum-length"),
                ("username", "x", "unknown-member"),
            ]
        );
        (await host.Client.SendAsync("POST", "/users/me/password", Right)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        await host.LogInAsync(user.Username);
    }
}
