using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lending.Testing;

/// <summary>How a request to the fake goes wrong, once.</summary>
public enum StripeFault
{
    /// <summary>500, which is kept for the key.</summary>
    ServerError,

    /// <summary>429, which is not kept.</summary>
    TooManyRequests,

    /// <summary>402, which is kept.</summary>
    Declined,

    /// <summary>No answer, and nothing is done.</summary>
    Hang,

    /// <summary>It is done, and the answer is lost.</summary>
    LoseAnswer,

    /// <summary>200, and something that is not JSON.</summary>
    Nonsense,
}

/// <summary>
/// Stripe's API, as far as it is used and as its documentation says that it behaves: a web server of its own, whose <c>Idempotency-Key</c> answers what was answered
/// before once an endpoint has begun, errors of the server included; other parameters with a key, and a key that is under way, are refused and not kept.
/// </summary>
public sealed class FakeStripe : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Request, int Status, string? Body)> kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StripeFault> faults = new(StringComparer.Ordinal);

    private FakeStripe(WebApplication app) => this.app = app;

    /// <summary>Where it is asked.</summary>
    public string Url => app.Urls.Single();

    /// <summary>What it knows.</summary>
    public StripeBooks Books { get; } = new();

    /// <summary>What is done while Stripe is asked with this secret key, before it does anything.</summary>
    public ConcurrentDictionary<string, Func<Task>> WhileAskedWith { get; } = new(StringComparer.Ordinal);

    /// <summary>All posts: the key that they had, and what they said.</summary>
    public ConcurrentQueue<(string? Key, string Form)> Posts { get; } = new();

    /// <summary>Starts it on a port of its own.</summary>
    public static async Task<FakeStripe> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var started = builder.Build();
        var stripe = new FakeStripe(started);
        started.MapPost("/v1/payment_intents", context => stripe.PostAsync(context, stripe.Books.CreateIntent));
        started.MapPost("/v1/refunds", context => stripe.PostAsync(context, stripe.Books.CreateRefund));
        started.MapGet(
            "/v1/payment_intents/{id}",
            (HttpContext context, string id) => stripe.GetAsync(context, id, stripe.Books.FindIntent)
        );
        started.MapGet("/v1/refunds", context => stripe.ListAsync(context, stripe.Books.RefundsOf));
        started.MapGet("/v1/disputes", context => stripe.ListAsync(context, stripe.Books.DisputesOf));
        await started.StartAsync();
        return stripe;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Lets the next post of this amount, or the next read of this payment, go wrong.</summary>
    public void Fail(string amountOrId, StripeFault fault) => faults[amountOrId] = fault;

    /// <summary>Sends an event to a host, as Stripe does.</summary>
    public static async Task<Answer> SendEventAsync(HttpClient client, string content, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/payment-providers/stripe/events");
        request.Content = new StringContent(content, Encoding.UTF8, MediaTypeNames.Application.Json);
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text, null, null, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Stripe's scheme: the time, and an HMAC of time and body.</summary>
    public static string Sign(string content, string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hmac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{content}"));
        return $"t={time},v1={Convert.ToHexStringLower(hmac)}";
    }

    private async Task PostAsync(HttpContext context, Func<IReadOnlyDictionary<string, string>, (int Status, JsonObject Body)> execute)
    {
        var read = await context.Request.ReadFormAsync(context.RequestAborted);
        var form = read.OrderBy(field => field.Key, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        var said = context.Request.Path + string.Join('&', form.Select(field => $"{field.Key}={field.Value}"));
        string? key = context.Request.Headers["Idempotency-Key"];
        Posts.Enqueue((key, said));
        var isFaulty = faults.TryRemove(form.GetValueOrDefault("amount", ""), out var fault);
        if (!await LetInAsync(context) || (isFaulty && await BreaksAsync(context, fault)))
        {
            return;
        }
        lock (gate)
        {
            if (key is not null && kept.TryGetValue(key, out var before))
            {
                context.Items["answer"] =
                    before.Request != said ? (400, Error("idempotency_error", null).ToJsonString())
                    : before.Body is null ? (409, Error("idempotency_error", "idempotency_key_in_use").ToJsonString())
                    : (before.Status, before.Body);
            }
            else if (key is not null)
            {
                kept[key] = (said, 0, null);
            }
        }
        if (context.Items["answer"] is not (int status, string body))
        {
            var done = fault switch
            {
                StripeFault.ServerError when isFaulty => (500, Error("api_error", null)),
                StripeFault.Declined when isFaulty => (402, Error("card_error", "card_declined")),
                _ => execute(form),
            };
            (status, body) = (done.Item1, done.Item2.ToJsonString());
            lock (gate)
            {
                // What is wrong in itself never began.
                if (key is not null && !(status == 400 ? kept.Remove(key) : false))
                {
                    kept[key] = (said, status, body);
                }
            }
        }
        if (isFaulty && fault == StripeFault.LoseAnswer)
        {
            context.Abort();
            return;
        }
        await AnswerAsync(context, status, body);
    }

    private async Task GetAsync(HttpContext context, string id, Func<string, JsonObject?> find)
    {
        if (await LetInAsync(context) && !(faults.TryRemove(id, out var fault) && await BreaksAsync(context, fault)))
        {
            var found = find(id);
            await AnswerAsync(
                context,
                found is null ? 404 : 200,
                (found ?? Error("invalid_request_error", "resource_missing")).ToJsonString()
            );
        }
    }

    private async Task ListAsync(HttpContext context, Func<string, JsonArray> list)
    {
        if (await LetInAsync(context))
        {
            var page = new JsonObject
            {
                ["object"] = "list",
                ["data"] = list(context.Request.Query["payment_intent"].ToString()),
                ["has_more"] = false,
                ["url"] = context.Request.Path.ToString(),
            };
            await AnswerAsync(context, 200, page.ToJsonString());
        }
    }

    private async Task<bool> LetInAsync(HttpContext context)
    {
        var secretKey = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (WhileAskedWith.TryGetValue(secretKey, out var look))
        {
            await look();
        }
        if (secretKey.StartsWith("sk_test_", StringComparison.Ordinal))
        {
            return true;
        }
        await AnswerAsync(context, 401, Error("invalid_request_error", null).ToJsonString());
        return false;
    }

    private static async Task<bool> BreaksAsync(HttpContext context, StripeFault fault)
    {
        switch (fault)
        {
            case StripeFault.TooManyRequests:
                await AnswerAsync(context, 429, Error("invalid_request_error", "rate_limit").ToJsonString());
                return true;
            case StripeFault.Nonsense:
                await AnswerAsync(context, 200, "<html>maintenance</html>");
                return true;
            case StripeFault.ServerError when HttpMethods.IsGet(context.Request.Method):
                await AnswerAsync(context, 500, Error("api_error", null).ToJsonString());
                return true;
            case StripeFault.Hang:
                // Until whoever asked hangs up.
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return true;
            default:
                return false;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["Request-Id"] = $"req_{status.ToString(CultureInfo.InvariantCulture)}";
        return context.Response.WriteAsync(body);
    }

    internal static JsonObject Error(string type, string? code) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["type"] = type,
                ["code"] = code,
                ["message"] = "Erika Muster's card, in words that nobody may log.",
            },
        };
}
