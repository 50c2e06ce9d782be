using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Products;

/// <summary>Loan products for tests.</summary>
internal static class Catalogue
{
    public const string Path = "/loan-products";

    /// <summary>A product that lends 1,000 to 50,000 over 12 to 120 months: 6 % up to 60 months, 7 % beyond.</summary>
    public static JsonObject Solar() =>
        JsonNode
            .Parse(
                """
                {
                  "currency": "EUR",
                  "amountFrom": 1000, "amountTo": 50000,
                  "termMonthsFrom": 12, "termMonthsTo": 120,
                  "rateBands": [
                    { "termMonthsTo": 60, "annualRatePercent": 6 },
                    { "termMonthsFrom": 61, "annualRatePercent": 7.50 }
                  ],
                  "fees": { "upfront": { "percent": 2 }, "monthly": { "amount": 1.5 } },
                  "validityDays": 14
                }
                """
            )!
            .AsObject()
            .With("name", $"Solar {Unique.Text()}");

    /// <summary>The object with this member set to the JSON, or to a text.</summary>
    public static JsonObject With(this JsonObject target, string member, JsonNode? value)
    {
        target[member] = value;
        return target;
    }

    public static Task<Answer> ProductAsync(this Office office, JsonObject? product = null) =>
        office.Administrator.PostAsync(Path, product ?? Solar(), HttpStatusCode.Created);

    public static Task<Answer> PatchAsync(this Office office, Answer product, string patch) =>
        office.Administrator.ExpectAsync("PATCH", $"{Path}/{product.Id}", patch, HttpStatusCode.OK);
}
