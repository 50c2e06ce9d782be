using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>The level payment in arrears that repays a loan, as the spreadsheet function PMT computes it.</summary>
internal static class Annuity
{
    // Products of 28-digit decimals are off by less than 1e-18 in the whole box; 15 decimals make exact ties exact again.
    private const int NoiseFreeDecimals = 15;

    /// <summary>The instalment paid each month: A = q(a), rounded half to even to the currency's minor unit.</summary>
    public static decimal MonthlyPayment(LoanTerms terms) => Round(ExactPayment(terms), terms.Currency);

    /// <summary>
    /// The unrounded instalment a = P·i / (1 − (1+i)^−n), i = rate / 1200, written as P / s(n), where s(n) = v + v² + … + v^n is the
    /// present value of n payments of 1 and v = 1 / (1+i): the same number, but without the cancellation of 1 − v^n
    /// at tiny rates, and a = P/n at rate 0 with no special case.
    /// Source: OpenFormula (OpenDocument 1.2, part 2), function PMT with payments at the end of each period.
    /// </summary>
    public static decimal ExactPayment(LoanTerms terms) => ExactPayment(terms.Amount, terms.AnnualRatePercent, terms.TermMonths);

    /// <inheritdoc cref="ExactPayment(LoanTerms)"/>
    public static decimal ExactPayment(decimal amount, decimal annualRatePercent, int termMonths) =>
        amount / PresentValueOfPayments(DiscountFactor(annualRatePercent), termMonths);

    /// <summary>v = 1 / (1+i): the value today of 1 due in a month.</summary>
    public static decimal DiscountFactor(decimal annualRatePercent) => 1200 / (1200 + annualRatePercent);

    /// <summary>Rounds a computed value to minor units, and takes the noise of the computation away first.</summary>
    public static decimal Round(decimal value, Currency currency) => currency.Round(decimal.Round(value, NoiseFreeDecimals));

    /// <summary>s(n) by repeated squaring: s(2m) = s(m) + v^m·s(m), s(m+1) = v + v·s(m).</summary>
    private static decimal PresentValueOfPayments(decimal discountFactor, int count)
    {
        var sum = discountFactor;
        var power = discountFactor;
        for (var bit = int.Log2(count) - 1; bit >= 0; bit--)
        {
            sum += power * sum;
            power *= power;
            if ((count >> bit & 1) == 1)
            {
                sum = discountFactor + discountFactor * sum;
                power *= discountFactor;
            }
        }

        return sum;
    }
}
