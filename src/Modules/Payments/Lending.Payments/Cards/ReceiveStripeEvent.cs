using System.Net.Mime;
using System.Text.Json;
using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Lending.Payments.Cards;

/// <summary>
/// Takes an event of Stripe, signed in the header `Stripe-Signature`. Of which payment it tells is all that it is believed: what became of that one is asked of Stripe, so
/// events may come twice, late, and in any order. Events about anything else are taken, and nothing is done. Public.
/// </summary>
/// <response code="400">`invalid-signature`: not signed with the secret, or too long ago; `malformed-json`.</response>
/// <response code="409">
/// `no-card-provider`: nobody has set one up. `card-provider-refused`: Stripe does not know the payment. `card-payment-not-paid`, `refund-exceeds-payment`: what Stripe
/// tells does not fit yet to what is under way here.
/// </response>
/// <response code="502">`card-provider-failed`: Stripe does not let us in, or its answer cannot be read.</response>
/// <response code="503">`card-provider-unavailable`: Stripe does not answer. `busy`, `try-again`, `database-unavailable`.</response>
internal sealed class ReceiveStripeEvent(
    StripeEvents events,
    ICardProvider provider,
    CardBooking booking,
    Caller caller,
    ILogger<ReceiveStripeEvent> logger
) : Endpoint<ReceiveStripeEvent.Request, Results<NoContent, Problem>>
{
    /// <summary>The event as Stripe has signed it, byte by byte.</summary>
    internal sealed record Request : IPlainTextRequest
    {
        /// <summary>The event.</summary>
        public string Content { get; set; } = "";
    }

    public override void Configure()
    {
        Post("payment-providers/stripe/events");
        AllowAnonymous();
        // The text is read as it came, for its signature. What FastEndpoints says of such slices by itself is not what they take and answer.
        Description(
            route => route.Accepts<JsonElement>(MediaTypeNames.Application.Json).Produces(StatusCodes.Status204NoContent),
            clearDefaults: true
        );
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!events.IsSetUp || !provider.IsSetUp)
        {
            return Problem.From(CardErrors.NotSetUp);
        }
        if (!events.IsSigned(request.Content, HttpContext.Request.Headers[StripeEvents.SignatureHeader]))
        {
            return Problem.From(CardErrors.NotSigned);
        }
        if (StripeEvents.PaymentIn(request.Content) is not { } providerId)
        {
            return TypedResults.NoContent();
        }
        ProviderPayment told;
        try
        {
            told = await provider.ReadAsync(providerId, ct);
        }
        catch (CardProviderException failure)
        {
            return failure.ToProblem();
        }
        if (told is not { CardPaymentId: { } id, OrganizationId: { } organizationId })
        {
            return TypedResults.NoContent();
        }
        caller.ActFor(organizationId, UserReference.System);
        var (_, error) = await booking.FollowAsync(id, told, ct);
        if (error is { Kind: ErrorKind.NotFound })
        {
            // Of another installation with this account, or of a customer who was erased before they paid.
            if (told.PaidAt is not null)
            {
                logger.LogError("Money came at Stripe for the payment {CardPayment}, which is not here", id);
            }
            return TypedResults.NoContent();
        }
        return error is null ? TypedResults.NoContent() : Problem.From(error);
    }
}
