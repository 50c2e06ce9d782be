using System.Text.RegularExpressions;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Lending.Notifications.Previews;
using Lending.Platform.Persistence;
using Lending.Testing;

namespace Lending.Notifications.Tests.Delivery;

public sealed partial class MailTemplatesTests
{
    private static readonly MailTemplates Templates = new();

    // They choose words.
    private static readonly string[] Codes = ["kind", "status", "reason"];

    [Fact]
    public void There_is_a_sample_of_each_kind_and_a_template_of_each_kind_and_language()
    {
        SampleMessages.OfEachKind.Values.Select(message => message.Kind).ShouldBe(Enum.GetValues<MessageKind>());
        typeof(MailTemplates)
            .Assembly.GetManifestResourceNames()
            .Count(name => name.EndsWith(".liquid", StringComparison.Ordinal))
            .ShouldBe(SampleMessages.OfEachKind.Count * Message.Languages.Count + 1);
    }

    [Fact]
    public void The_page_of_messages_lists_each_kind_with_its_topic_and_whom_it_goes_to()
    {
        var rows = File.ReadAllLines(PathOfPage())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]);

        rows.Select(row => string.Join(' ', row))
            .ShouldBe(
                SampleMessages.OfEachKind.Values.Select(message =>
                    $"`{EnumText.Of(message.Kind)}` `{EnumText.Of(Topics.Of(message.Kind))}` "
                    + (
                        message switch
                        {
                            { CustomerId: not null } => "customer",
                            { UserId: not null } or { Kind: MessageKind.StaffInvitation } => "staff",
                            _ => "account",
                        }
                    )
                )
            );
    }

    [Fact]
    public async Task Every_template_says_all_its_values_in_both_parts_and_loads_nothing_from_outside()
    {
        foreach (var message in SampleMessages.OfEachKind.Values)
        {
            foreach (var language in Message.Languages)
            {
                var (subject, text, html) = await WriteAsync(message, language);

                var what = $"{message.Kind}.{language}";
                subject.ShouldContain("Sonne & Dach GmbH", customMessage: what);
                // What is shown of a message whose values are gone already is the same.
                (await Templates.WriteSubjectAsync(NotificationOf(message, language))).ShouldBe(subject, what);
                foreach (var (name, value) in message.Values.Where(value => !Codes.Contains(value.Key)))
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
    [InlineData(MessageKind.WithdrawalReminder, "https://loans.example/loan-offers/0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13?token=made-up")]
    [InlineData(
        MessageKind.PreContractualInformationLink,
        "https://loans.example/customer-links/0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13?token=made-up"
    )]
    [InlineData(MessageKind.DocumentRevision, "https://loans.example/customer-links/0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13?token=made-up")]
    [InlineData(MessageKind.DocumentRejected, null)]
    public async Task Links_to_pages_that_need_no_script_tell_the_server_their_secret(MessageKind kind, string? link)
    {
        var (_, text, _) = await WriteAsync(SampleMessages.OfEachKind[kind], "en");

        if (link is null)
        {
            text.ShouldNotContain("https://");
        }
        else
        {
            text.ShouldContain($"\n{link}\n");
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
        var message = Message.DocumentsRequested("a@example.org", Unique.Id(), "Greta Sommer", kind, 2, note: null, MessageSamples.Page);

        foreach (var (language, words) in ((string, string)[])[("en", english), ("de", german)])
        {
            var (_, text, _) = await WriteAsync(message, language);
            text.ShouldContain(words);
            text.Trim().Split("\n\n").Length.ShouldBe(5);
            text.ShouldNotContain("\n\n\n");
        }
    }

    [Fact]
    public void A_template_uses_the_same_values_in_each_language()
    {
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            var used = Message.Languages.Select(language => NamesIn($"{kind}.{language}")).ToList();

            used[0].ShouldNotBeEmpty();
            used.ShouldAllBe(names => names.SetEquals(used[0]), $"{kind}");
            // What staff are told is what it uses.
            Templates.VariablesOf(kind, "de").ShouldBe(used[0], ignoreOrder: true, $"{kind}");
        }
        // It finds what it looks for.
        NamesIn("{{ name }}{% if kind == \"A\" %}{% endif %}", isText: true).Order().ShouldBe(["kind", "name"]);
    }

    [Theory]
    [InlineData(MessageKind.DocumentRevision, "ILLEGIBLE", "it cannot be read", "Es ist nicht lesbar")]
    [InlineData(MessageKind.DocumentRevision, "INCOMPLETE", "a part of it is missing", "Ein Teil davon fehlt")]
    [InlineData(MessageKind.DocumentRevision, "OUTDATED", "it is too old", "Es ist zu alt")]
    [InlineData(MessageKind.DocumentRevision, "WRONG_KIND", "it is not what you were asked for", "nicht das, worum Sie gebeten wurden")]
    [InlineData(MessageKind.DocumentRejected, "WRONG_PERSON", "it is about somebody else", "Es betrifft jemand anderen")]
    [InlineData(MessageKind.DocumentRejected, "NOT_GENUINE", "doubts that it is genuine", "Zweifel, ob es echt ist")]
    [InlineData(MessageKind.DocumentRejected, "NOT_ACCEPTED", "not accepted as a proof", "nicht als Nachweis anerkannt")]
    public async Task Why_a_document_does_not_count_is_said_in_words(MessageKind kind, string reason, string english, string german)
    {
        foreach (var (language, words) in ((string, string)[])[("en", english), ("de", german)])
        {
            var (_, text, _) = await WriteAsync(MessageSamples.DocumentRefused(kind, reason, comment: null), language);
            text.ShouldContain(words);
            text.ShouldNotContain("\n\n\n");
        }
    }

    [Theory]
    [InlineData("APPROVED", "was approved", "wurde freigegeben")]
    [InlineData("REJECTED", "was rejected", "wurde abgelehnt")]
    [InlineData("ACCEPTED", "was accepted", "wurde angenommen")]
    [InlineData("DECLINED", "declined by the customer", "vom Kunden abgelehnt")]
    [InlineData("WITHDRAWN", "has withdrawn from it", "hat es widerrufen")]
    [InlineData("EXPIRED", "has expired", "ist abgelaufen")]
    public async Task News_of_an_offer_are_said_in_words(string status, string english, string german)
    {
        var message = Message.OfferNews("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), status);

        foreach (var (language, words) in ((string, string)[])[("en", english), ("de", german)])
        {
            (await WriteAsync(message, language)).Text.ShouldContain(words);
        }
    }

    [Theory]
    [InlineData("APPROVED", "was approved.", "wurde genehmigt.")]
    [InlineData("CONDITIONAL", "under conditions", "unter Bedingungen")]
    [InlineData("DECLINED", "was refused.", "wurde abgelehnt.")]
    [InlineData("CONDITIONS_MET", "all documents that were asked for are approved", "alle Unterlagen, um die gebeten wurde")]
    [InlineData("REVIEW_REQUESTED", "demands that a person looks at it", "dass ein Mensch ihn prüft")]
    public async Task News_of_an_application_are_said_in_words(string status, string english, string german)
    {
        var message = Message.ApplicationNews("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), status);

        (await WriteAsync(message, "en")).Text.ShouldContain(english);
        (await WriteAsync(message, "de")).Text.ShouldContain(german);
    }

    [Fact]
    public async Task A_language_that_has_no_templates_gets_English()
    {
        var (subject, _, _) = await WriteAsync(SampleMessages.OfEachKind.Values.First(), "fr");

        subject.ShouldStartWith("Your account");
    }

    private static Notification NotificationOf(Message message, string language) =>
        new(message, FakeSenders.Usual with { Language = language }, MessageSamples.Soon);

    private static string PathOfPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent!;
        }
        return Path.Combine(folder.FullName, "docs", "messages.md");
    }

    /// <summary>The values that a template says or asks.</summary>
    private static HashSet<string> NamesIn(string template, bool isText = false)
    {
        if (!isText)
        {
            using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream(
                $"Lending.Notifications.Templates.{template}.liquid"
            )!;
            using var reader = new StreamReader(stream);
            template = reader.ReadToEnd();
        }
        return [.. ValueName().Matches(template).Select(match => match.Groups["name"].Value)];
    }

    [GeneratedRegex(@"(\{\{\s*|\{%-?\s*(els)?if\s+)(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValueName();

    private static async Task<(string Subject, string Text, string Html)> WriteAsync(Message message, string language)
    {
        var mail = await Templates.WriteAsync(NotificationOf(message, language), new Uri("https://loans.example"));
        return (mail.Subject, mail.Text, mail.Html);
    }
}
