using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Identity.Tests.Users;

public sealed class EmailChangeTests(IdentityFixture host)
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_new_email_holds_when_it_is_confirmed_and_both_addresses_are_told(string method)
    {
        var user = await host.NewUserAsync("INSTALLER", await host.NewOrganizationAsync());
        var email = Unique.Email();

        var asked = await user.Client.ExpectAsync(method, "/users/me", new { username = user.Username, email }, HttpStatusCode.OK);
        asked["email"].ShouldBe(user.Email);
        var token = host.Host.Messages.TokenTo(email, MessageKind.EmailChange);
        (await ConfirmAsync(token)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await user.Client.GetAsync("/users/me", HttpStatusCode.OK))["email"].ShouldBe(email);
        (await ConfirmAsync(token)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-token");
        foreach (var address in (string[])[user.Email, email])
        {
            host.Host.Messages.To(address)[^1].Kind.ShouldBe(MessageKind.EmailChanged);
        }
    }

    [Fact]
    public async Task An_email_that_somebody_has_gets_no_mail_and_the_same_answer()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var other = await host.NewUserAsync("INSTALLER", organizationId);
        var before = host.Host.Messages.To(other.Email).Count;

        var taken = await user.Client.ExpectAsync("PATCH", "/users/me", new { email = other.Email }, HttpStatusCode.OK);

        taken["email"].ShouldBe(user.Email);
        host.Host.Messages.To(other.Email).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Ten_minutes_after_the_login_a_user_without_second_factor_logs_in_again_first()
    {
        await using var own = new IdentityFixture();
        await own.InitializeAsync();
        var user = await own.NewUserAsync("INSTALLER", await own.NewOrganizationAsync());
        var change = new { email = Unique.Email() };
        own.Host.Clock.Advance(TimeSpan.FromMinutes(11));

        (await user.Client.SendAsync("PATCH", "/users/me", change)).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        var renewed = await own.Client.PostAsync("/auth/token/refresh", new { user.RefreshToken }, HttpStatusCode.OK);
        user.Client.WithToken(renewed["accessToken"]!);
        (await user.Client.SendAsync("PATCH", "/users/me", change)).ShouldBeProblem(HttpStatusCode.Forbidden, "step-up-required");
        user.Client.WithToken((await own.LogInAsync(user.Username))["accessToken"]!);
        await user.Client.ExpectAsync("PATCH", "/users/me", change, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Somebody_may_have_taken_it_meanwhile()
    {
        var organizationId = await host.NewOrganizationAsync();
        var user = await host.NewUserAsync("INSTALLER", organizationId);
        var email = Unique.Email();
        await user.Client.ExpectAsync("PATCH", "/users/me", new { email }, HttpStatusCode.OK);
        var token = host.Host.Messages.TokenTo(email, MessageKind.EmailChange);
        await host.NewUserAsync("INSTALLER", organizationId, email);

        (await ConfirmAsync(token)).ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
    }

    [Fact]
    public async Task It_works_for_30_minutes()
    {
        await using var own = await IdentityFixture.StartAsync();
        foreach (var (minutes, works) in ((int, bool)[])[(29, true), (30, false)])
        {
            using var chief = await own.LogInAsChiefAsync();
            var email = Unique.Email();
            await chief.ExpectAsync("PATCH", "/users/me", new { email }, HttpStatusCode.OK);
            own.Clock.Advance(TimeSpan.FromMinutes(minutes));

            var token = own.Messages.TokenTo(email, MessageKind.EmailChange);
            (await own.Client.SendAsync("POST", "/auth/email-change", new { token })).Status.ShouldBe(
                works ? HttpStatusCode.NoContent : HttpStatusCode.BadRequest,
                $"after {minutes} minutes"
            );
        }
    }

    private Task<Answer> ConfirmAsync(string token) => host.Client.SendAsync("POST", "/auth/email-change", new { token });
}
