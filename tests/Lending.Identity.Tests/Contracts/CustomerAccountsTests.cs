using System.Net;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Contracts;

/// <summary>What the Customers module does with accounts, and what their users can do then.</summary>
public sealed class CustomerAccountsTests(IdentityFixture host)
{
    private async Task<T> ActAsync<T>(Guid organizationId, Func<ICustomerAccounts, Task<T>> act, bool commit = true, ModuleHost? on = null)
    {
        await using var scope = (on ?? host.Host).Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "installer"));
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
        var result = await act(scope.ServiceProvider.GetRequiredService<ICustomerAccounts>());
        if (commit)
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        return result;
    }

    private static NewCustomerAccount Account(
        Guid organizationId,
        string? email = null,
        string? username = null,
        string? password = null
    ) => new(Unique.Id(), organizationId, email ?? Unique.Email(), username, password) { UserId = Unique.Id() };

    private async Task<NewCustomerAccount> CreateAsync(Guid organizationId)
    {
        var account = Account(organizationId);
        (await ActAsync(organizationId, accounts => accounts.CreateAsync(account, CancellationToken.None))).ShouldBeEmpty();
        return account;
    }

    private Task<Invitation?> InviteAsync(NewCustomerAccount account) =>
        ActAsync(account.OrganizationId, accounts => accounts.InviteAsync(account.CustomerId, CancellationToken.None));

    private Task<Answer> AcceptAsync(string token, string? username = null, string password = IdentityFixture.Password) =>
        host.Client.SendAsync(
            "POST",
            "/auth/invitations/accept",
            new
            {
                token,
                username,
                password,
                passwordConfirm = password,
            }
        );

    private Task<Answer> ReadAsync(Guid userId) => host.PlatformAdmin.GetAsync($"/users/{userId}", HttpStatusCode.OK);

    [Fact]
    public async Task A_new_account_has_a_made_up_name_and_nobody_can_log_in_to_it()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var user = await ReadAsync(account.UserId);
        user["username"]!.ShouldMatch("^c-[0-9a-f]{16}$");
        user["role"].ShouldBe("CUSTOMER");
        user["customerId"].ShouldBe(account.CustomerId.ToString());
        (await host.Client.SendAsync("POST", "/auth/login", new { username = account.Email, password = "whatever it is" })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-credentials"
        );
        var found = await host.PlatformAdmin.GetAsync(
            $"/users?organizationId={account.OrganizationId}&customerId={account.CustomerId}",
            HttpStatusCode.OK
        );
        found.Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_account_with_a_password_can_log_in_and_its_token_says_which_customer_it_is()
    {
        var account = Account(await host.NewOrganizationAsync(), username: Unique.Username(), password: IdentityFixture.Password);
        (await ActAsync(account.OrganizationId, accounts => accounts.CreateAsync(account, CancellationToken.None))).ShouldBeEmpty();
        var session = await host.LogInAsync(account.Username!);
        session["user.id"].ShouldBe(account.UserId.ToString());
        session["user.customerId"].ShouldBe(account.CustomerId.ToString());
    }

    [Fact]
    public async Task What_was_mailed_to_a_wrong_address_stops_working_when_it_is_corrected()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var invitation = (await InviteAsync(account))!;
        invitation.Email.ShouldBe(account.Email);
        await host.Client.PostAsync("/auth/password-reset", new { email = account.Email }, HttpStatusCode.Accepted);
        var reset = host.Host.Messages.TokenTo(account.Email, MessageKind.PasswordReset);
        var email = Unique.Email();
        (
            await ActAsync(account.OrganizationId, accounts => accounts.ChangeEmailAsync(account.CustomerId, email, CancellationToken.None))
        ).ShouldBeEmpty();

        (await AcceptAsync(invitation.Token)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-invitation");
        var body = new
        {
            token = reset,
            password = IdentityFixture.Password,
            passwordConfirm = IdentityFixture.Password,
        };
        (await host.Client.SendAsync("POST", "/auth/password-reset/confirmation", body)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "invalid-token"
        );
        (await AcceptAsync((await InviteAsync(account))!.Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Errors_are_told_and_nothing_is_written()
    {
        var organizationId = await host.NewOrganizationAsync();
        var existing = await host.NewUserAsync("INSTALLER", organizationId);
        async Task<string[]> CodesAsync(NewCustomerAccount account)
        {
            var errors = await ActAsync(organizationId, accounts => accounts.CreateAsync(account, CancellationToken.None));
            (await host.PlatformAdmin.SendAsync("GET", $"/users/{account.UserId}")).Status.ShouldBe(HttpStatusCode.NotFound);
            return [.. errors.Select(error => $"{error.Field}: {error.Code}")];
        }
        (await CodesAsync(Account(organizationId, email: existing.Email.ToUpperInvariant()))).ShouldBe(["email: account-email-taken"]);
        (await CodesAsync(Account(organizationId, username: existing.Username.ToUpperInvariant()))).ShouldBe(["username: username-taken"]);
        (await CodesAsync(Account(organizationId, username: Unique.Username(), password: "12345678"))).ShouldBe([
            "password: password-too-short",
            "password: password-all-digits",
        ]);
        (await CodesAsync(Account(organizationId, username: "not a name", password: IdentityFixture.Password))).ShouldBe([
            "username: invalid-username",
        ]);
    }

    [Fact]
    public async Task An_account_vanishes_with_the_callers_transaction()
    {
        var account = Account(await host.NewOrganizationAsync());
        await ActAsync(account.OrganizationId, accounts => accounts.CreateAsync(account, CancellationToken.None), commit: false);
        (await host.PlatformAdmin.SendAsync("GET", $"/users/{account.UserId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_email_follows_the_customer_until_there_is_a_password()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        Task<IReadOnlyList<Error>> ChangeAsync(string email) =>
            ActAsync(account.OrganizationId, accounts => accounts.ChangeEmailAsync(account.CustomerId, email, CancellationToken.None));

        var changed = Unique.Email();
        (await ChangeAsync(changed)).ShouldBeEmpty();
        (await ReadAsync(account.UserId))["email"].ShouldBe(changed);
        (await ChangeAsync(changed.ToUpperInvariant())).ShouldBeEmpty();
        (await ReadAsync(account.UserId))["email"].ShouldBe(changed.ToUpperInvariant());
        (await ChangeAsync(changed.ToUpperInvariant())).ShouldBeEmpty();

        var other = await CreateAsync(account.OrganizationId);
        (await ChangeAsync(other.Email)).Select(error => error.Code).ShouldBe(["account-email-taken"]);

        (await AcceptAsync((await InviteAsync(account))!.Token)).Status.ShouldBe(HttpStatusCode.OK);
        (await ChangeAsync(Unique.Email())).ShouldBeEmpty();
        (await ReadAsync(account.UserId))["email"].ShouldBe(changed.ToUpperInvariant());
        (
            await ActAsync(
                account.OrganizationId,
                accounts => accounts.ChangeEmailAsync(Unique.Id(), Unique.Email(), CancellationToken.None)
            )
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invitation_sets_name_and_password_once_and_logs_in()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var invitation = (await InviteAsync(account)).ShouldNotBeNull();
        (invitation.ExpiresAt - TimeProvider.System.GetUtcNow()).ShouldBeInRange(TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        var username = Unique.Username();
        var session = await AcceptAsync(invitation.Token, username);
        session.Status.ShouldBe(HttpStatusCode.OK, session.Text);
        session["user.username"].ShouldBe(username);
        session["user.customerId"].ShouldBe(account.CustomerId.ToString());
        await host.ClientWith(session["accessToken"]!).GetAsync("/users/me", HttpStatusCode.OK);
        await host.LogInAsync(username);
        await host.LogInAsync(account.Email);

        (await AcceptAsync(invitation.Token))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-invitation")
            .WrongFields.ShouldBe(["token"]);
        (await InviteAsync(account)).ShouldBeNull("there is a password now");
        (await ActAsync(account.OrganizationId, accounts => accounts.InviteAsync(Unique.Id(), CancellationToken.None))).ShouldBeNull(
            "there is no such customer"
        );
    }

    [Fact]
    public async Task A_new_invitation_replaces_the_earlier_one_and_the_made_up_name_can_stay()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var first = (await InviteAsync(account))!;
        var second = (await InviteAsync(account))!;
        (await AcceptAsync(first.Token)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-invitation");
        (await AcceptAsync(second.Token))["user.username"]!.ShouldStartWith("c-");
    }

    [Fact]
    public async Task Of_two_who_race_with_one_invitation_exactly_one_wins()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var invitation = (await InviteAsync(account))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AcceptAsync(invitation.Token)));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers
            .Where(answer => answer.Status != HttpStatusCode.OK)
            .ShouldAllBe(answer => answer.Code == "invalid-invitation" || answer.Code == "concurrent-change");
    }

    [Fact]
    public async Task An_invitation_expires_after_seven_days()
    {
        await using var own = await IdentityFixture.StartAsync();
        var organizationId = new Guid("01900000-0000-7000-8000-000000000001");
        var account = Account(organizationId);
        await ActAsync(organizationId, accounts => accounts.CreateAsync(account, CancellationToken.None), on: own);
        var invitation = await ActAsync(
            organizationId,
            accounts => accounts.InviteAsync(account.CustomerId, CancellationToken.None),
            on: own
        );
        own.Clock.Advance(TimeSpan.FromDays(7));
        var body = new
        {
            token = invitation!.Token,
            password = IdentityFixture.Password,
            passwordConfirm = IdentityFixture.Password,
        };
        (await own.Client.SendAsync("POST", "/auth/invitations/accept", body)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "invalid-invitation"
        );
        own.Clock.Advance(TimeSpan.FromMinutes(-1));
        await own.Client.PostAsync("/auth/invitations/accept", body, HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_invitation_of_a_deactivated_user_does_not_work()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var invitation = (await InviteAsync(account))!;
        await host.PlatformAdmin.ExpectAsync("PATCH", $"/users/{account.UserId}", new { active = false }, HttpStatusCode.OK);
        (await AcceptAsync(invitation.Token)).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-invitation");
    }

    [Fact]
    public async Task Accepting_refuses_bad_input_and_leaves_the_invitation_usable()
    {
        var existing = await host.NewRegisteredUserAsync();
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var invitation = (await InviteAsync(account))!;
        const string path = "/auth/invitations/accept";
        await host.Client.ShouldBeRefusedAsync("POST", path);
        await host.Client.ShouldRefuseAsync(
            "POST",
            path,
            new
            {
                token = invitation.Token,
                username = Unique.Username(),
                password = IdentityFixture.Password,
                passwordConfirm = IdentityFixture.Password,
            },
            [
                .. BadFields.OfPasswords(),
                .. BadFields
                    .OfAccounts()
                    .Where(item => item.Field == "username" && item.Value is not null && !ReferenceEquals(item.Value, BadFields.Missing)),
                ("token", BadFields.Missing, "not-empty"),
                ("token", null, "not-empty"),
                ("token", 1, "wrong-type"),
                ("token", new string('x', 44), "maximum-length"),
                ("email", "a@example.org", "unknown-member"),
            ]
        );
        (await AcceptAsync("unknown")).ShouldBeProblem(HttpStatusCode.BadRequest, "invalid-invitation");
        (await AcceptAsync(invitation.Token, password: $"xx {account.Email.Split('@')[0]} yy")).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        (await AcceptAsync(invitation.Token, existing.Username)).ShouldBeProblem(HttpStatusCode.Conflict, "username-taken");
        (await AcceptAsync(invitation.Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_customers_account_cannot_become_staff()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        (await host.PlatformAdmin.SendAsync("PATCH", $"/users/{account.UserId}", new { role = "INSTALLER" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "customer-account")
            .WrongFields.ShouldBe(["role"]);
    }

    [Fact]
    public async Task A_deleted_accounts_tokens_and_sessions_stop_working()
    {
        await using var own = await IdentityFixture.StartAsync();
        var organizationId = new Guid("01900000-0000-7000-8000-000000000001");
        var account = Account(organizationId, username: Unique.Username(), password: IdentityFixture.Password);
        await ActAsync(organizationId, accounts => accounts.CreateAsync(account, CancellationToken.None), on: own);
        var session = await own.Client.PostAsync(
            "/auth/login",
            new { username = account.Username, password = IdentityFixture.Password },
            HttpStatusCode.OK
        );
        await ActAsync(
            organizationId,
            async accounts =>
            {
                await accounts.DeleteAsync(account.CustomerId, CancellationToken.None);
                await accounts.DeleteAsync(Unique.Id(), CancellationToken.None);
                return true;
            },
            on: own
        );
        own.Clock.Advance(TimeSpan.FromSeconds(29));
        (await own.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = session["refreshToken"] })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "invalid-refresh-token"
        );
        (await own.Client.WithToken(session["accessToken"]!).SendAsync("GET", "/users/me")).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Fact]
    public async Task Customers_of_another_organisation_are_out_of_reach()
    {
        var account = await CreateAsync(await host.NewOrganizationAsync());
        var other = await host.NewOrganizationAsync();
        (await ActAsync(other, accounts => accounts.InviteAsync(account.CustomerId, CancellationToken.None))).ShouldBeNull();
        await ActAsync(
            other,
            async accounts =>
            {
                await accounts.DeleteAsync(account.CustomerId, CancellationToken.None);
                return true;
            }
        );
        await ReadAsync(account.UserId);
    }
}
