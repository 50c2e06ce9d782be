using System.Net;
using Lending.Testing;

namespace Lending.Host.Tests.Running;

/// <summary>Mail leaves as an operator sets it up: over TLS, with a login, to a server whose certificate the machine trusts.</summary>
public sealed class MailTests : IDisposable
{
    private const string Email = "administrator@example.org";
    private readonly string trusted = Path.GetTempFileName();

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Implicit")]
    public async Task It_is_sent_over_TLS_with_the_login_of_the_settings(string tls)
    {
        await using var server = MailServer.Start(tls);
        await using var lending = await StartAsync(server);
        using var client = await AskForMailAsync(lending);

        (await World.TriedMessageAsync(client)).GetProperty("status").GetString().ShouldBe("SENT");
        server.MailsTo(Email).ShouldHaveSingleItem().TextBody!.ShouldContain("https://loans.example/app/password-reset#token=");
    }

    [Fact]
    public async Task With_a_wrong_login_it_waits_for_another_attempt()
    {
        await using var server = MailServer.Start("StartTls");
        await using var lending = await StartAsync(server, ("Mail__Password", "wrong"));
        using var client = await AskForMailAsync(lending);

        var waiting = await World.TriedMessageAsync(client);
        waiting.GetProperty("status").GetString().ShouldBe("QUEUED");
        waiting.GetProperty("failure").GetString().ShouldBe("server-refuses-login-or-tls");
        server.Logins.ShouldBeGreaterThan(0);
        server.Mails.ShouldBeEmpty();
    }

    public void Dispose() => File.Delete(trusted);

    private async Task<LendingProcess> StartAsync(MailServer server, params (string Name, string Value)[] settings)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux trusts the certificates of a file that the environment names.");
        await File.WriteAllTextAsync(trusted, server.CertificatePem);
        return LendingProcess.Start(
            [],
            [
                ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
                ("ConnectionStrings__Lending", await TestDatabase.CreateAsync($"mail_{Unique.Text()}")),
                ("Development__PrepareDatabase", "true"),
                ("Bootstrap__AdminUserName", "administrator"),
                ("Bootstrap__AdminEmail", Email),
                ("Bootstrap__AdminPassword", World.Password),
                .. server.Settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value ?? "")),
                ("SSL_CERT_FILE", trusted),
                .. settings,
            ]
        );
    }

    /// <summary>The administrator, who has asked for a new password.</summary>
    private static async Task<HttpClient> AskForMailAsync(LendingProcess lending)
    {
        await lending.WaitForAsync("Lending is ready at");
        var client = await lending.NewClientAsync();
        await client.PostAsync("/auth/password-reset", new { email = Email }, HttpStatusCode.Accepted);
        var login = await client.PostAsync("/auth/login", new { username = Email, password = World.Password }, HttpStatusCode.OK);
        return client.WithToken(login["accessToken"]!);
    }
}
