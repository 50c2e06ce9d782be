using System.Net;
using Lending.Testing;

namespace Lending.Identity.Tests.ApiKeys;

/// <summary>Keys made as administrators make them, and clients that send them.</summary>
internal static class KeyCalls
{
    /// <summary>The one thing in this module that a key may do.</summary>
    public const string Scope = "organization:all";

    public static readonly string[] Scopes = [Scope];
    public static readonly string[] SandboxScopes = [Scope, IdentityFixture.SandboxPermission];

    public static object NewKey() => new { name = $"ERP {Unique.Text()}", scopes = Scopes };

    public static Task<Answer> NewKeyAsync(this HttpClient administrator, object? body = null) =>
        administrator.PostAsync("/api-keys", body ?? NewKey(), HttpStatusCode.Created);

    public static HttpClient ClientWithKey(this ModuleHost host, string key)
    {
        var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Somebody who logs in at a host of a test's own.</summary>
    public static async Task<HttpClient> LogInAsync(this ModuleHost host, string username, string password = IdentityFixture.Password)
    {
        var session = await host.Client.PostAsync("/auth/login", new { username, password }, HttpStatusCode.OK);
        return new HttpClient { BaseAddress = host.Client.BaseAddress }.WithToken(session["accessToken"]!);
    }

    /// <summary>Does what a key with <see cref="Scope"/> may do.</summary>
    public static Task<Answer> UseAsync(this HttpClient client, Guid organizationId) =>
        client.SendAsync("GET", $"/organizations/{organizationId}/approval-tiers");

    public static void ShouldBeRefused(this Answer answer) => answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
}
