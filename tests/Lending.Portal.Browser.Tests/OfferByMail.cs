using System.Net;
using System.Text.RegularExpressions;
using Lending.Testing;
using MimeKit;

namespace Lending.Portal.Browser.Tests;

/// <summary>A customer who has nothing but mails, and an approved offer: made through the API, as an installer would.</summary>
internal sealed partial class OfferByMail
{
    private readonly BrowserFixture fixture;

    private OfferByMail(BrowserFixture fixture) => this.fixture = fixture;

    public Guid Id { get; private init; }

    public Guid CustomerId { get; private init; }

    public string Email { get; private init; } = "";

    public HttpClient Installer { get; private init; } = null!;

    /// <summary>The link of the mail, at the address of this run.</summary>
    public string Link { get; private set; } = "";

    public static async Task<OfferByMail> NewAsync(BrowserFixture fixture)
    {
        var organization = await fixture.Administrator.PostAsync(
            "/organizations",
            new
            {
                name = $"Sonne & Dach {Unique.Text()}",
                country = "DE",
                currency = "EUR",
                timeZone = "Europe/Berlin",
            },
            HttpStatusCode.Created
        );
        var administrator = await StaffAsync(fixture, organization.Id, "administrators");
        await administrator.ExpectAsync("PUT", "/disclosure-settings", SampleBodies.DisclosureSettings("CCD2"), HttpStatusCode.OK);
        var installer = await StaffAsync(fixture, organization.Id, "installers");
        var email = Unique.Email();
        var customer = await installer.PostAsync(
            "/customers",
            new
            {
                firstName = "Jürgen",
                lastName = "Groß",
                email,
                phoneNumber = "+49 30 901820",
                addressLine1 = "Sonnenallee 12",
                city = "Berlin",
                postalCode = "12045",
                country = "DE",
            },
            HttpStatusCode.Created
        );
        var made = await installer.PostAsync(
            "/loan-offers",
            new
            {
                customerId = customer.Id,
                loanAmount = 18000,
                annualRatePercent = 4.9,
                termMonths = 120,
            },
            HttpStatusCode.Created
        );
        var version = new { version = 1, documentHash = made["documentHash"] };
        await installer.PostAsync($"/loan-offers/{made.Id}/approve", version, HttpStatusCode.OK);
        await installer.PostAsync($"/loan-offers/{made.Id}/disclosures", new { medium = "EMAIL", language = "de" }, HttpStatusCode.Created);
        await installer.PostAsync($"/loan-offers/{made.Id}/link", null, HttpStatusCode.Accepted);
        var offer = new OfferByMail(fixture)
        {
            Id = made.Id,
            CustomerId = customer.Id,
            Email = email,
            Installer = installer,
        };
        offer.Link = await offer.LinkOfMailAsync($"loan-offers/{made.Id}?token=");
        return offer;
    }

    /// <summary>The link of the first mail that has one with these words, at the address of this run.</summary>
    public async Task<string> LinkOfMailAsync(string words)
    {
        var mail = await MailAsync(text => text.Contains(words, StringComparison.Ordinal));
        return new Uri(fixture.Address, Address().Match(mail).Groups["path"].Value).AbsoluteUri;
    }

    /// <summary>The code in a mail that was not there before.</summary>
    public async Task<string> CodeAsync(int numberOfMail = 1)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await MailAsync(text =>
        {
            if (Code().Match(text) is { Success: true } match)
            {
                found.Add(match.Value.Trim());
            }
            return found.Count == numberOfMail;
        });
        return found.Last();
    }

    /// <summary>How far the offer has got, as staff see it.</summary>
    public async Task<string?> StatusAsync() => (await Installer.GetAsync($"/loan-offers/{Id}", HttpStatusCode.OK))["status"];

    /// <summary>The text of the first mail to the customer that fits; waits until it has come.</summary>
    public async Task<string> MailAsync(Predicate<string> fits)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var files = Directory.Exists(fixture.Mails) ? new DirectoryInfo(fixture.Mails).GetFiles("*.eml") : [];
            foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc))
            {
                var mail = await MimeMessage.LoadAsync(file.FullName, TestContext.Current.CancellationToken);
                if (mail.To.Mailboxes.Any(box => box.Address == Email) && fits(mail.TextBody ?? ""))
                {
                    return mail.TextBody!;
                }
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException("The mail never came.");
    }

    private static async Task<HttpClient> StaffAsync(BrowserFixture fixture, Guid organizationId, string role)
    {
        var username = Unique.Username("staff");
        var invited = await fixture.Administrator.PostAsync(
            $"/users/{role}",
            new
            {
                username,
                email = Unique.Email(),
                organizationId,
            },
            HttpStatusCode.Created
        );
        var client = new HttpClient { BaseAddress = fixture.Address };
        const string password = LendingProcess.AdministratorPassword;
        await client.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token = invited["token"],
                password,
                passwordConfirm = password,
            },
            HttpStatusCode.OK
        );
        return client.WithToken((await client.PostAsync("/auth/login", new { username, password }, HttpStatusCode.OK))["accessToken"]!);
    }

    [GeneratedRegex(
        "https?://[^/]+/(?<path>(loan-offers|customer-links)/[^ \r\n]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();

    [GeneratedRegex("^[0-9]{6}\r?$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
