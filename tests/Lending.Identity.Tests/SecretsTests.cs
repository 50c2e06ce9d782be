using System.Net;
using Lending.Identity.Tests.ApiKeys;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Identity.Tests;

/// <summary>Neither answers nor logs give away what they must not.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task No_password_token_or_personal_detail_is_in_an_answer_or_a_log()
    {
        var log = new CollectingLog();
        await using var host = await IdentityFixture.StartAsync(services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace);
        });
        var answers = new List<string>();
        async Task<Answer> SendAsync(HttpClient client, string method, string path, object? body)
        {
            var answer = await client.SendAsync(method, path, body);
            answers.Add(answer.Text);
            return answer;
        }
        var body = IdentityFixture.Account();
        await SendAsync(host.Client, "POST", "/auth/register", body);
        await SendAsync(host.Client, "POST", "/auth/register", body);
        await SendAsync(host.Client, "POST", "/auth/register", IdentityFixture.Account(email: body.email));
        await SendAsync(
            host.Client,
            "POST",
            "/auth/register",
            new
            {
                body.username,
                body.email,
                body.password,
                passwordConfirm = "other",
            }
        );
        await SendAsync(host.Client, "POST", "/auth/login", new { body.username, password = IdentityFixture.OtherPassword });
        // The one answer that holds tokens is not collected.
        var session = await host.Client.PostAsync("/auth/login", new { username = body.email, body.password }, HttpStatusCode.OK);
        var (access, refresh) = (session["accessToken"]!, session["refreshToken"]!);
        var client = new HttpClient { BaseAddress = host.Client.BaseAddress }.WithToken(access);
        await SendAsync(client, "GET", "/users/me", null);
        await SendAsync(client, "GET", "/users", null);
        await SendAsync(host.Client.WithToken(access + "x"), "GET", "/users/me", null);
        await SendAsync(
            client,
            "POST",
            "/users/me/password",
            new
            {
                currentPassword = body.password,
                password = IdentityFixture.OtherPassword,
                passwordConfirm = IdentityFixture.OtherPassword,
            }
        );
        // Keys that work, that do not, and two credentials at once.
        var chief = await host.Client.PostAsync(
            "/auth/login",
            new { username = "chief", password = IdentityFixture.AdminPassword },
            HttpStatusCode.OK
        );
        var admin = new HttpClient { BaseAddress = host.Client.BaseAddress }.WithToken(chief["accessToken"]!);
        var key = (await admin.NewKeyAsync())["key"]!;
        await SendAsync(admin, "GET", "/api-keys", null);
        await SendAsync(
            host.ClientWithKey(key),
            "GET",
            $"/organizations/{Identity.Organizations.Organization.DefaultId}/approval-tiers",
            null
        );
        await SendAsync(host.ClientWithKey(key), "GET", "/users", null);
        await SendAsync(host.ClientWithKey(key[..^1]), "GET", "/users", null);
        await SendAsync(host.ClientWithKey(key).WithToken(access), "GET", "/users", null);
        await SendAsync(client, "POST", "/auth/token/refresh", new { refreshToken = refresh });
        await SendAsync(client, "POST", "/auth/logout", new { refreshToken = refresh });
        var hash = (string)(await host.ReadSqlAsync($"SELECT password_hash FROM identity.users WHERE username = '{body.username}'"))!;

        var logged = string.Join('\n', log.Lines);
        logged.ShouldContain("/api/v1/auth/login", customMessage: "the log was collected");
        foreach (
            var secret in new[]
            {
                body.password,
                IdentityFixture.OtherPassword,
                access,
                access.Split('.')[2],
                refresh,
                refresh[32..],
                hash,
                key[^43..^1],
            }
        )
        {
            logged.ShouldNotContain(secret);
            string.Join('\n', answers).ShouldNotContain(secret);
        }
        logged.ShouldNotContain(body.email, Case.Insensitive);
    }
}
