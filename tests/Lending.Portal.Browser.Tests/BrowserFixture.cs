using System.Net;
using Lending.Portal.Browser.Tests;
using Lending.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Portal.Browser.Tests;

/// <summary>The whole product as a process, with a mail folder, and Debian's Chromium.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Username = "first-administrator";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lending-portal-");
    private LendingProcess lending = null!;
    private IPlaywright playwright = null!;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The platform's administrator.</summary>
    public HttpClient Administrator { get; private set; } = null!;

    /// <summary>Where the product answers.</summary>
    public Uri Address => Administrator.BaseAddress!;

    /// <summary>Where mails lie.</summary>
    public string Mails => Path.Combine(folder.FullName, "mails");

    public async ValueTask InitializeAsync()
    {
        OtherPrograms.Need("chromium", "chromium");
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = OtherPrograms.PathOf("chromium"),
                // Chromium's sandbox does not work for root, who runs tests in containers. The pages are ours.
                Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
            }
        );
        var database = await TestDatabase.CreateAsync($"portal_{Unique.Text()}");
        (string, string)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Lending", TestDatabase.ApiOf(database)),
            ("ConnectionStrings__LendingOwner", database),
            ("Encryption__Keys__first", TestKeys.First),
            ("Encryption__SearchKey", TestKeys.Search),
            ("Bootstrap__AdminUserName", Username),
            ("Bootstrap__AdminEmail", "administrator@example.org"),
            ("Bootstrap__AdminPassword", LendingProcess.AdministratorPassword),
            ("Documents__Clamd", ""),
            ("Documents__Folder", Path.Combine(folder.FullName, "documents")),
            ("Mail__Folder", Mails),
            ("Mail__PollSeconds", "1"),
        ];
        await using (var migrating = LendingProcess.Start(["migrate"], settings))
        {
            (await migrating.WaitForExitAsync()).ShouldBe(0, migrating.Output);
        }
        lending = LendingProcess.Start([], settings);
        Administrator = await lending.NewClientAsync();
        var login = new { username = Username, password = LendingProcess.AdministratorPassword };
        Administrator.WithToken((await Administrator.PostAsync("/auth/login", login, HttpStatusCode.OK))["accessToken"]!);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }
        playwright?.Dispose();
        Administrator?.Dispose();
        if (lending is not null)
        {
            await lending.DisposeAsync();
        }
        folder.Delete(recursive: true);
    }
}
