using System.Text.Json;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Bench.Limit;

/// <summary>Quoting loan offers by hand.</summary>
internal sealed class Quotes(TimeProvider clock)
{
    public async Task CreateAsync(HttpContext http)
    {
        if (await Terms.ReadAsync(http) is not { } request)
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        var terms = request.In(Currency.Get(request.Currency ?? "EUR"), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (!LoanQuote.TryOf(terms, out var quote, out _))
        {
            await Answer.Status(http, StatusCodes.Status400BadRequest);
            return;
        }
        await Answer.JsonAsync(http, 200, quote, WriteQuote);
    }

    private static void WriteQuote(Utf8JsonWriter json, LoanQuote quote)
    {
        var terms = quote.Terms;
        json.WriteStartObject();
        json.WriteNumber("loanAmount", terms.Amount);
        json.WriteString("currency", terms.Currency.Code);
        json.WriteNumber("annualRatePercent", terms.AnnualRatePercent);
        json.WriteNumber("termMonths", terms.TermMonths);
        json.WriteNumber("monthlyPayment", quote.MonthlyPayment);
        json.WriteNumber("totalPayment", quote.TotalPayment);
        json.WriteNumber("totalInterest", quote.TotalInterest);
        json.WriteNumber("aprcPercent", quote.AprcPercent);
        json.WriteNumber("aprcPercentDisplayed", quote.AprcPercentDisplayed);
        json.WriteString("method", quote.Method);
        json.WriteNumber("methodVersion", quote.MethodVersion);
        json.WriteString("dayCount", "30/360");
        json.WriteNumber("interestOnlyMonths", terms.InterestOnlyMonths);
        json.WriteStartArray("rateSteps");
        json.WriteEndArray();
        json.WriteStartArray("instalments");
        foreach (var group in quote.Instalments)
        {
            json.WriteStartObject();
            json.WriteNumber("fromNumber", group.FromNumber);
            json.WriteNumber("toNumber", group.ToNumber);
            json.WriteNumber("payment", group.Payment);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("fees");
        json.WriteNumber("upfront", quote.UpfrontFee);
        json.WriteNumber("financed", quote.FinancedFee);
        json.WriteNumber("monthly", quote.MonthlyFee);
        json.WriteNumber("total", quote.TotalFees);
        json.WriteEndObject();
        json.WriteNumber("dealerFee", quote.DealerFee);
        json.WriteNumber("cashPrice", quote.CashPrice);
        json.WriteNumber("amountOfCredit", quote.AmountOfCredit);
        json.WriteNumber("amountOwed", quote.AmountOwed);
        json.WriteNumber("totalPayable", quote.TotalPayable);
        json.WriteNumber("totalCostOfCredit", quote.TotalCostOfCredit);
        Answer.WriteDate(json, "payoutDate", terms.PayoutDate!.Value);
        Answer.WriteDate(json, "firstDueDate", quote.FirstDueDate);
        Answer.WriteDate(json, "lastDueDate", quote.LastDueDate);
        json.WriteEndObject();
    }
}
