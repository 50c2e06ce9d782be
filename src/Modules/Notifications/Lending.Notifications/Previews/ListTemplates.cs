using FastEndpoints;
using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Notifications.Previews;

/// <summary>Lists the templates of all messages: what each is about, whether people can switch it off, and which version of it is in use.</summary>
internal sealed class ListTemplates(MailTemplates templates) : EndpointWithoutRequest<Ok<ListTemplates.TemplateList>>
{
    /// <summary>All templates.</summary>
    internal sealed record TemplateList
    {
        /// <summary>One for each kind of message.</summary>
        public required IReadOnlyList<MessageTemplate> Templates { get; init; }
    }

    /// <summary>The template of a kind of message.</summary>
    internal sealed record MessageTemplate
    {
        /// <summary>The kind.</summary>
        /// <example>OFFER_APPROVED</example>
        public required MessageKind Kind { get; init; }

        /// <summary>`LEGAL`: the law, a contract or the safety of an account asks for it, so it comes always; `SERVICE`: its recipient can switch it off.</summary>
        /// <example>SERVICE</example>
        public required MessageClass Class { get; init; }

        /// <summary>What it is about, as in the preferences.</summary>
        /// <example>OFFERS</example>
        public required NotificationTopic Topic { get; init; }

        /// <summary>What is filled in: names of values, the same in each language.</summary>
        /// <example>["organization", "name", "link"]</example>
        public required IReadOnlyList<string> Variables { get; init; }

        /// <summary>Its texts.</summary>
        public required IReadOnlyList<TemplateText> Texts { get; init; }
    }

    /// <summary>A template in a language.</summary>
    internal sealed record TemplateText
    {
        /// <summary>The language.</summary>
        /// <example>de</example>
        public required string Language { get; init; }

        /// <summary>Which text it is: another one as soon as a letter of it changes. `GET /notifications` tells it of each message that was written.</summary>
        /// <example>4b2f9c01d7e8</example>
        public required string Version { get; init; }
    }

    public override void Configure()
    {
        Get("message-templates");
        Permissions(NotificationsPermission.NotificationsRead);
    }

    public override Task<Ok<TemplateList>> ExecuteAsync(CancellationToken ct) =>
        Task.FromResult(TypedResults.Ok(new TemplateList { Templates = [.. Enum.GetValues<MessageKind>().Select(TemplateOf)] }));

    private MessageTemplate TemplateOf(MessageKind kind) =>
        new()
        {
            Kind = kind,
            Class = Topics.ClassOf(kind),
            Topic = Topics.Of(kind),
            Variables = templates.VariablesOf(kind, Message.Languages[0]),
            Texts =
            [
                .. Message.Languages.Select(language => new TemplateText
                {
                    Language = language,
                    Version = templates.VersionOf(kind, language),
                }),
            ],
        };
}
