using System.Net;
using Lending.Identity.Contracts;
using Lending.Identity.Tests.ApiKeys;
using Lending.Identity.Tests.Terms;
using Lending.Kernel;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Data;

/// <summary>No statement gets slower as the tables grow: lists with each filter and at each depth, logins, sessions and revocations.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private const int Users = 50_000;

    private static readonly string[] BigTables =
    [
        "users",
        "sessions",
        "organizations",
        "access_revocations",
        "devices",
        "login_addresses",
        "ended_sessions",
        "api_keys",
        "challenges",
        "terms_acceptances",
    ];

    // A host of its own, as other tests' statements must not be explained.
    private readonly IdentityFixture host = new();

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task No_statement_grows_with_the_tables()
    {
        var plans = new QueryPlans(host.Host);
        var organization = await host.NewOrganizationAsync();
        var administrator = await host.NewUserAsync("ADMIN", organization);
        var user = await host.NewUserAsync("INSTALLER", organization);
        var invitation = await InviteAsync(organization);
        var (admin, chief, nobody) = (administrator.Client, host.PlatformAdmin, host.Client);
        await nobody.PostAsync(
            "/auth/logout",
            new { refreshToken = (await host.LogInAsync(user.Username))["refreshToken"] },
            HttpStatusCode.NoContent
        );
        await nobody.PostAsync("/auth/login/passkey/challenge", null, HttpStatusCode.OK);
        var terms = await admin.PublishTermsAsync();
        await user.Client.AcceptTermsAsync(terms);
        // One that takes back no token.
        await host.Host.ExecuteSqlAsync(
            $"INSERT INTO identity.access_revocations VALUES (gen_random_uuid(), '{administrator.Id}', 0, now())"
        );
        await MultiplyAsync(plans, organization, administrator.Id, user.Id);
        var next = (await admin.GetAsync("/users?role=CUSTOMER&limit=200", HttpStatusCode.OK))["nextCursor"];

        string[] filters =
        [
            "",
            "role=CUSTOMER",
            "role=INSTALLER",
            "role=UNDERWRITER",
            "role=ADMIN",
            "active=true",
            "active=false",
            "search=person40000x",
            // Every two-hundredth, every hundredth, and every tenth. For whole pages of the first two, PostgreSQL may as well walk over the newest.
            "search=team77y&limit=20",
            "search=77x&limit=40",
            "search=7x",
            "search=nobody-is-called-so",
            $"customerId={Unique.Id()}",
            "role=CUSTOMER&active=false",
            "role=CUSTOMER&active=true&search=person40000x",
        ];
        foreach (var filter in filters)
        {
            foreach (var cursor in (string[])["", $"&cursor={next}"])
            {
                await ShouldNotGrowAsync(admin, "GET", $"/users?{filter}{cursor}");
                await ShouldNotGrowAsync(chief, "GET", $"/users?organizationId={organization}&{filter}{cursor}");
            }
        }
        var organizations = await chief.GetAsync("/organizations", HttpStatusCode.OK);
        await ShouldNotGrowAsync(chief, "GET", "/organizations");
        await ShouldNotGrowAsync(chief, "GET", $"/organizations?cursor={organizations["nextCursor"]}");
        await ShouldNotGrowAsync(chief, "GET", $"/organizations/{organization}");
        await ShouldNotGrowAsync(admin, "GET", $"/users/{user.Id}");
        await ShouldNotGrowAsync(user.Client, "GET", "/users/me");
        await ShouldNotGrowAsync(nobody, "POST", "/auth/login", new { user.Username, IdentityFixture.Password });
        await ShouldNotGrowAsync(nobody, "POST", "/auth/login", new { Username = user.Email, IdentityFixture.Password });
        await ShouldNotGrowAsync(nobody, "POST", "/auth/token/refresh", new { user.RefreshToken });
        var session = await host.LogInAsync(user.Username);
        var known = new
        {
            user.Username,
            IdentityFixture.Password,
            deviceToken = session["deviceToken"],
        };
        await ShouldNotGrowAsync(nobody, "POST", "/auth/login", known);
        await ShouldNotGrowAsync(user.Client, "GET", "/users/me/sessions?limit=200");
        var acceptances = $"/terms/{terms.Id}/acceptances";
        await ShouldNotGrowAsync(admin, "GET", acceptances);
        await ShouldNotGrowAsync(
            admin,
            "GET",
            $"{acceptances}?cursor={(await admin.GetAsync(acceptances, HttpStatusCode.OK))["nextCursor"]}"
        );
        await ShouldNotGrowAsync(user.Client, "GET", "/users/me/terms");
        await ShouldNotGrowAsync(admin, "GET", "/users/me/terms");
        await ShouldNotGrowAsync(admin, "POST", $"/users/me/terms/{terms.Id}/acceptance", new { hash = terms["hash"] });
        await ShouldNotGrowAsync(nobody, "GET", $"/organizations/{organization}/terms");
        await ShouldNotGrowAsync(admin, "POST", $"/users/{user.Id}/unlock");
        await ShouldNotGrowAsync(nobody, "POST", "/auth/login/passkey/challenge");
        await ShouldNotGrowAsync(user.Client, "GET", "/users/me/second-factors");
        await ShouldNotGrowAsync(user.Client, "POST", "/users/me/step-up/challenge");
        await ShouldNotGrowAsync(nobody, "POST", "/auth/logout", new { refreshToken = session["refreshToken"] });
        await ShouldNotGrowAsync(nobody, "POST", "/auth/register", IdentityFixture.Account());
        await ShouldNotGrowAsync(
            nobody,
            "POST",
            "/auth/invitations/accept",
            new
            {
                token = invitation,
                password = IdentityFixture.Password,
                passwordConfirm = IdentityFixture.Password,
            }
        );
        var key = await admin.NewKeyAsync();
        await plans.MultiplyAsync(
            "identity.api_keys",
            $"template.id = '{key.Id}'",
            20_000,
            "jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute')"
        );
        var keys = await admin.GetAsync("/api-keys", HttpStatusCode.OK);
        await ShouldNotGrowAsync(admin, "GET", "/api-keys");
        await ShouldNotGrowAsync(admin, "GET", $"/api-keys?cursor={keys["nextCursor"]}");
        await ShouldNotGrowAsync(admin, "GET", $"/api-keys/{key.Id}/usage");
        await ShouldNotGrowAsync(host.Host.ClientWithKey(key["key"]!), "GET", $"/organizations/{organization}/approval-tiers");
        // Who comes next finds that the revocations have to be read anew.
        host.Host.Clock.Advance(TimeSpan.FromSeconds(30));
        await ShouldNotGrowAsync(user.Client, "GET", "/users/me");
        await plans.ShouldNotGrowAsync("a customer's account", BigTables, () => InviteAsync(organization));
        foreach (var search in (string[])["/users?search=person40000x", "/users?search=erson40000x@EXAMPLE&active=true&role=CUSTOMER"])
        {
            await plans.ShouldUseAsync(
                "ix_users_normalized_username_normalized_email",
                search,
                () => admin.GetAsync(search, HttpStatusCode.OK)
            );
        }

        Task ShouldNotGrowAsync(HttpClient client, string method, string path, object? body = null) =>
            plans.ShouldNotGrowAsync($"{method} {path}", BigTables, () => client.SendAsync(method, path, body));
    }

    // Most users are customers; a few are staff, and a few do not work here any more.
    private static async Task MultiplyAsync(QueryPlans plans, Guid organization, Guid administrator, Guid user)
    {
        const string User = "'user_id', md5('user' || n)::uuid";
        await plans.MultiplyAsync(
            "identity.users",
            $"template.id = '{user}'",
            Users,
            """
            jsonb_build_object('id', md5('user' || n)::uuid, 'created_at', template.created_at - n * interval '1 minute',
                'username', 'person' || n || 'x-team' || n % 200 || 'y',
                'normalized_username', 'PERSON' || n || 'X-TEAM' || n % 200 || 'Y',
                'email', 'person' || n || 'x@example.org', 'normalized_email', 'PERSON' || n || 'X@EXAMPLE.ORG',
                'role', CASE WHEN n % 1000 = 1 THEN 'UNDERWRITER' WHEN n % 100 = 0 THEN 'INSTALLER' ELSE 'CUSTOMER' END,
                'customer_id', CASE WHEN n % 1000 <> 1 AND n % 100 <> 0 THEN md5('customer' || n)::uuid END, 'active', n % 500 <> 3)
            """
        );
        await plans.MultiplyAsync(
            "identity.organizations",
            $"template.id = '{organization}'",
            20_000,
            "jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute')"
        );
        await plans.MultiplyAsync(
            "identity.sessions",
            $"template.user_id = '{user}'",
            20_000,
            $"jsonb_build_object('id', gen_random_uuid(), {User})"
        );
        // Of other people, as nobody has more than twenty.
        await plans.MultiplyAsync(
            "identity.devices",
            $"template.user_id = '{administrator}'",
            20_000,
            $"jsonb_build_object('id', gen_random_uuid(), 'token_hash', sha256((template.id::text || n)::bytea), {User})"
        );
        await plans.MultiplyAsync(
            "identity.login_addresses",
            "true",
            20_000,
            "jsonb_build_object('address', '2001:db8:' || n || '::/64', 'failures_expire_at', template.failures_expire_at - n * interval '1 minute')"
        );
        await plans.MultiplyAsync(
            "identity.challenges",
            "true",
            20_000,
            "jsonb_build_object('token_hash', sha256(n::text::bytea), 'expires_at', template.expires_at - n * interval '1 second')"
        );
        await plans.MultiplyAsync(
            "identity.ended_sessions",
            "true",
            20_000,
            "jsonb_build_object('session_id', gen_random_uuid(), 'tokens_expire_at', template.tokens_expire_at - n * interval '1 minute')"
        );
        await plans.MultiplyAsync(
            "identity.terms_acceptances",
            $"template.user_id = '{user}'",
            20_000,
            $"jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute', {User})"
        );
        // Some twenty of the last day.
        await plans.MultiplyAsync(
            "identity.access_revocations",
            $"template.user_id = '{administrator}'",
            20_000,
            $"jsonb_build_object('id', gen_random_uuid(), 'revoked_at', template.revoked_at - n * interval '1 hour', {User})"
        );
    }

    private async Task<string> InviteAsync(Guid organizationId)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "installer"));
        var accounts = scope.ServiceProvider.GetRequiredService<ICustomerAccounts>();
        var account = new NewCustomerAccount(Unique.Id(), organizationId, Unique.Email()) { UserId = Unique.Id() };
        (await accounts.CreateAsync(account, CancellationToken.None)).ShouldBeEmpty();
        return (await accounts.InviteAsync(account.CustomerId, CancellationToken.None))!.Token;
    }
}
