using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Lending.Notifications.Contracts;

namespace Lending.Notifications.Delivery;

/// <summary>
/// Writes mails. A template is plain text in Liquid, one for each kind and language: its first line is the subject, which names nothing but the
/// organisation; paragraphs follow. The text part is
/// just that; for the HTML part, <c>layout.liquid</c> puts the same paragraphs into a page, in which Fluid encodes every value.
/// </summary>
internal sealed class MailTemplates
{
    /// <summary>How many letters tell a version from others.</summary>
    public const int VersionLength = 12;

    private static readonly FluidParser Parser = new();

    // A name that no value was given for is a defect of the template, not an empty text.
    private static readonly TemplateOptions Strict = new() { StrictVariables = true };

    // Read when they are needed first: the start does not wait for them.
    private readonly ConcurrentDictionary<string, IFluidTemplate> templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IFluidTemplate> subjects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> versions = new(StringComparer.Ordinal);

    /// <summary>What the mail says.</summary>
    /// <param name="notification">What to write.</param>
    /// <param name="publicUrl">Where the links lead.</param>
    public async Task<WrittenMail> WriteAsync(Notification notification, Uri publicUrl)
    {
        var language = LanguageOf(notification);
        var values = notification.Values!.ToDictionary(value => value.Key, value => OnOneLine(value.Value), StringComparer.Ordinal);
        var link = LinkOf(notification.Kind, values, publicUrl);
        var context = new TemplateContext(Strict);
        foreach (var (name, value) in values.Where(value => value.Key != "token"))
        {
            context.SetValue(name, value);
        }
        context.SetValue("organization", OnOneLine(notification.OrganizationName));
        context.SetValue("link", link);
        context.SetValue("expires", Time(notification, language));
        var text = await Template($"{notification.Kind}.{language}").RenderAsync(context, NullEncoder.Default);
        var (subject, paragraphs) = text.Trim().Split("\n\n") switch
        {
            [var first, .. var rest] => (first, rest),
            [] => throw new InvalidOperationException($"The template of {notification.Kind} is empty."),
        };
        context.SetValue("language", language);
        context.SetValue("subject", subject);
        context.SetValue("paragraphs", paragraphs);
        context.SetValue("button", language == "de" ? "Weiter" : "Continue");
        var html = await Template("layout").RenderAsync(context, HtmlEncoder.Default);
        var plain = string.Join("\n\n", paragraphs) + "\n";
        return new WrittenMail(language, VersionOf(notification.Kind, language), subject, plain, html);
    }

    /// <summary>Which text of a template this is: another one as soon as a letter of it, or of what is around it, changes.</summary>
    public string VersionOf(MessageKind kind, string language) =>
        versions.GetOrAdd(
            $"{kind}.{language}",
            name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Load(name)}\0{Load("layout")}")))[..VersionLength]
        );

    /// <summary>The names of what a template fills in, in the order in which it says them.</summary>
    public IReadOnlyList<string> VariablesOf(MessageKind kind, string language)
    {
        var names = new Names();
        names.VisitTemplate(Template($"{kind}.{language}"));
        return names.Found;
    }

    /// <summary>The subject alone: it needs no values but the organisation's name.</summary>
    public async Task<string> WriteSubjectAsync(Notification notification)
    {
        var context = new TemplateContext(Strict);
        context.SetValue("organization", OnOneLine(notification.OrganizationName));
        return await Subject($"{notification.Kind}.{LanguageOf(notification)}").RenderAsync(context, NullEncoder.Default);
    }

    /// <summary>
    /// Where the person goes on. The secret stands behind <c>#</c>, which browsers send to no server and name to no other page; but for links to
    /// offers and to customers' pages, which need no script, so that the server has to be told. It keeps the secret in a cookie, and shows the page without it.
    /// </summary>
    private static string LinkOf(MessageKind kind, Dictionary<string, string> values, Uri publicUrl)
    {
        // Without a secret, it is a page for those who log in.
        (string Page, char Mark)? target = kind switch
        {
            MessageKind.OfferLink or MessageKind.WithdrawalReminder => ($"loan-offers/{values["offerId"]}", '?'),
            // Where there is nothing to do on such pages, or there were none when it was queued, it has none.
            _ when values.TryGetValue("linkId", out var linkId) => ($"customer-links/{linkId}", '?'),
            MessageKind.StaffInvitation or MessageKind.CustomerInvitation => ("invitation", '#'),
            MessageKind.AcceptanceReceipt => ("documents/check", '#'),
            MessageKind.EmailConfirmation => ("email-confirmation", '#'),
            MessageKind.PasswordReset => ("password-reset", '#'),
            MessageKind.EmailChange => ("email-change", '#'),
            _ => null,
        };
        if (target is not var (page, mark))
        {
            return "";
        }
        var address = $"{publicUrl.AbsoluteUri.TrimEnd('/')}/{page}";
        return values.TryGetValue("token", out var token) ? $"{address}{mark}token={Uri.EscapeDataString(token)}" : address;
    }

    private static string LanguageOf(Notification notification) =>
        Message.Languages.Contains(notification.Language) ? notification.Language : Message.Languages[0];

    private static string Time(Notification notification, string language)
    {
        if (notification.ExpiresAt is not { } expiresAt)
        {
            return "";
        }
        var there = TimeZoneInfo.ConvertTime(expiresAt, TimeZoneInfo.FindSystemTimeZoneById(notification.TimeZone));
        var format = language == "de" ? "d. MMMM yyyy, HH:mm 'Uhr' (zzz)" : "d MMMM yyyy, HH:mm (zzz)";
        return there.ToString(format, CultureInfo.GetCultureInfo(language));
    }

    // A value with line breaks could begin a paragraph of its own, or a header.
    private static string OnOneLine(string value) => string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    private IFluidTemplate Template(string name) => templates.GetOrAdd(name, key => Parser.Parse(Load(key)));

    private IFluidTemplate Subject(string name) => subjects.GetOrAdd(name, key => Parser.Parse(Load(key).Split('\n')[0]));

    private static string Load(string name)
    {
        using var stream =
            typeof(MailTemplates).Assembly.GetManifestResourceStream($"Lending.Notifications.Templates.{name}.liquid")
            ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private sealed class Names : AstVisitor
    {
        public List<string> Found { get; } = [];

        protected override Expression VisitMemberExpression(MemberExpression memberExpression)
        {
            if (memberExpression.Segments[0] is IdentifierSegment { Identifier: var name } && !Found.Contains(name))
            {
                Found.Add(name);
            }
            return base.VisitMemberExpression(memberExpression);
        }
    }
}

/// <summary>What a mail says.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Version">Which text of its template it was made of.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its text.</param>
/// <param name="Html">The same as HTML.</param>
internal sealed record WrittenMail(string Language, string Version, string Subject, string Text, string Html);
