using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Contracts;
using Lending.Identity.Tests.ApiKeys;
using Lending.Identity.Tests.Authentication;
using Lending.Identity.Tests.SingleSignOn;
using Lending.Identity.Tests.Terms;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Lending.Identity.Tests.Data;

/// <summary>How often each slice asks the database: reads and lists once, creates at most three times, unless it is said why.</summary>
public sealed class CommandBudgetTests : IAsyncLifetime
{
    private static readonly string[] GroupPermissions = ["installers:create"];
    private const string SignOnEmail = "staff@signed.example";

    // A host of its own, as other tests' commands must not be counted.
    private readonly IdentityFixture host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        var organizationId = await host.NewOrganizationAsync();
        var organization = $"/organizations/{organizationId}";
        var otherOrganization = await host.NewOrganizationAsync();
        var administrator = await host.NewUserAsync("ADMIN", organizationId);
        var leaver = await host.NewUserAsync("INSTALLER", organizationId);
        var installer = await host.NewUserAsync("INSTALLER", organizationId);
        var (chief, admin, own, nobody) = (host.PlatformAdmin, administrator.Client, installer.Client, host.Client);
        var invitation = await InviteAsync(organizationId);
        var newcomer = await host.NewRegisteredUserAsync();
        await nobody.PostAsync("/auth/email-confirmation/mail", new { newcomer.Email }, HttpStatusCode.Accepted);
        var confirmation = host.Host.Messages.TokenTo(newcomer.Email, MessageKind.EmailConfirmation);
        await nobody.PostAsync("/auth/password-reset", new { newcomer.Email }, HttpStatusCode.Accepted);
        var reset = host.Host.Messages.TokenTo(newcomer.Email, MessageKind.PasswordReset);
        var newEmail = Unique.Email();
        await own.ExpectAsync("PATCH", "/users/me", new { email = newEmail }, HttpStatusCode.OK);
        var change = host.Host.Messages.TokenTo(newEmail, MessageKind.EmailChange);
        var invitee = (await administrator.Client.PostAsync("/users/installers", IdentityFixture.Staff(), HttpStatusCode.Created)).Id;
        var roamer = await host.NewUserAsync("INSTALLER", organizationId);
        var leaving = await host.LogInAsync(administrator.Username);
        var session = new JsonWebToken((await host.LogInAsync(administrator.Username))["accessToken"]).GetClaim("sid").Value;
        var otherId = await host.NewOrganizationAsync();
        var toConfirm = await ProposeAsync((await host.NewUserAsync("ADMIN", otherId)).Client, otherId);
        var toReject = await ProposeAsync(chief, await host.NewOrganizationAsync());
        var group = await admin.PostAsync("/permission-groups", new { name = "First" }, HttpStatusCode.Created);
        var (key, other) = (await admin.NewKeyAsync(), await admin.NewKeyAsync());
        var owner = await FactorOwner.WithTotpAsync(host.Host);
        var keyed = await FactorOwner.RegisterAsync(host.Host);
        var beginner = await FactorOwner.RegisterAsync(host.Host);
        using var authenticator = new SoftwareAuthenticator();
        await keyed.AddPasskeyAsync(authenticator);
        var passkeyId = (await keyed.Client.GetAsync("/users/me/second-factors", HttpStatusCode.OK))["passkeys"]![8..44];
        using var second = new SoftwareAuthenticator();
        var passkey = await owner.PasskeyAsync(second);
        host.Host.Clock.Advance(TimeSpan.FromSeconds(30));
        // From here on nothing that is remembered grows old.
        host.Host.Clock.Stop();
        var trial = new
        {
            name = "Sandbox",
            mode = "sandbox",
            scopes = (string[])["sandbox:manage"],
        };
        var sandbox = host.Host.ClientWithKey((await admin.NewKeyAsync(trial))["key"]!);
        await sandbox.GetAsync("/sandbox/clock", HttpStatusCode.OK);
        var challenge = await owner.StartLoginAsync();
        var started = await nobody.PostAsync("/auth/login/passkey/challenge", null, HttpStatusCode.OK);
        var entry = new { challenge = started["challenge"], passkey = authenticator.Sign(started.Json.GetProperty("options")) };
        await using var provider = new TestProvider();
        await provider.InitializeAsync();
        var signOn = await StartSignOnAsync(provider, otherId);
        var terms = await admin.PublishTermsAsync();
        var privacy = await admin.PublishTermsAsync("PRIVACY");
        await admin.AcceptTermsAsync(privacy);
        await own.AcceptTermsAsync(privacy);
        // What every request needs now and then, whatever it does, is there before the counting starts.
        await admin.SendAsync("GET", $"{organization}/approval-tiers");

        await host.Host.ShouldKeepAsync(
            // The attempt is counted before the password is looked at, so that parallel guesses cannot outrun the lock, and forgiven after; then the
            // user's expired sessions go, the devices are read with what waits for acceptance, and the new session comes. Hashing the password takes as
            // long as a hundred commands.
            new("Login", 7, () => nobody.SendAsync("POST", "/auth/login", new { leaver.Username, IdentityFixture.Password })),
            // The try of the challenge is taken, and the challenge and the user are read; then the attempt, the code, and what Login does at the end.
            new("LoginSecondFactor", 12, () => owner.GiveAsync(new { challenge, code = owner.Code() })),
            // Expired challenges go, and the new one comes.
            new("StartPasskeyLogin", 3, () => nobody.SendAsync("POST", "/auth/login/passkey/challenge")),
            // The challenge as above; the user, the passkey and its counter; then the session.
            new("PasskeyLogin", 10, () => nobody.SendAsync("POST", "/auth/login/passkey", entry)),
            new("GetSecondFactors", 1, () => owner.Client.SendAsync("GET", "/users/me/second-factors")),
            // The user, the attempt on the device, the code, and the session.
            new("StepUpSession", 8, () => owner.Client.SendAsync("POST", "/users/me/step-up", new { code = owner.Code(ahead: 1) })),
            // The user, their passkeys (for a new one, the user once more by their id), and the challenge.
            new("StartStepUp", 5, () => owner.Client.SendAsync("POST", "/users/me/step-up/challenge")),
            new("StartPasskey", 6, () => owner.Client.SendAsync("POST", "/users/me/passkeys/challenge")),
            new("RegisterPasskey", 9, () => owner.Client.SendAsync("POST", "/users/me/passkeys", passkey)),
            new("CreateRecoveryCodes", 4, () => owner.Client.SendAsync("POST", "/users/me/recovery-codes")),
            // The user is locked, so that of two factors that go at once one knows that it is the last, with which the recovery codes go, too.
            new("DeletePasskey", 8, () => keyed.Client.SendAsync("DELETE", $"/users/me/passkeys/{passkeyId}")),
            new("DeleteTotp", 6, () => owner.Client.SendAsync("DELETE", "/users/me/totp")),
            new("StartTotp", 5, () => beginner.StartTotpAsync()),
            // The app, the attempt, the user; then the app, ten codes, the user and the session are written.
            new("ConfirmTotp", 11, () => beginner.ConfirmTotpAsync()),
            // The person is found by the secret, which is used up with the change that it stands for.
            new("ConfirmEmail", 3, () => nobody.SendAsync("POST", "/auth/email-confirmation", new { token = confirmation })),
            new("ConfirmEmailChange", 3, () => nobody.SendAsync("POST", "/auth/email-change", new { token = change })),
            new("RequestEmailConfirmation", 1, () => nobody.SendAsync("POST", "/auth/email-confirmation/mail", new { leaver.Email })),
            // Account and secret; the mail is another module's.
            new("RequestPasswordReset", 3, () => nobody.SendAsync("POST", "/auth/password-reset", new { leaver.Email })),
            // Secret and account, which are written; then all sessions and devices go.
            new("ResetPassword", 5, () => nobody.SendAsync("POST", "/auth/password-reset/confirmation", Reset(reset))),
            new("Register", 3, () => nobody.SendAsync("POST", "/auth/register", IdentityFixture.Account())),
            new("AcceptInvitation", 5, () => nobody.SendAsync("POST", "/auth/invitations/accept", Acceptance(invitation))),
            new("RefreshToken", 2, () => nobody.SendAsync("POST", "/auth/token/refresh", new { leaver.RefreshToken })),
            new("Logout", 2, () => nobody.SendAsync("POST", "/auth/logout", new { refreshToken = leaving["refreshToken"] })),
            // Each request in a sandbox reads its clock.
            new("GetClock", 2, () => sandbox.SendAsync("GET", "/sandbox/clock")),
            // It is read once more for the jobs, of which this host has none.
            new("AdvanceClock", 5, () => sandbox.SendAsync("POST", "/sandbox/clock", new { now = host.Host.Clock.GetUtcNow().AddDays(1) })),
            new("GetProfile", 1, () => own.SendAsync("GET", "/users/me")),
            new("PatchProfile", 3, () => own.SendAsync("PATCH", "/users/me", new { username = Unique.Username() })),
            new("UpdateProfile", 3, () => own.SendAsync("PUT", "/users/me", new { username = Unique.Username(), Email = newEmail })),
            // The account, the device of the session and its counter, as Login from there; then the row is read and changed, and all sessions end.
            new("ChangePassword", 9, () => own.SendAsync("POST", "/users/me/password", NewPassword())),
            new("ListSessions", 1, () => admin.SendAsync("GET", "/users/me/sessions"), FewestItems: 1),
            new("EndSession", 2, () => admin.SendAsync("DELETE", $"/users/me/sessions/{session}")),
            new("EndAllSessions", 4, () => roamer.Client.SendAsync("DELETE", "/users/me/sessions")),
            new("UnlockUser", 3, () => admin.SendAsync("POST", $"/users/{leaver.Id}/unlock")),
            new("GetUser", 1, () => admin.SendAsync("GET", $"/users/{leaver.Id}")),
            new("ListUsers", 1, () => admin.SendAsync("GET", "/users")),
            new("CreateInstaller", 5, () => admin.SendAsync("POST", "/users/installers", IdentityFixture.Staff())),
            new("CreateUnderwriter", 5, () => admin.SendAsync("POST", "/users/underwriters", IdentityFixture.Staff())),
            new("CreateAdministrator", 5, () => admin.SendAsync("POST", "/users/administrators", IdentityFixture.Staff())),
            new("InviteUser", 3, () => admin.SendAsync("POST", $"/users/{invitee}/invitation")),
            new("PatchUser", 3, () => admin.SendAsync("PATCH", $"/users/{leaver.Id}", new { active = false })),
            new("GetOrganization", 1, () => chief.SendAsync("GET", organization)),
            new("ListOrganizations", 1, () => chief.SendAsync("GET", "/organizations")),
            new("CreateOrganization", 2, () => chief.SendAsync("POST", "/organizations", Organization())),
            new("PatchOrganization", 3, () => chief.SendAsync("PATCH", organization, new { name = $"New {Unique.Text()}" })),
            new("SuspendOrganization", 3, () => chief.SendAsync("POST", $"/organizations/{otherOrganization}/suspension")),
            new("ResumeOrganization", 3, () => chief.SendAsync("DELETE", $"/organizations/{otherOrganization}/suspension")),
            // This module alone has no events.
            new("ListOutbox", 0, () => chief.SendAsync("GET", "/ops/outbox"), FewestItems: 0),
            new("ReplayEvents", 0, () => chief.SendAsync("POST", "/ops/outbox/replay", new { type = "LoanOfferAccepted" })),
            new("GetApprovalTiers", 1, () => admin.SendAsync("GET", $"{organization}/approval-tiers")),
            new("ProposeApprovalTiers", 3, () => admin.SendAsync("PUT", $"{organization}/approval-tiers", Tiers())),
            new("ConfirmApprovalTiers", 4, () => chief.SendAsync("POST", $"{toConfirm}/confirmation")),
            new(
                "ProposeApprovalTiers: by the platform",
                3,
                () => chief.SendAsync("PUT", $"/organizations/{otherId}/approval-tiers", Tiers())
            ),
            // Whether the organisation is there and within reach is asked first.
            new("ListApprovalTiersHistory", 2, () => chief.SendAsync("GET", $"/organizations/{otherId}/approval-tiers/history")),
            new("RejectApprovalTiers", 4, () => chief.SendAsync("DELETE", toReject)),
            new("CreatePermissionGroup", 2, () => admin.SendAsync("POST", "/permission-groups", NewGroup())),
            new("GetPermissionGroup", 1, () => admin.SendAsync("GET", $"/permission-groups/{group.Id}")),
            new("ListPermissionGroups", 1, () => admin.SendAsync("GET", "/permission-groups")),
            // Its users are read, to end their sessions.
            new("PatchPermissionGroup", 4, () => admin.SendAsync("PATCH", $"/permission-groups/{group.Id}", NewGroup())),
            new("DeletePermissionGroup", 3, () => admin.SendAsync("DELETE", $"/permission-groups/{group.Id}")),
            // Whoever publishes waits for whoever else does in the organisation, and then reads the number.
            new("PublishTerms", 3, () => admin.SendAsync("POST", "/terms", TermsCalls.NewTerms(language: "en", number: 1))),
            new("ListTerms", 1, () => admin.SendAsync("GET", "/terms")),
            new("GetTerms", 1, () => nobody.SendAsync("GET", $"/terms/{terms.Id}")),
            new("ListTermsInForce", 1, () => nobody.SendAsync("GET", $"{organization}/terms")),
            new("ListOwnTerms", 1, () => admin.SendAsync("GET", "/users/me/terms")),
            new("AcceptTerms", 3, () => admin.AcceptTermsAsync(terms)),
            // The version, and who accepted it.
            new("ListTermsAcceptances", 2, () => admin.SendAsync("GET", $"/terms/{privacy.Id}/acceptances")),
            new("GetIdentityProvider", 1, () => chief.SendAsync("GET", $"/organizations/{otherId}/identity-provider")),
            // Whether the organisation is within reach, and what is there already.
            new(
                "PutIdentityProvider",
                4,
                () => chief.SendAsync("PUT", $"{organization}/identity-provider", Provider(provider, "put.example"))
            ),
            // Expired ones go.
            new("StartSignOn", 4, () => nobody.SendAsync("POST", "/auth/oidc/start", new { email = SignOnEmail })),
            // What was begun, the provider, the user; from there as Login.
            new("FinishSignOn", 7, () => nobody.SendAsync("POST", "/auth/oidc/callback", signOn)),
            new("DeleteIdentityProvider", 4, () => chief.SendAsync("DELETE", $"/organizations/{otherId}/identity-provider")),
            new("CreateApiKey", 2, () => admin.SendAsync("POST", "/api-keys", KeyCalls.NewKey())),
            new("GetApiKey", 1, () => admin.SendAsync("GET", $"/api-keys/{key.Id}")),
            new("GetApiKeyUsage", 1, () => admin.SendAsync("GET", $"/api-keys/{key.Id}/usage"), FewestItems: 0),
            new("ListApiKeys", 1, () => admin.SendAsync("GET", "/api-keys")),
            new("PatchApiKey", 3, () => admin.SendAsync("PATCH", $"/api-keys/{key.Id}", new { name = "new" })),
            new("RevokeApiKey", 3, () => admin.SendAsync("DELETE", $"/api-keys/{other.Id}"))
        );
    }

    private static async Task<string> ProposeAsync(HttpClient client, Guid organizationId)
    {
        var path = $"/organizations/{organizationId}/approval-tiers";
        var change = await client.ExpectAsync("PUT", path, Tiers(), HttpStatusCode.Accepted);
        return $"{path}/changes/{change.Id}";
    }

    private async Task<object> StartSignOnAsync(TestProvider provider, Guid organizationId)
    {
        await host.NewUserAsync("INSTALLER", organizationId, SignOnEmail);
        provider.Person = (SignOnEmail, IsVerified: true);
        var body = Provider(provider, "signed.example");
        var put = await host.PlatformAdmin.ExpectAsync(
            "PUT",
            $"/organizations/{organizationId}/identity-provider",
            body,
            HttpStatusCode.OK
        );
        await provider.RegisterAsync(new Uri(put["redirectUri"]!));
        var begun = await host.Client.PostAsync("/auth/oidc/start", new { email = SignOnEmail }, HttpStatusCode.OK);
        var (code, state) = await TestProvider.VisitAsync(new Uri(begun["authorizationUrl"]!));
        return new
        {
            code,
            state,
            loginToken = begun["loginToken"],
        };
    }

    private static object Provider(TestProvider provider, string domain) =>
        new
        {
            authority = provider.Authority,
            clientId = TestProvider.ClientId,
            clientSecret = provider.ClientSecret,
            emailDomains = new[] { domain },
        };

    private async Task<string> InviteAsync(Guid organizationId)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "installer"));
        var accounts = scope.ServiceProvider.GetRequiredService<ICustomerAccounts>();
        var account = new NewCustomerAccount(Unique.Id(), organizationId, Unique.Email()) { UserId = Unique.Id() };
        (await accounts.CreateAsync(account, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        return (await accounts.InviteAsync(account.CustomerId, TestContext.Current.CancellationToken))!.Token;
    }

    private static object Acceptance(string token) =>
        new
        {
            token,
            password = IdentityFixture.Password,
            passwordConfirm = IdentityFixture.Password,
        };

    private static object Reset(string token) =>
        new
        {
            token,
            password = IdentityFixture.OtherPassword,
            passwordConfirm = IdentityFixture.OtherPassword,
        };

    private static object NewPassword() =>
        new
        {
            currentPassword = IdentityFixture.Password,
            password = IdentityFixture.OtherPassword,
            passwordConfirm = IdentityFixture.OtherPassword,
        };

    private static object NewGroup() => new { name = $"Group {Unique.Text()}", permissions = GroupPermissions };

    private static object Organization() =>
        new
        {
            name = $"Organisation {Unique.Text()}",
            country = "DE",
            currency = "EUR",
            timeZone = "Europe/Berlin",
        };

    private static JsonObject Tiers() =>
        new() { ["tiers"] = new JsonArray(new JsonObject { ["amountUpTo"] = null, ["approver"] = "second-person" }) };
}
