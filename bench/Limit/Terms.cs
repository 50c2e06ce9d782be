using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Bench.Limit;

/// <summary>The body of a new offer or a quote.</summary>
internal sealed record Terms(Guid? CustomerId, decimal? LoanAmount, decimal? AnnualRatePercent, int? TermMonths, string? Currency)
{
    public LoanTerms In(Currency currency, DateOnly payout) =>
        new(LoanAmount!.Value, AnnualRatePercent!.Value, TermMonths!.Value, currency)
        {
            PayoutDate = payout,
            FirstDueDate = payout.AddMonths(1),
        };

    /// <summary>Null where a value is missing or outside its limits.</summary>
    public static async ValueTask<Terms?> ReadAsync(HttpContext http)
    {
        try
        {
            var terms = await JsonSerializer.DeserializeAsync(http.Request.Body, TermsJson.Default.Terms, http.RequestAborted);
            return
                terms
                    is {
                        LoanAmount: >= LoanLimits.MinimumAmount and <= LoanLimits.MaximumAmount,
                        AnnualRatePercent: >= 0 and <= LoanLimits.MaximumAnnualRatePercent,
                        TermMonths: >= LoanLimits.MinimumTermMonths and <= LoanLimits.MaximumTermMonths
                    }
                && decimal.Round(terms.AnnualRatePercent.Value, LoanLimits.AnnualRateScale) == terms.AnnualRatePercent
                ? terms
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Terms))]
internal sealed partial class TermsJson : JsonSerializerContext;
