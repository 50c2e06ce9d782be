using System.ComponentModel.DataAnnotations;

namespace Lending.Payments.Cards;

/// <summary>How Stripe is reached; configuration section <c>Cards:Stripe</c>.</summary>
internal sealed class StripeOptions
{
    public const string Section = "Cards:Stripe";

    /// <summary>The secret key. Left out, nobody can pay by card, and nothing else is needed.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What Stripe signs its events with.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>What it signed them with before, for as long as the secret changes.</summary>
    public string? PreviousWebhookSecret { get; set; }

    /// <summary>Where Stripe's API is.</summary>
    public Uri Url { get; set; } = new("https://api.stripe.com");

    /// <summary>How long an answer is waited for.</summary>
    [Range(1, 20)]
    public int TimeoutSeconds { get; set; } = 10;
}
