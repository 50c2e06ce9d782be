using System.Globalization;
using System.Net;
using Lending.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;

namespace Lending.Payments.Cards;

/// <summary>
/// Stripe. It is asked once: whoever waits repeats their request, and Stripe knows by the key that it is the same. It is told amounts and our ids, and nothing of
/// persons.
/// </summary>
internal sealed class StripeCards(IHttpClientFactory clients, IOptions<StripeOptions> options, ILogger<StripeCards> logger) : ICardProvider
{
    public const string HttpClientName = "Stripe";

    // Stripe takes amounts of eight digits.
    private const decimal MostMinorUnits = 99_999_999;

    private const string PaymentKey = "card_payment_id";
    private const string ReturnKey = "card_return_id";
    private const string OrganizationKey = "organization_id";

    // What Stripe counts in other units than ISO 4217 does.
    private static readonly string[] OtherUnits = ["ISK", "UGX", "MGA"];

    public bool IsSetUp => !string.IsNullOrEmpty(options.Value.ApiKey);

    public bool CanCharge(decimal amount, Currency currency) =>
        currency.MinorUnitDigits <= 2
        && !OtherUnits.Contains(currency.Code)
        && currency.HasScale(amount)
        && amount / currency.MinorUnit <= MostMinorUnits;

    public Task<ProviderIntent> StartAsync(CardPayment payment, CancellationToken ct) =>
        AskAsync(
            async client =>
            {
                var service = new PaymentIntentService(client);
                var intent = payment.ProviderId is { } known
                    ? await service.GetAsync(known, cancellationToken: ct)
                    : await service.CreateAsync(
                        new PaymentIntentCreateOptions
                        {
                            Amount = MinorUnitsOf(payment.Amount, payment.Currency),
                            Currency = CodeOf(payment.Currency),
                            // Wallets pay by card, too. What is debited and comes back weeks later is SEPA's.
                            AllowedPaymentMethodTypes = ["card"],
                            Metadata = new()
                            {
                                [PaymentKey] = payment.Id.ToString(),
                                [OrganizationKey] = payment.OrganizationId.ToString(),
                            },
                        },
                        KeyOf(payment.Id),
                        ct
                    );
                return new ProviderIntent(intent.Id, intent.ClientSecret);
            },
            ct
        );

    public Task RefundAsync(CardPayment payment, CardReturn refund, CancellationToken ct) =>
        AskAsync(
            client =>
                new RefundService(client).CreateAsync(
                    new RefundCreateOptions
                    {
                        PaymentIntent = payment.ProviderId,
                        Amount = MinorUnitsOf(refund.Amount, payment.Currency),
                        Metadata = new() { [ReturnKey] = refund.Id.ToString() },
                    },
                    KeyOf(refund.Id),
                    ct
                ),
            ct
        );

    public Task<ProviderPayment> ReadAsync(string providerId, CancellationToken ct) =>
        AskAsync(
            async client =>
            {
                var intent = await new PaymentIntentService(client).GetAsync(
                    providerId,
                    new PaymentIntentGetOptions { Expand = ["latest_charge"] },
                    cancellationToken: ct
                );
                var refunds = new RefundService(client).ListAutoPagingAsync(
                    new RefundListOptions { PaymentIntent = providerId },
                    cancellationToken: ct
                );
                var disputes = new DisputeService(client).ListAutoPagingAsync(
                    new DisputeListOptions { PaymentIntent = providerId },
                    cancellationToken: ct
                );
                return new ProviderPayment(
                    intent.Id,
                    IdIn(intent.Metadata, PaymentKey),
                    IdIn(intent.Metadata, OrganizationKey),
                    StatusOf(intent.Status),
                    Short(intent.LastPaymentError?.DeclineCode ?? intent.LastPaymentError?.Code),
                    AmountOf(intent.AmountReceived, intent.Currency),
                    intent.Status == "succeeded" ? At(intent.LatestCharge.Created) : null,
                    [.. await refunds.Select(ReturnOf).ToListAsync(ct), .. await disputes.Select(ReturnOf).ToListAsync(ct)]
                );
            },
            ct
        );

    private static CardPaymentStatus StatusOf(string status) =>
        status switch
        {
            "processing" => CardPaymentStatus.Processing,
            "canceled" => CardPaymentStatus.Cancelled,
            _ => CardPaymentStatus.Open,
        };

    private static ProviderReturn ReturnOf(Refund refund)
    {
        var hasFailed = refund.Status is "failed" or "canceled";
        return new ProviderReturn(
            CardReturnKind.Refund,
            refund.Id,
            IdIn(refund.Metadata, ReturnKey),
            AmountOf(refund.Amount, refund.Currency),
            Short(refund.FailureReason ?? refund.Reason),
            refund.Status == "succeeded" ? At(refund.Created) : null,
            // Stripe does not tell when it failed; where the money was away, it is back by the time that somebody hears of it.
            hasFailed ? DateTimeOffset.MaxValue : null,
            hasFailed
        );
    }

    // Its postings, and not its status, tell whether money went and came again.
    private static ProviderReturn ReturnOf(Dispute dispute) =>
        new(
            CardReturnKind.Dispute,
            dispute.Id,
            null,
            AmountOf(dispute.Amount, dispute.Currency),
            Short(dispute.Reason),
            TimeOf(dispute, posting => posting.Amount < 0),
            TimeOf(dispute, posting => posting.Amount > 0),
            dispute.Status is "won" or "lost" or "warning_closed" or "prevented"
        );

    private static DateTimeOffset? TimeOf(Dispute dispute, Predicate<BalanceTransaction> isIt) =>
        dispute.BalanceTransactions?.Find(isIt) is { } posting ? At(posting.Created) : null;

    private static DateTimeOffset At(DateTime utc) => new(utc, TimeSpan.Zero);

    private static long MinorUnitsOf(decimal amount, string currency) => (long)(amount / Currency.Get(currency).MinorUnit);

    private static decimal AmountOf(long minorUnits, string code) => minorUnits * Currency.Get(code.ToUpperInvariant()).MinorUnit;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Globalization",
        "CA1308:Normalize strings to uppercase",
        Justification = "Stripe writes currencies in small letters."
    )]
    private static string CodeOf(string currency) => currency.ToLowerInvariant();

    private static RequestOptions KeyOf(Guid id) => new() { IdempotencyKey = id.ToString() };

    private static Guid? IdIn(Dictionary<string, string>? metadata, string key) =>
        metadata?.TryGetValue(key, out var text) == true && Guid.TryParse(text, out var id) ? id : null;

    private static string? Short(string? code) =>
        code?.Length > CardPayment.MaximumCodeLength ? code[..CardPayment.MaximumCodeLength] : code;

    private async Task<T> AskAsync<T>(Func<StripeClient, Task<T>> ask, CancellationToken ct)
    {
        using var http = clients.CreateClient(HttpClientName);
        var client = new StripeClient(
            new StripeClientOptions
            {
                ApiKey = options.Value.ApiKey,
                ApiBase = options.Value.Url.ToString().TrimEnd('/'),
                HttpClient = new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
            }
        );
        try
        {
            return await ask(client);
        }
        catch (StripeException failure)
        {
            throw FailureOf(failure);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("Stripe does not answer: {Error}", failure.GetType().Name);
            throw Unavailable();
        }
    }

    // What Stripe says in words could name somebody; its codes do not.
    private CardProviderException FailureOf(StripeException failure)
    {
        var status = (int)failure.HttpStatusCode;
        var code = Short(failure.StripeError?.DeclineCode ?? failure.StripeError?.Code ?? failure.StripeError?.Type) ?? "none";
        logger.LogWarning("Stripe answered {Status} with the code {Code}", status.ToString(CultureInfo.InvariantCulture), code);
        return failure.HttpStatusCode switch
        {
            HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Unavailable(),
            HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound => new(
                StatusCodes.Status409Conflict,
                "card-provider-refused",
                $"The provider refuses it: {code}.",
                code
            ),
            _ => new(
                StatusCodes.Status502BadGateway,
                "card-provider-failed",
                "The provider does not let us in, or its answer cannot be read. Who runs Lending has to look at it."
            ),
        };
    }

    private static CardProviderException Unavailable() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "card-provider-unavailable",
            "The provider does not answer. It may have done what it was asked: repeat the same request with its id."
        );
}
