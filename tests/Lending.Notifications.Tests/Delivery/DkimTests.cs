using System.Security.Cryptography;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Testing;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Lending.Notifications.Tests.Delivery;

/// <summary>Mails are signed for their domain: whoever looks its key up sees that nobody has changed them.</summary>
public sealed class DkimTests
{
    private const string Domain = "lending.example";
    private const string Selector = "autumn";

    private static readonly RSA Key = RSA.Create(2048);
    private static readonly string PrivateKey = Convert.ToBase64String(Key.ExportPkcs8PrivateKey());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_arrives_is_signed_with_its_links_to_unsubscribe_and_a_change_of_any_part_shows()
    {
        // No log of this run may have it.
        LogWatch.OfThisRun.Learn(PrivateKey);
        await using var server = MailServer.Start();
        await using var host = await NotificationsFixture.StartAsync(
            new Dictionary<string, string?>(server.Settings)
            {
                ["Mail:Dkim:Domain"] = Domain,
                ["Mail:Dkim:Selector"] = Selector,
                ["Mail:Dkim:PrivateKey"] = PrivateKey,
            }
        );
        host.Clock.Advance(TimeSpan.FromHours(1));
        host.Clock.Stop();
        var (organization, customerId) = (Unique.Id(), Unique.Id());
        var service = Message.DocumentApproved(Unique.Email(), customerId, "Zoë Jürgens-Ångström", "Gehalt für März.pdf");
        var legal = Message.AcceptanceReceipt(Unique.Email(), customerId, "Greta", Unique.Id(), new("receipt.pdf", new byte[5000]));
        await host.AskForAsync(organization, service);
        await host.AskForAsync(organization, legal);
        await host.SendDueAsync();

        var (optional, essential) = (server.MailsTo(service.Recipient).Single(), server.MailsTo(legal.Recipient).Single());
        (await IsSignedAsync(optional)).ShouldBeTrue();
        (await IsSignedAsync(essential)).ShouldBeTrue();
        var signature = optional.Headers[HeaderId.DkimSignature]!;
        signature.ShouldContain($"d={Domain}");
        signature.ShouldContain($"s={Selector}");
        signature.ShouldContain($"t={host.Clock.GetUtcNow().ToUnixTimeSeconds()};", customMessage: "by the host's clock");

        (
            await IsSignedAsync(Changed(optional, mail => mail.Headers[HeaderId.ListUnsubscribe] = "<https://evil.example/>"))
        ).ShouldBeFalse();
        (await IsSignedAsync(Changed(optional, mail => mail.Headers.Remove(HeaderId.ListUnsubscribePost)))).ShouldBeFalse();
        (await IsSignedAsync(Changed(optional, mail => mail.Subject = "Pay here"))).ShouldBeFalse();
        (await IsSignedAsync(Changed(optional, mail => mail.Body = new TextPart("plain") { Text = "Pay here" }))).ShouldBeFalse();
        // What a mail does not have, nobody adds.
        (
            await IsSignedAsync(Changed(essential, mail => mail.Headers[HeaderId.ListUnsubscribe] = "<https://evil.example/>"))
        ).ShouldBeFalse();
        // What it does not say passes.
        (await IsSignedAsync(Changed(optional, mail => mail.Headers.Add("Received", "from here")))).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "", "")]
    [InlineData(Domain, Selector, "the key")]
    [InlineData("LENDING.example", "2026-11.autumn", "the key")]
    [InlineData("example", Selector, "the key")]
    [InlineData(Domain, null, null, "Domain")]
    [InlineData(null, Selector, null, "Domain")]
    [InlineData(null, null, "the key", "Domain")]
    [InlineData(Domain, Selector, "", "Domain")]
    [InlineData("ending.example", Selector, "the key", "Domain")]
    [InlineData("elsewhere.example", Selector, "the key", "Domain")]
    [InlineData(Domain, "two words", "the key", "Selector")]
    [InlineData(Domain, Selector, "no key", "PrivateKey")]
    [InlineData(Domain, Selector, "c2hvcnQ=", "PrivateKey")]
    [InlineData(Domain, Selector, "a short key", "PrivateKey")]
    public void Settings_are_all_right_or_named_without_the_key(string? domain, string? selector, string? key, string? wrong = null)
    {
        using var shortKey = RSA.Create(1024);
        var privateKey = key switch
        {
            "the key" => PrivateKey,
            "a short key" => Convert.ToBase64String(shortKey.ExportPkcs8PrivateKey()),
            _ => key,
        };
        var options = new DkimOptions
        {
            Domain = domain,
            Selector = selector,
            PrivateKey = privateKey,
        };

        var messages = options.Validate(Domain).Select(result => result.ErrorMessage!).ToList();

        if (wrong is null)
        {
            messages.ShouldBeEmpty();
            return;
        }
        messages.ShouldHaveSingleItem().ShouldStartWith($"Mail__Dkim__{wrong}");
        if (privateKey is { Length: > 0 })
        {
            messages[0].ShouldNotContain(privateKey);
        }
    }

    private static MimeMessage Changed(MimeMessage mail, Action<MimeMessage> change)
    {
        using var copy = new MemoryStream();
        mail.WriteTo(copy);
        copy.Position = 0;
        var changed = MimeMessage.Load(copy);
        change(changed);
        return changed;
    }

    private static async Task<bool> IsSignedAsync(MimeMessage mail)
    {
        var header = mail.Headers.Single(header => header.Id == HeaderId.DkimSignature);
        return await new DkimVerifier(new PublicKey()).VerifyAsync(mail, header, Ct);
    }

    /// <summary>Stands for the domain's record.</summary>
    private sealed class PublicKey : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) =>
            (domain, selector) == (Domain, Selector)
                ? GetPublicKey($"v=DKIM1; k=rsa; p={Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())}")
                : throw new InvalidOperationException($"There is no record of {selector} in {domain}.");

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
