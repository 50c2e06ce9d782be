using FastEndpoints;
using FluentValidation;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Notifications.Previews;

/// <summary>Shows what a message says, with made-up values and the name of the caller's organisation. Nothing is sent, and its links lead nowhere.</summary>
internal sealed class PreviewTemplate(
    MailTemplates templates,
    IMessageSenders senders,
    PublicUrl publicUrl,
    Caller caller,
    OrganizationClock clock
) : Endpoint<PreviewTemplate.Request, Ok<PreviewTemplate.MessagePreview>>
{
    internal sealed record Request
    {
        /// <summary>The kind of message.</summary>
        /// <example>OFFER_APPROVED</example>
        public MessageKind Kind { get; init; }

        /// <summary>The language, `en` or `de`; left out, the organisation's.</summary>
        /// <example>de</example>
        public string? Language { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).IsInEnum();
            RuleFor(request => request.Language)
                .Must(language => language is null || Message.Languages.Contains(language))
                .WithErrorCode("unknown-language")
                .WithMessage($"Name one of these: {string.Join(", ", Message.Languages)}.");
        }
    }

    /// <summary>What a message says.</summary>
    internal sealed record MessagePreview
    {
        /// <summary>The kind of message.</summary>
        /// <example>OFFER_APPROVED</example>
        public required MessageKind Kind { get; init; }

        /// <summary>The language that it is written in.</summary>
        /// <example>en</example>
        public required string Language { get; init; }

        /// <summary>Which text it is.</summary>
        /// <example>4b2f9c01d7e8</example>
        public required string Version { get; init; }

        /// <summary>The mail's subject.</summary>
        /// <example>Your loan offer of Sonnenschein Solar GmbH is ready</example>
        public required string Subject { get; init; }

        /// <summary>The mail's text, for programs that show no HTML.</summary>
        /// <example>Hello Greta Sommer, …</example>
        public required string Text { get; init; }

        /// <summary>The same as HTML: a page of its own.</summary>
        /// <example>&lt;!DOCTYPE html&gt;…</example>
        public required string Html { get; init; }
    }

    public override void Configure()
    {
        Get("message-templates/{kind}/preview");
        Permissions(NotificationsPermission.NotificationsRead);
    }

    public override async Task<Ok<MessagePreview>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        var sample = new Notification(
            SampleMessages.OfEachKind[request.Kind],
            sender with
            {
                Language = request.Language ?? sender.Language,
            },
            clock.GetUtcNow()
        );
        var mail = await templates.WriteAsync(sample, publicUrl.Value);
        return TypedResults.Ok(
            new MessagePreview
            {
                Kind = request.Kind,
                Language = mail.Language,
                Version = mail.Version,
                Subject = mail.Subject,
                Text = mail.Text,
                Html = mail.Html,
            }
        );
    }
}
