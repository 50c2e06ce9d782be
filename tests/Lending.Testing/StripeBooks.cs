using System.Globalization;
using System.Text.Json.Nodes;

namespace Lending.Testing;

/// <summary>What the fake Stripe knows: payments with their refunds and disputes. What happens there answers the event that Stripe would send.</summary>
public sealed class StripeBooks
{
    /// <summary>The version of the API that Stripe.net asks for.</summary>
    private const string Version = "2026-10-28.endive";

    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonObject> intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> refunds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> disputes = new(StringComparer.Ordinal);

    /// <summary>The time at Stripe.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    private long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    internal (int Status, JsonObject Body) CreateIntent(IReadOnlyDictionary<string, string> form)
    {
        if (form.ContainsKey("payment_method_types[0]"))
        {
            return (400, FakeStripe.Error("invalid_request_error", "payment_method_types_no_longer_supported"));
        }
        var id = $"pi_{Unique.Text()}";
        var intent = new JsonObject
        {
            ["id"] = id,
            ["object"] = "payment_intent",
            ["amount"] = long.Parse(form["amount"], CultureInfo.InvariantCulture),
            ["amount_received"] = 0,
            ["currency"] = form["currency"],
            ["status"] = "requires_payment_method",
            ["client_secret"] = $"{id}_secret_{Unique.Text()}",
            ["created"] = Now,
            ["latest_charge"] = null,
            ["last_payment_error"] = null,
            ["metadata"] = MetadataIn(form),
        };
        lock (gate)
        {
            intents[id] = intent;
            return (200, Copy(intent));
        }
    }

    internal (int Status, JsonObject Body) CreateRefund(IReadOnlyDictionary<string, string> form)
    {
        lock (gate)
        {
            if (!intents.TryGetValue(form["payment_intent"], out var intent))
            {
                return (404, FakeStripe.Error("invalid_request_error", "resource_missing"));
            }
            var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
            var before = refunds
                .Values.Where(refund =>
                    TextIn(refund, "payment_intent") == form["payment_intent"] && TextIn(refund, "status") == "succeeded"
                )
                .Sum(refund => refund["amount"]!.GetValue<long>());
            if (before + amount > intent["amount_received"]!.GetValue<long>())
            {
                return (400, FakeStripe.Error("invalid_request_error", "charge_already_refunded"));
            }
            var id = $"re_{Unique.Text()}";
            refunds[id] = new JsonObject
            {
                ["id"] = id,
                ["object"] = "refund",
                ["amount"] = amount,
                ["currency"] = TextIn(intent, "currency"),
                ["payment_intent"] = form["payment_intent"],
                ["status"] = "succeeded",
                ["created"] = Now,
                ["metadata"] = MetadataIn(form),
            };
            return (200, Copy(refunds[id]));
        }
    }

    internal JsonObject? FindIntent(string id)
    {
        lock (gate)
        {
            return intents.TryGetValue(id, out var intent) ? Copy(intent) : null;
        }
    }

    /// <summary>The refunds of a payment.</summary>
    public JsonArray RefundsOf(string intent) => Of(refunds, intent);

    internal JsonArray DisputesOf(string intent) => Of(disputes, intent);

    /// <summary>How many payments there are for what we call so.</summary>
    public int CountIntents(Guid cardPaymentId)
    {
        lock (gate)
        {
            return intents.Values.Count(intent => (string?)intent["metadata"]!["card_payment_id"] == cardPaymentId.ToString());
        }
    }

    /// <summary>What we call so, as Stripe calls it.</summary>
    public string FindByPayment(Guid cardPaymentId)
    {
        lock (gate)
        {
            return intents.Single(intent => (string?)intent.Value["metadata"]!["card_payment_id"] == cardPaymentId.ToString()).Key;
        }
    }

    /// <summary>How many payments of this amount there are.</summary>
    public int CountIntents(string amount)
    {
        lock (gate)
        {
            return intents.Values.Count(intent => intent["amount"]!.ToString() == amount);
        }
    }

    /// <summary>A payment that somebody else makes with the same account.</summary>
    public string AddForeignIntent(params (string Key, string Value)[] metadata)
    {
        var form = metadata.ToDictionary(field => $"metadata[{field.Key}]", field => field.Value, StringComparer.Ordinal);
        form["amount"] = "1000";
        form["currency"] = "eur";
        return (string)CreateIntent(form).Body["id"]!;
    }

    /// <summary>The customer pays.</summary>
    public string Pay(string id) =>
        Change(
            intents,
            id,
            "payment_intent.succeeded",
            intent =>
            {
                intent["status"] = "succeeded";
                intent["amount_received"] = intent["amount"]!.GetValue<long>();
                intent["last_payment_error"] = null;
                intent["latest_charge"] = new JsonObject
                {
                    ["id"] = $"ch_{Unique.Text()}",
                    ["object"] = "charge",
                    ["payment_intent"] = id,
                    ["created"] = Now,
                };
            }
        );

    /// <summary>The customer's bank declines.</summary>
    public string Decline(string id, string code) =>
        Change(
            intents,
            id,
            "payment_intent.payment_failed",
            intent =>
                intent["last_payment_error"] = new JsonObject
                {
                    ["type"] = "card_error",
                    ["code"] = "card_declined",
                    ["decline_code"] = code,
                }
        );

    /// <summary>A payment is in this state from now on.</summary>
    public string SetStatus(string id, string status) =>
        Change(intents, id, $"payment_intent.{status}", intent => intent["status"] = status);

    /// <summary>Somebody gives money back in the dashboard.</summary>
    public string RefundInDashboard(string intent, long amount)
    {
        var (_, refund) = CreateRefund(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["payment_intent"] = intent,
                ["amount"] = amount.ToString(CultureInfo.InvariantCulture),
            }
        );
        return EventOf("refund.created", refund);
    }

    /// <summary>The customer's bank does not take the money back.</summary>
    public string FailRefund(string intent) =>
        Change(
            refunds,
            (string)RefundsOf(intent)[0]!["id"]!,
            "refund.failed",
            refund => (refund["status"], refund["failure_reason"]) = ("failed", "expired_or_canceled_card")
        );

    /// <summary>The holder of the card asks, or disputes: then the money goes at once.</summary>
    public (string Id, string Event) Dispute(string intent, string reason, bool isInquiry = false)
    {
        var id = $"dp_{Unique.Text()}";
        var refunded = RefundsOf(intent)
            .Where(refund => (string?)refund!["status"] == "succeeded")
            .Sum(refund => refund!["amount"]!.GetValue<long>());
        lock (gate)
        {
            disputes[id] = new JsonObject
            {
                ["id"] = id,
                ["object"] = "dispute",
                ["amount"] = intents[intent]["amount_received"]!.GetValue<long>() - refunded,
                ["currency"] = TextIn(intents[intent], "currency"),
                ["payment_intent"] = intent,
                ["reason"] = reason,
                ["status"] = isInquiry ? "warning_needs_response" : "needs_response",
                ["created"] = Now,
                ["balance_transactions"] = new JsonArray(),
            };
        }
        return (id, Change(disputes, id, "charge.dispute.created", dispute => Move(dispute, isInquiry ? 0 : -1)));
    }

    /// <summary>The dispute ends; won, the money comes again.</summary>
    public string Close(string dispute, string status) =>
        Change(
            disputes,
            dispute,
            "charge.dispute.closed",
            row =>
            {
                row["status"] = status;
                Move(row, status == "won" ? 1 : 0);
            }
        );

    /// <summary>An event about a thing as it is now, as Stripe would send it.</summary>
    public string EventAbout(string intent, string type) => EventOf(type, FindIntent(intent)!);

    /// <summary>An event about this thing.</summary>
    public static string EventOf(string type, JsonObject about) =>
        new JsonObject
        {
            ["id"] = $"evt_{Unique.Text()}",
            ["object"] = "event",
            ["api_version"] = Version,
            ["created"] = 1,
            ["type"] = type,
            ["livemode"] = false,
            ["pending_webhooks"] = 1,
            ["data"] = new JsonObject { ["object"] = about },
        }.ToJsonString();

    private void Move(JsonObject dispute, int sign)
    {
        if (sign != 0)
        {
            dispute["balance_transactions"]!
                .AsArray()
                .Add(
                    new JsonObject
                    {
                        ["id"] = $"txn_{Unique.Text()}",
                        ["object"] = "balance_transaction",
                        ["amount"] = sign * dispute["amount"]!.GetValue<long>(),
                        ["fee"] = 1500,
                        ["created"] = Now,
                    }
                );
        }
    }

    private string Change(Dictionary<string, JsonObject> things, string id, string type, Action<JsonObject> change)
    {
        lock (gate)
        {
            change(things[id]);
            return EventOf(type, Copy(things[id]));
        }
    }

    private JsonArray Of(Dictionary<string, JsonObject> things, string intent)
    {
        lock (gate)
        {
            return [.. things.Values.Where(thing => TextIn(thing, "payment_intent") == intent).Select(Copy)];
        }
    }

    private static JsonObject MetadataIn(IReadOnlyDictionary<string, string> form)
    {
        var metadata = new JsonObject();
        foreach (var (name, value) in form.Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal)))
        {
            metadata[name["metadata[".Length..^1]] = value;
        }
        return metadata;
    }

    private static string? TextIn(JsonObject thing, string member) => (string?)thing[member];

    private static JsonObject Copy(JsonObject thing) => thing.DeepClone().AsObject();
}
