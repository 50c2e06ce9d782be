namespace Lending.Loans.Amortization.Tests;

/// <summary>
/// Equal instalments in plain decimals, as the method was first written: what the quicker arithmetic must agree with to the minor unit.
/// </summary>
internal static class PlainAnnuity
{
    // Products of 28-digit decimals are off by less than 1e-18 in the whole box; 15 decimals make exact ties exact again.
    private const int NoiseFreeDecimals = 15;

    /// <summary>A = q(a).</summary>
    public static decimal MonthlyPayment(LoanTerms terms) => terms.Currency.Round(decimal.Round(ExactPayment(terms), NoiseFreeDecimals));

    /// <summary>a = P / s(n), s(n) = v + v² + … + v^n, v = 1 / (1+i), by repeated squaring.</summary>
    public static decimal ExactPayment(LoanTerms terms)
    {
        var discountFactor = DiscountFactor(terms);
        var sum = discountFactor;
        var power = discountFactor;
        for (var bit = int.Log2(terms.TermMonths) - 1; bit >= 0; bit--)
        {
            sum += power * sum;
            power *= power;
            if ((terms.TermMonths >> bit & 1) == 1)
            {
                sum = discountFactor + discountFactor * sum;
                power *= discountFactor;
            }
        }

        return terms.Amount / sum;
    }

    public static decimal DiscountFactor(LoanTerms terms) => 1200 / (1200 + terms.AnnualRatePercent);

    /// <summary>The balance after each instalment, by the rule of decision record 0005.</summary>
    public static decimal[] Balances(LoanTerms terms)
    {
        var payment = MonthlyPayment(terms);
        var exactPayment = ExactPayment(terms);
        var discountFactor = DiscountFactor(terms);
        var balances = new decimal[terms.TermMonths + 1];
        balances[0] = terms.Amount;
        balances[terms.TermMonths] = terms.Currency.Zero;

        var exact = 0m;
        var upper = terms.Currency.Zero;
        for (var number = terms.TermMonths - 1; number > 0; number--)
        {
            exact = (exact + exactPayment) * discountFactor;
            if (!terms.IsInterestFree)
            {
                upper = Math.Min(terms.Currency.Round(exact), upper + payment);
            }

            balances[number] = Math.Max(terms.Amount - number * payment, upper);
        }

        return balances;
    }
}
