using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Identity.Tests.Authentication;

public sealed class EmailConfirmationTests
{
    private static readonly Dictionary<string, string?> Careful = new() { ["Registration:RequireConfirmedEmail"] = "true" };

    [Fact]
    public async Task An_account_works_only_after_its_email_is_confirmed()
    {
        await using var own = await IdentityFixture.StartAsync(settings: Careful);
        var body = IdentityFixture.Account();
        var login = new { body.username, body.password };

        (await own.Client.SendAsync("POST", "/auth/register", body)).Status.ShouldBe(HttpStatusCode.Accepted);
        (await own.Client.SendAsync("POST", "/auth/login", login)).ShouldBeProblem(HttpStatusCode.Unauthorized, "invalid-credentials");
        await own.Client.PostAsync("/auth/email-confirmation/mail", new { body.email }, HttpStatusCode.Accepted);
        var mails = own.Messages.To(body.email);
        mails.Select(mail => mail.Kind).ShouldBe([MessageKind.EmailConfirmation, MessageKind.EmailConfirmation]);
        var (older, newer) = (new { token = mails[0].Values["token"] }, new { token = mails[1].Values["token"] });
        (await own.Client.SendAsync("POST", "/auth/email-confirmation", older)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-token");
        (await own.Client.SendAsync("POST", "/auth/email-confirmation", newer)).Status.ShouldBe(HttpStatusCode.NoContent);

        await own.Client.PostAsync("/auth/login", login, HttpStatusCode.OK);
        (await own.Client.SendAsync("POST", "/auth/email-confirmation", newer)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-token");
    }

    [Fact]
    public async Task The_answer_never_tells_whether_an_email_has_an_account()
    {
        await using var own = await IdentityFixture.StartAsync(settings: Careful);
        var first = IdentityFixture.Account();
        var second = IdentityFixture.Account(email: first.email);

        var fresh = await own.Client.SendAsync("POST", "/auth/register", first);
        var known = await own.Client.SendAsync("POST", "/auth/register", second);

        fresh.Status.ShouldBe(HttpStatusCode.Accepted);
        known.ShouldBe(fresh);
        own.Messages.To(first.email).Select(mail => mail.Kind).ShouldBe([MessageKind.EmailConfirmation, MessageKind.AccountExists]);
        (await own.Client.SendAsync("POST", "/auth/login", new { second.username, second.password })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-credentials"
        );
        var (asked, nobody) = (
            await own.Client.SendAsync("POST", "/auth/email-confirmation/mail", new { first.email }),
            await own.Client.SendAsync("POST", "/auth/email-confirmation/mail", new { email = Unique.Email() })
        );
        nobody.ShouldBe(asked);
    }

    [Fact]
    public async Task Nor_does_a_user_name_that_is_taken_tell_it_nor_a_race()
    {
        await using var own = await IdentityFixture.StartAsync(settings: Careful);
        var known = IdentityFixture.Account();
        await own.Client.PostAsync("/auth/register", known, HttpStatusCode.Accepted);

        foreach (var email in (string[])[known.email, Unique.Email()])
        {
            (await own.Client.SendAsync("POST", "/auth/register", IdentityFixture.Account(known.username, email))).ShouldBeProblem(
                HttpStatusCode.Conflict,
                "username-taken"
            );
        }
        var contested = Unique.Email();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => own.Client.SendAsync("POST", "/auth/register", IdentityFixture.Account(email: contested)))
        );
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        own.Messages.To(contested).Count(mail => mail.Kind == MessageKind.EmailConfirmation).ShouldBe(1);
    }

    [Fact]
    public async Task Where_sign_up_is_off_nobody_signs_up()
    {
        await using var own = await IdentityFixture.StartAsync(
            settings: new Dictionary<string, string?> { ["Registration:AllowSelfRegistration"] = "false" }
        );

        (await own.Client.SendAsync("POST", "/auth/register", IdentityFixture.Account())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "self-registration-disabled"
        );
    }
}
