using Lending.Kernel;
using Lending.Webhooks.Webhooks;

namespace Lending.Webhooks;

/// <summary>The ways in which this module's slices fail.</summary>
internal static class WebhooksErrors
{
    public static readonly Error UrlNotHttps = Error.Validation("url-not-https", "The address has to begin with https.", "url");

    public static readonly Error UrlNotPublic = Error.Validation(
        "url-not-public",
        "The address is a private one: webhooks lead to public addresses.",
        "url"
    );

    public static readonly Error TooMany = Error.Conflict(
        "too-many-webhooks",
        $"An organisation has {Webhook.MaximumOfOrganization} webhooks at most. Delete one."
    );

    public static readonly Error Sending = Error.Conflict("delivery-under-way", "It is being sent just now.");
}
