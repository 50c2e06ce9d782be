using FluentValidation;
using Lending.Webhooks.Events;

namespace Lending.Webhooks.Webhooks;

/// <summary>What the requests that set something of a webhook have in common.</summary>
internal static class WebhookRules
{
    public static IRuleBuilderOptions<T, string> WebhookUrl<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(Webhook.MaximumUrlLength)
            // Whether http will do depends on the environment, which a validator does not know.
            .Must(text =>
                Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https" or "http", UserInfo: "", Fragment: "" }
            )
            .WithErrorCode("invalid-url")
            .WithMessage("This is no https address without user and fragment.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> WebhookEventTypes<T>(
        this IRuleBuilderInitial<T, IReadOnlyList<string>> rule
    ) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .Must(types => types.Count <= Webhook.MaximumEventTypes && types.All(type => type is not null && EventCatalogue.Has(type)))
            .WithErrorCode("unknown-event-type")
            .WithMessage("Name types of the catalogue: x-webhooks in the API document.");
}
