using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Testing;
using MimeKit;

namespace Lending.Notifications.Tests.Delivery;

public sealed class MailTemplatesTests
{
    private static readonly DateTimeOffset Soon = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly MailTemplates Templates = new();
    private static readonly PageLink Page = new(Unique.Id(), "the-token");

    private static readonly List<Message> OneOfEachKind =
    [
        Message.StaffInvitation("a@example.org", "erika", "the-token", Soon),
        Message.CustomerInvitation("a@example.org", Unique.Id(), "Greta Sommer", "the-token", Soon),
        Message.OfferLink("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), "the-token", Soon),
        Message.EmailConfirmation("a@example.org", "the-token", Soon),
        Message.AccountExists("a@example.org"),
        Message.PasswordReset("a@example.org", "erika", "the-token", Soon),
        Message.PasswordChanged("a@example.org", "erika"),
        Message.EmailChange("a@example.org", "erika", "the-token", Soon),
        Message.EmailChanged("a@example.org", "erika", "new@example.org"),
        Message.NewDevice("a@example.org", "erika", "Firefox on Linux", "192.0.2.1"),
        Message.DocumentsRequested("a@example.org", Unique.Id(), "Greta Sommer", "PAYSLIP", 2, "Those of September and October.", Page),
        Message.PreContractualInformation("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), new("form.pdf", [1, 2, 3])),
        Message.PreContractualInformationLink("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id()),
        Message.WithdrawalReminder("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), Soon),
        Message.Dunning("a@example.org", Unique.Id(), "Reminder", "Dear Greta Sommer,", "please pay.", "It bears interest.", "Talk to us."),
        Message.ApplicationDeclined(
            "a@example.org",
            Unique.Id(),
            "Greta Sommer",
            reasons: "Too little would be left.",
            how: "Fixed rules have decided.",
            bureau: "Nobody was asked.",
            rights: "You can demand a review.",
            debtAdvice: "Advice centres help.",
            Page
        ),
        Message.OfferCode("a@example.org", Unique.Id(), "Greta Sommer", "012345", Soon),
        Message.WithdrawalReceipt("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), "2026-11-30 14:05:01 -01:00"),
        Message.DirectDebitNotice(
            "a@example.org",
            Unique.Id(),
            "Greta Sommer",
            amount: "86.07 EUR",
            day: "16 June 2026",
            account: "DE89...3000",
            mandate: "MD0123456789ABCD",
            creditor: "DE98ZZZ09999999999"
        ),
        Message.CustomerCode("a@example.org", Unique.Id(), "Greta Sommer", "012345", Soon),
    ];

    [Fact]
    public void There_is_a_sample_of_each_kind_and_a_template_of_each_kind_and_language()
    {
        OneOfEachKind.Select(message => message.Kind).ShouldBe(Enum.GetValues<MessageKind>());
        typeof(MailTemplates)
            .Assembly.GetManifestResourceNames()
            .Count(name => name.EndsWith(".liquid", StringComparison.Ordinal))
            .ShouldBe(OneOfEachKind.Count * MailTemplates.Languages.Count + 1);
    }

    [Fact]
    public async Task Every_template_says_all_its_values_in_both_parts_and_loads_nothing_from_outside()
    {
        foreach (var message in OneOfEachKind)
        {
            foreach (var language in MailTemplates.Languages)
            {
                var (subject, text, html) = await WriteAsync(message, language);

                var what = $"{message.Kind}.{language}";
                subject.ShouldContain("Sonne & Dach GmbH", customMessage: what);
                // This one chooses words.
                foreach (var (name, value) in message.Values.Where(value => value.Key != "kind"))
                {
                    text.ShouldContain(value, customMessage: $"{what}: {name}");
                    html.ShouldContain(value, customMessage: $"{what}: {name}");
                }
                text.Contains("2099", StringComparison.Ordinal).ShouldBe(message.ExpiresAt is not null, what);
                html.ShouldNotContain("src=", customMessage: what);
                html.ShouldNotContain("url(", customMessage: what);
                html.ShouldContain($"<html lang=\"{language}\">", customMessage: what);
            }
        }
    }

    [Theory]
    [InlineData("PAYSLIP", "payslips", "Gehaltsabrechnungen")]
    [InlineData("BANK_STATEMENT", "bank statements", "Kontoauszüge")]
    [InlineData("IDENTITY_COPY", "a copy of an identity document", "eine Kopie eines Ausweises")]
    [InlineData("OWNERSHIP_PROOF", "proof that the property is yours", "einen Nachweis, dass Ihnen die Immobilie gehört")]
    [InlineData("OTHER", "from you: documents", "von Ihnen: Unterlagen")]
    public async Task Documents_are_asked_for_by_their_kind_and_a_note_that_there_is_not_leaves_no_gap(
        string kind,
        string english,
        string german
    )
    {
        var message = Message.DocumentsRequested("a@example.org", Unique.Id(), "Greta Sommer", kind, 2, note: null, Page);

        foreach (var (language, words) in ((string, string)[])[("en", english), ("de", german)])
        {
            var (_, text, _) = await WriteAsync(message, language);
            text.ShouldContain(words);
            text.Trim().Split("\n\n").Length.ShouldBe(5);
            text.ShouldNotContain("\n\n\n");
        }
    }

    [Fact]
    public async Task A_language_that_has_no_templates_gets_English()
    {
        var (subject, _, _) = await WriteAsync(OneOfEachKind[0], "fr");

        subject.ShouldStartWith("Your account");
    }

    private static async Task<(string Subject, string Text, string Html)> WriteAsync(Message message, string language)
    {
        var (subject, text, body) = await Templates.WriteAsync(
            new Notification(message, FakeSenders.Usual with { Language = language }, Soon),
            new Uri("https://loans.example")
        );
        var parts = ((MultipartAlternative)body).Cast<TextPart>().ToList();
        parts.Select(part => part.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);
        parts[0].Text.ReplaceLineEndings("\n").ShouldBe(text);
        return (subject, text, parts[1].Text);
    }
}
