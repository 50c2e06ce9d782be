using System.Net;
using Lending.Identity.Tests;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(IdentityFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Identity.Tests;

/// <summary>The one host of these tests, and the people that they need.</summary>
public sealed class IdentityFixture : IAsyncLifetime
{
    public const string Password = "violet-harbour-47-kites";
    public const string OtherPassword = "seven-lanterns-above-rome";
    public const string AdminPassword = "Kupferkessel+Nordwind";

    /// <summary>Granted to underwriters and administrators, as another module would do it.</summary>
    public const string NeighboursPermission = "neighbours:greet";

    /// <summary>Granted to administrators, and to keys that act in a sandbox.</summary>
    public const string SandboxPermission = "neighbours:visit";

    /// <summary>Settings of a host whose administrator is known.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Bootstrap:AdminUserName"] = "chief",
        ["Bootstrap:AdminEmail"] = "platform@example.org",
        ["Bootstrap:AdminPassword"] = AdminPassword,
    };

    private ModuleHost? host;
    private string? platformAdminToken;

    public ModuleHost Host => host!;

    /// <summary>Nobody.</summary>
    public HttpClient Client => Host.Client;

    /// <summary>The administrator of the default organisation.</summary>
    public HttpClient PlatformAdmin => ClientWith(platformAdminToken!);

    public async ValueTask InitializeAsync()
    {
        host = await StartAsync();
        platformAdminToken = (await LogInAsync("chief", AdminPassword))["accessToken"];
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A host on its own, with cheap hashes, for a test that moves the clock or looks at more than answers.</summary>
    public static Task<ModuleHost> StartAsync(
        Action<IServiceCollection>? addFakes = null,
        IReadOnlyDictionary<string, string?>? settings = null
    ) =>
        ModuleHost.StartAsync(
            new IdentityModule(),
            services =>
            {
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
                services.AddSingleton(new PermissionGrant(NeighboursPermission, Role.Underwriter, Role.Admin));
                services.AddSingleton(new PermissionGrant(SandboxPermission, Role.Admin) { Keys = KeyGrant.Sandbox });
                addFakes?.Invoke(services);
            },
            settings is null ? Settings : Settings.Concat(settings).ToDictionary(StringComparer.Ordinal)
        );

    public HttpClient ClientWith(string accessToken) => new HttpClient { BaseAddress = Client.BaseAddress }.WithToken(accessToken);

    public Task<Answer> LogInAsync(string username, string password = Password) =>
        Client.PostAsync("/auth/login", new { username, password }, HttpStatusCode.OK);

    public async Task<Guid> NewOrganizationAsync() =>
        (
            await PlatformAdmin.PostAsync(
                "/organizations",
                new
                {
                    name = $"Organisation {Unique.Text()}",
                    country = "DE",
                    currency = "EUR",
                    timeZone = "Europe/Berlin",
                },
                HttpStatusCode.Created
            )
        ).Id;

    public Task LetInstallersInviteAsync(Guid organizationId) =>
        PlatformAdmin.ExpectAsync(
            "PATCH",
            $"/organizations/{organizationId}",
            new { installersMayInviteInstallers = true },
            HttpStatusCode.OK
        );

    /// <summary>A user with this role, invited as the product does it, and logged in.</summary>
    public async Task<LoggedIn> NewUserAsync(string role, Guid organizationId, string? email = null)
    {
        // Customers who belong to no profile come to be by a change of role only.
        var path = role switch
        {
            "ADMIN" => "administrators",
            "UNDERWRITER" => "underwriters",
            _ => "installers",
        };
        var username = Unique.Username();
        var invited = await PlatformAdmin.PostAsync(
            $"/users/{path}",
            new
            {
                username,
                email = email ?? Unique.Email(),
                organizationId,
            },
            HttpStatusCode.Created
        );
        var session = await AcceptAsync(invited["token"]!);
        if (role != "CUSTOMER")
        {
            return Enter(session);
        }
        await PlatformAdmin.ExpectAsync("PATCH", $"/users/{invited.Id}", new { role }, HttpStatusCode.OK);
        return Enter(await LogInAsync(username));
    }

    /// <summary>Accepts an invitation with the usual password.</summary>
    public Task<Answer> AcceptAsync(string token) => Host.AcceptAsync(token);

    /// <summary>Somebody to be invited.</summary>
    public static StaffBody Staff(string? username = null, string? email = null, Guid? organizationId = null) =>
        new(username ?? Unique.Username(), email ?? Unique.Email(), organizationId);

    /// <summary>Somebody who signed up.</summary>
    public async Task<LoggedIn> NewRegisteredUserAsync()
    {
        var body = Account();
        await Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        return Enter(await LogInAsync(body.username));
    }

    public static AccountBody Account(string? username = null, string? email = null) =>
        new(username ?? Unique.Username(), email ?? Unique.Email(), Password, Password);

    private LoggedIn Enter(Answer session) =>
        new(
            Guid.Parse(session["user.id"]!),
            session["user.username"]!,
            session["user.email"]!,
            session["accessToken"]!,
            session["refreshToken"]!,
            ClientWith(session["accessToken"]!)
        );
}

internal static class HostCalls
{
    /// <summary>Accepts an invitation with the usual password.</summary>
    public static Task<Answer> AcceptAsync(this ModuleHost host, string token) =>
        host.Client.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token,
                password = IdentityFixture.Password,
                passwordConfirm = IdentityFixture.Password,
            },
            HttpStatusCode.OK
        );

    /// <summary>The platform's administrator of this host.</summary>
    public static async Task<HttpClient> LogInAsChiefAsync(this ModuleHost host)
    {
        var login = new { username = "chief", password = IdentityFixture.AdminPassword };
        var session = await host.Client.PostAsync("/auth/login", login, HttpStatusCode.OK);
        return new HttpClient { BaseAddress = host.Client.BaseAddress }.WithToken(session["accessToken"]!);
    }
}

/// <summary>A user who is logged in, and a client that sends their token.</summary>
public sealed record LoggedIn(Guid Id, string Username, string Email, string AccessToken, string RefreshToken, HttpClient Client);

/// <summary>The body of a registration. Members are named as in the JSON, so that anonymous bodies can take them over by name.</summary>
public sealed record AccountBody(string username, string email, string password, string passwordConfirm);

/// <summary>The body of an invitation of staff; members are named as in the JSON.</summary>
public sealed record StaffBody(string username, string email, Guid? organizationId);
