using System.Net;
using System.Text.RegularExpressions;
using Lending.Testing;
using MimeKit;

namespace Lending.Host.Tests.Journeys;

/// <summary>From the invitation to the login, by nothing but what the product wrote to the customer.</summary>
public sealed partial class MailJourneyTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mails-").FullName;
    private HostFixture host = null!;

    public ValueTask InitializeAsync()
    {
        host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Mail:Folder"] = folder,
                ["Mail:PollSeconds"] = "1",
                ["Invitations:AnswerWithToken"] = "false",
            },
        };
        return host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_token_in_the_link_of_the_mail_lets_an_invited_customer_in()
    {
        var email = Unique.Email();
        var customer = await host.Administrator.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
        var invitation = await host.Administrator.PostAsync($"/customers/{customer.Id}/invitation", null, HttpStatusCode.Accepted);
        invitation["token"].ShouldBeNullOrEmpty();

        var message = await World.TriedMessageAsync(host.Administrator, $"?customerId={customer.Id}");
        var mail = await MimeMessage.LoadAsync(Path.Combine(folder, $"{message.GetProperty("id").GetString()}.eml"));
        mail.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe(email);
        var link = Link().Match(mail.TextBody!);
        link.Groups["address"].Value.ShouldBe("http://localhost:5080/invitation");
        await host.Anonymous.PostAsync(
            "/auth/invitations/accept",
            new
            {
                token = link.Groups["token"].Value,
                password = World.Password,
                passwordConfirm = World.Password,
            },
            HttpStatusCode.OK
        );

        using var client = await host.LogInAsync(email, World.Password);
        (await client.GetAsync("/users/me", HttpStatusCode.OK))["customerId"].ShouldBe(customer["id"]);
    }

    [GeneratedRegex(
        "(?<address>https?://[^ #]+)#token=(?<token>[A-Za-z0-9_-]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Link();
}
