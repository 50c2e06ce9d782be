using Microsoft.Extensions.Options;
using Stripe;

namespace Lending.Payments.Cards;

/// <summary>Events that Stripe sends: signed, more than once, and in any order. They tell of which payment something changed, and nothing else of them is believed.</summary>
internal sealed class StripeEvents(IOptions<StripeOptions> options, TimeProvider clock)
{
    public const string SignatureHeader = "Stripe-Signature";

    /// <summary>How long ago an event may have been signed: who has heard one cannot send it again for ever.</summary>
    private const int ToleranceSeconds = 300;

    public bool IsSetUp => Secrets.Length > 0;

    private string[] Secrets =>
        [.. new[] { options.Value.WebhookSecret, options.Value.PreviousWebhookSecret }.OfType<string>().Where(one => one.Length > 0)];

    /// <summary>Whether Stripe has signed it, and lately.</summary>
    public bool IsSigned(string content, string? signature) =>
        signature is { Length: > 0 } && Array.Exists(Secrets, secret => IsSignedBy(secret, content, signature));

    /// <summary>What Stripe calls the payment that a signed event is about; null where it is about something else.</summary>
    public static string? PaymentIn(string content) =>
        EventUtility.ParseEvent(content, throwOnApiVersionMismatch: false).Data?.Object switch
        {
            PaymentIntent intent => intent.Id,
            Charge charge => charge.PaymentIntentId,
            Refund refund => refund.PaymentIntentId,
            Dispute dispute => dispute.PaymentIntentId,
            _ => null,
        };

    private bool IsSignedBy(string secret, string content, string signature)
    {
        try
        {
            EventUtility.ValidateSignature(content, signature, secret, ToleranceSeconds, clock.GetUtcNow().ToUnixTimeSeconds());
            return true;
        }
        // The library has no other way to say no.
        catch (StripeException)
        {
            return false;
        }
    }
}
