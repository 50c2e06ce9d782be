using System.Net;
using Lending.Identity.Tests;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(IdentityFixture))]

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
    public static Task<ModuleHost> StartAsync(Action<IServiceCollection>? addFakes = null) =>
        ModuleHost.StartAsync(
            new IdentityModule(),
            services =>
            {
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
                services.AddSingleton(new PermissionGrant(NeighboursPermission, Role.Underwriter, Role.Admin));
                services.AddSingleton(new PermissionGrant(SandboxPermission, Role.Admin) { Keys = KeyGrant.Sandbox });
                addFakes?.Invoke(services);
            },
            Settings
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

    /// <summary>A user with this role, made as the product makes them, and logged in.</summary>
    public async Task<LoggedIn> NewUserAsync(string role, Guid organizationId, string? email = null)
    {
        var body = Account(email: email);
        var created = await PlatformAdmin.PostAsync(
            "/users/installers",
            new
            {
                body.username,
                body.email,
                body.password,
                body.passwordConfirm,
                organizationId,
            },
            HttpStatusCode.Created
        );
        if (role != "INSTALLER")
        {
            await PlatformAdmin.ExpectAsync("PATCH", $"/users/{created.Id}", new { role }, HttpStatusCode.OK);
        }
        return await EnterAsync(body.username);
    }

    /// <summary>Somebody who signed up.</summary>
    public async Task<LoggedIn> NewRegisteredUserAsync()
    {
        var body = Account();
        await Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        return await EnterAsync(body.username);
    }

    public static AccountBody Account(string? username = null, string? email = null) =>
        new(username ?? Unique.Username(), email ?? Unique.Email(), Password, Password);

    private async Task<LoggedIn> EnterAsync(string username)
    {
        var session = await LogInAsync(username);
        return new LoggedIn(
            Guid.Parse(session["user.id"]!),
            username,
            session["user.email"]!,
            session["accessToken"]!,
            session["refreshToken"]!,
            ClientWith(session["accessToken"]!)
        );
    }
}

/// <summary>A user who is logged in, and a client that sends their token.</summary>
public sealed record LoggedIn(Guid Id, string Username, string Email, string AccessToken, string RefreshToken, HttpClient Client);

/// <summary>The body of a registration. Members are named as in the JSON, so that anonymous bodies can take them over by name.</summary>
public sealed record AccountBody(string username, string email, string password, string passwordConfirm);
